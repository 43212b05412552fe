// A signature by pointer on a canvas: becomes a PNG in the hidden input. Who cannot draw types the name below.
import { each } from './page.js';

function start(place) {
  const canvas = place.querySelector('canvas');
  const value = place.querySelector('input[type="hidden"]');
  const pen = canvas.getContext('2d');
  let strokes = [];
  let drawing = null;

  function size() {
    const scale = Math.max(2, devicePixelRatio);
    const box = canvas.getBoundingClientRect();
    if (!box.width) return;
    canvas.width = box.width * scale;
    canvas.height = box.height * scale;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    Object.assign(pen, { lineWidth: 2.6, lineCap: 'round', lineJoin: 'round', strokeStyle: '#1b1d21' });
    strokes.forEach(line);
  }

  function line(points) {
    pen.beginPath();
    pen.moveTo(...points[0]);
    if (points.length === 1) pen.lineTo(points[0][0] + 0.1, points[0][1]);
    for (let i = 1; i < points.length; i += 1) {
      const [x, y] = points[i - 1];
      pen.quadraticCurveTo(x, y, (x + points[i][0]) / 2, (y + points[i][1]) / 2);
    }
    pen.stroke();
  }

  function keep() {
    value.value = strokes.length ? canvas.toDataURL('image/png') : '';
    value.dispatchEvent(new Event('change', { bubbles: true }));
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = [[event.offsetX, event.offsetY]];
    strokes.push(drawing);
    line(drawing);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!drawing) return;
    drawing.push([event.offsetX, event.offsetY]);
    line(drawing.slice(-3));
  });
  const stop = () => { if (drawing) { drawing = null; keep(); } };
  canvas.addEventListener('pointerup', stop);
  canvas.addEventListener('pointercancel', stop);
  place.querySelector('[data-clear]').addEventListener('click', () => {
    strokes = [];
    pen.clearRect(0, 0, canvas.width, canvas.height);
    keep();
  });
  new ResizeObserver(size).observe(canvas);
  size();
}

each('[data-signature]', start);
