import { connect, type Connection } from '../connect.ts';
import { createOutlook } from '../office/outlook.ts';
import { onCommand } from '../office/on-command.ts';
import { startOffice } from '../office/start.ts';
import { commandTexts } from '../text/command.ts';
import { languageFrom } from '../text/language.ts';
import { toggle } from './toggle.ts';

/** The page behind the ribbon: no window, no state, one function. Its name is the `FunctionName` of the manifest. */
async function main(): Promise<void> {
  if ((await startOffice(null)) !== 'ready') return;
  const outlook = createOutlook();
  const texts = commandTexts[languageFrom(outlook.language)];
  let connecting: Promise<Connection> | null = null;
  const api = async () => {
    connecting ??= connect(outlook).catch((error: unknown) => {
      // The next press tries again.
      connecting = null;
      throw error;
    });
    return (await connecting).api;
  };
  onCommand('syncToSiebel', async () => {
    const said = await toggle({ outlook, api });
    await outlook.notify(texts[said]);
  });
}

void main();
