import type { DialogEnd } from './port.ts';

/** Percent of the screen. */
const size = { width: 30, height: 60 };
/** What the person or the browser did: 12002–12009 are the dialog API's own refusals. */
const closedByPerson = 12006;

/** Opens a page of our origin and waits for its first message. */
export function openDialog(url: string): Promise<DialogEnd> {
  return new Promise((resolve) => {
    Office.context.ui.displayDialogAsync(url, { ...size, promptBeforeOpen: false }, (opened) => {
      if (opened.status !== Office.AsyncResultStatus.Succeeded) {
        resolve({ end: 'blocked' });
        return;
      }
      const dialog = opened.value;
      dialog.addEventHandler(Office.EventType.DialogMessageReceived, (message) => {
        dialog.close();
        resolve('message' in message ? { end: 'message', text: message.message } : { end: 'blocked' });
      });
      dialog.addEventHandler(Office.EventType.DialogEventReceived, (event) => {
        const isClosed = 'error' in event && event.error === closedByPerson;
        resolve(isClosed ? { end: 'closed' } : { end: 'blocked' });
      });
    });
  });
}

/** Said from within a dialog to the page that opened it. */
export function tellParent(text: string): void {
  Office.context.ui.messageParent(text);
}
