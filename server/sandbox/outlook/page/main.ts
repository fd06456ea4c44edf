import { h } from './dom.ts';
import { calendar, useZone } from './folders/calendar.ts';
import { mailFolder } from './folders/mail.ts';
import { people } from './folders/people.ts';
import { taskFolder } from './folders/tasks.ts';
import { createMailbox, type Mailbox, type Theme } from './mailbox.ts';
import { everybody, graphAs, type Person } from './wire.ts';

/** What the program is set to; the address keeps it, so that a reload changes nothing. */
type Choice = Readonly<{
  mailbox: string;
  language: string;
  /** `window`: as an older Outlook, which brings no sign-in of its own to add-ins; only the address chooses it. */
  signIn: 'nested' | 'window';
}>;

/** What Outlook's user interface is in; the program around the add-in stays English. */
const languages: readonly Readonly<{ tag: string; name: string }>[] = [
  { tag: 'en-US', name: 'English' },
  { tag: 'de-DE', name: 'Deutsch' },
  { tag: 'fr-FR', name: 'Français' },
  { tag: 'ar-SA', name: 'العربية' },
];

const themeOptions: readonly Option[] = [
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
];

/** Starts the stand-in: somebody signs in, and their mailbox opens. */
async function main(): Promise<void> {
  const app = document.getElementById('app');
  if (app === null) throw new Error('The page has no place for the program.');
  const persons = await everybody();
  let mailbox: Mailbox | null = null;
  let theme: Theme = 'light';
  const themes = select('Outlook theme', themeOptions, {
    value: theme,
    choose: (name) => {
      theme = name === 'dark' ? 'dark' : 'light';
      mailbox?.themeChanged();
    },
  });
  const show = async (choice: Choice): Promise<void> => {
    mailbox?.close();
    const { language, signIn } = choice;
    location.hash = [choice.mailbox, language, ...(signIn === 'window' ? [signIn] : [])].join('|');
    const person = persons.find((one) => one.mailbox === choice.mailbox);
    const top = header(persons, choice, (next) => void show(next));
    top.append(themes);
    if (person === undefined) {
      app.replaceChildren(top, h('p', { class: 'empty' }, 'Choose who you are, above.'));
      return;
    }
    Object.assign(document.body.dataset, { mailbox: person.mailbox, signIn });
    const graph = await graphAs(person.mailbox);
    useZone(graph.timeZone);
    const folders = [calendar, people, await taskFolder(graph), mailFolder(person, persons)];
    mailbox = createMailbox({ person, graph, folders, language, signIn, theme: () => theme });
    app.replaceChildren(top, mailbox.element);
  };
  const [address = '', language, signIn] = decodeURIComponent(location.hash.slice(1)).split('|');
  await show({
    mailbox: address,
    language: language ?? 'en-US',
    signIn: signIn === 'window' ? signIn : 'nested',
  });
}

function header(persons: readonly Person[], choice: Choice, choose: (choice: Choice) => void): HTMLElement {
  const people = persons.map(({ mailbox, displayName }) => ({ value: mailbox, text: displayName }));
  const tongues = languages.map(({ tag, name }) => ({ value: tag, text: name }));
  return h(
    'header',
    {},
    h('h1', {}, 'Outlook stand-in'),
    h('span', { class: 'mark' }, 'Sandbox: nobody here is real, and no mail leaves this machine'),
    select('Signed in as', [{ value: '', text: 'Choose a person' }, ...people], {
      value: choice.mailbox,
      choose: (mailbox) => choose({ ...choice, mailbox }),
    }),
    select('Language', tongues, {
      value: choice.language,
      choose: (language) => choose({ ...choice, language }),
    }),
  );
}

type Option = Readonly<{ value: string; text: string }>;

function select(
  label: string,
  options: readonly Option[],
  { value, choose }: Readonly<{ value: string; choose: (value: string) => void }>,
): HTMLElement {
  const rows = options.map((one) =>
    h('option', { value: one.value, selected: one.value === value }, one.text),
  );
  const control = h(
    'select',
    { change: ({ target }) => choose(target instanceof HTMLSelectElement ? target.value : '') },
    ...rows,
  );
  return h('label', {}, `${label} `, control);
}

void main();
