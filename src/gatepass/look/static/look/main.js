// Starts every small module. Each of them works on what the page carries and is silent where it finds nothing.
import './theme.js';
import './moments.js';
import './online.js';
import './cards.js';
import './opener.js';
import './countdown.js';
import './keys.js';
import './rows.js';
import './palette.js';
import './combobox.js';
import './grid.js';
import './signature.js';
import './pad.js';
import './once.js';
import './draft.js';
