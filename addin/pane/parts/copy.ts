/** Puts text on the clipboard; frames of some clients may not, so a selection is copied the old way there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.insetInlineStart = '-200vw';
  document.body.append(area);
  const before = document.activeElement;
  area.select();
  // oxlint-disable-next-line typescript/no-deprecated -- the only way left where the clipboard is closed to frames
  const isCopied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
