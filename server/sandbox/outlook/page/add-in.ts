import { h } from './dom.ts';
import { createOfficeHost, type OfficeHost } from './office/host.ts';
import type { Program } from './office/open-item.ts';

const paneUrl = '/pane/index.html';
const commandUrl = '/command/index.html';

/** The add-in as Outlook runs it: its pane in one frame, the function behind its button in another. */
export function createAddIn(program: Program) {
  const element = h('section', { class: 'pane', 'aria-label': 'Add-in' }, h('h2', {}, 'Siebel'));
  let pane: OfficeHost | null = null;
  let command: OfficeHost | null = null;
  const showPane = (): void => {
    element.hidden = false;
    if (pane !== null) return;
    pane = createOfficeHost(program, paneUrl, 'Siebel task pane');
    element.append(pane.frame);
  };
  const endCommand = (): void => {
    command?.close();
    command = null;
  };
  showPane();
  return {
    element,
    themeChanged: (): void => pane?.themeChanged(),
    togglePane: (): void => {
      if (pane === null || element.hidden) showPane();
      else element.hidden = true;
    },
    itemChanged: (): void => {
      pane?.itemChanged();
      // Its page begins anew with the next item, as in Outlook on the web.
      endCommand();
    },
    press: async (): Promise<void> => {
      if (command === null) {
        command = createOfficeHost(program, commandUrl, 'Ribbon function');
        command.frame.className = 'command';
        command.frame.tabIndex = -1;
        command.frame.ariaHidden = 'true';
        document.body.append(command.frame);
      }
      await command.runCommand('syncToSiebel');
    },
    close: (): void => {
      pane?.close();
      endCommand();
    },
  };
}
