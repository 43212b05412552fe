// Copies the text of another element and says so on the button.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const text = document.querySelector(button.dataset.copy).textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch { // without HTTPS there is no clipboard to write to: select it, Ctrl C takes it
    getSelection().selectAllChildren(document.querySelector(button.dataset.copy));
    if (!document.execCommand('copy')) return;
  }
  button.querySelector('span').textContent = button.dataset.done;
});
