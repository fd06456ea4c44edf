import { alreadyDone, OfficeError } from './office-error.ts';
import type { Calls, OfficeResult } from './calls.ts';

const key = 'siebel-sync';
const longestText = 150;
/** The resource of the manifest that holds the icon. */
const icon = 'Icon.16';

/** Removed first: with the same key, several clients do not draw the new text. */
export async function notify(calls: Calls, text: string): Promise<void> {
  const messages = Office.context.mailbox.item?.notificationMessages;
  if (!messages) return;
  const generation = null;
  await calls
    .run<void>({
      name: 'notificationMessages.removeAsync',
      generation,
      start: (done) => messages.removeAsync(key, done),
    })
    .catch(unlessOurs);
  const message = text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
  const type = Office.MailboxEnums.ItemNotificationMessageType.InformationalMessage;
  await calls.run<void>({
    name: 'notificationMessages.addAsync',
    generation,
    start: (done) => messages.addAsync(key, { type, message, icon, persistent: false }, done),
  });
}

type Categories = Readonly<{
  addAsync: (names: string[], done: (result: OfficeResult<void>) => void) => void;
  removeAsync: (names: string[], done: (result: OfficeResult<void>) => void) => void;
}>;

/**
 * Only a hint: the server sets the category itself. It fails for meetings of others, for messages being written, and for
 * names that are not in the master list, and then nothing is lost.
 */
export async function hintCategory(calls: Calls, name: string, isOn: boolean): Promise<boolean> {
  const categories: Categories | undefined = Office.context.mailbox.item?.categories;
  if (!categories) return false;
  try {
    await calls.run<void>({
      name: isOn ? 'categories.addAsync' : 'categories.removeAsync',
      generation: null,
      start: (done) => (isOn ? categories.addAsync([name], done) : categories.removeAsync([name], done)),
    });
    return true;
  } catch (error) {
    if (error instanceof OfficeError) return error.code === alreadyDone;
    throw error;
  }
}

function unlessOurs(error: unknown): void {
  if (!(error instanceof OfficeError)) throw error;
}
