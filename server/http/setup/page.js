/* global document, fetch, navigator */
// Shows the checks, again when asked, and copies the manifest. Texts go in as texts, never as HTML.
const list = document.getElementById('checks');
const signs = { ok: 'OK', warning: 'Look at', failed: 'Not yet' };
const line = ({ check, status, message, advice }) => {
  const item = document.createElement('li');
  item.className = status;
  const sign = document.createElement('strong');
  sign.textContent = signs[status] + ': ' + check + '. ';
  item.append(sign, message, advice ? ' What to do: ' + advice : '');
  return item;
};
const look = async () => {
  list.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch('setup/checks');
    if (!answer.ok) throw new Error('It answered ' + answer.status + '.');
    list.replaceChildren(...(await answer.json()).map(line));
  } catch (error) {
    list.replaceChildren(
      line({
        check: 'this page',
        status: 'failed',
        message: String(error.message),
        advice: 'Is the service still running?',
      }),
    );
  }
  list.setAttribute('aria-busy', 'false');
};
document.getElementById('again').addEventListener('click', look);
document.getElementById('copy').addEventListener('click', async () => {
  const said = document.getElementById('copied');
  try {
    await navigator.clipboard.writeText(document.getElementById('manifest').textContent);
    said.textContent = 'Copied.';
  } catch {
    said.textContent = 'The browser does not let us copy; download it instead.';
  }
});
void look();
