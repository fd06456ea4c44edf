import type { ItemState } from '../../shared/api-items.ts';
import { ApiError } from '../api-error.ts';
import type { Api } from '../api.ts';
import { OfficeError } from '../office/office-error.ts';
import type { OpenItem, Outlook } from '../office/port.ts';
import { SignInError } from '../sign-in/sign-in-error.ts';
import type { CommandText } from '../text/en/command.ts';

type Toggle = Readonly<{
  outlook: Pick<Outlook, 'sight' | 'hintCategory'>;
  /** Made when it is needed: most of what the button has to say needs no server. */
  api: () => Promise<Pick<Api, 'me' | 'item' | 'mark' | 'unmark'>>;
}>;

type Said = keyof CommandText;

/** "Sync to Siebel": marks the open appointment, or takes the mark off. Answers with what to say; never rejects for the world's failures. */
export async function toggle({ outlook, api }: Toggle): Promise<Said> {
  try {
    const sight = await outlook.sight();
    if (sight.state !== 'open') return 'nothingOpen';
    const { item } = sight;
    if (item.isMeetingMail) return 'meetingMail';
    if (item.type === 'message') return 'message';
    return item.itemId === null
      ? await markUnsaved(outlook, await api())
      : await toggleSaved(outlook, await api(), { ...item, itemId: item.itemId });
  } catch (error) {
    return saidOf(error);
  }
}

/** It is not saved for the person: saving a meeting mails its guests. The category is saved together with it. */
async function markUnsaved(outlook: Toggle['outlook'], api: Pick<Api, 'me'>): Promise<Said> {
  const category = await categoryOf(api);
  const isHinted = category !== null && (await outlook.hintCategory(category, true));
  return isHinted ? 'markedWhenSaved' : 'saveFirst';
}

async function toggleSaved(
  outlook: Toggle['outlook'],
  api: Awaited<ReturnType<Toggle['api']>>,
  { itemId }: OpenItem & Readonly<{ itemId: string }>,
): Promise<Said> {
  const { state } = await api.item('appointment', itemId);
  const next = nextStep[state];
  if (next === 'attention') return 'attention';
  const category = await categoryOf(api);
  if (next === 'mark') await api.mark('appointment', itemId);
  else await api.unmark('appointment', itemId);
  if (category !== null) await outlook.hintCategory(category, next === 'mark');
  return next === 'mark' ? 'marked' : 'unmarked';
}

const nextStep: Readonly<Record<ItemState, 'mark' | 'unmark' | 'attention'>> = {
  off: 'mark',
  inStep: 'unmark',
  waiting: 'unmark',
  asking: 'attention',
  attention: 'attention',
  held: 'attention',
};

async function categoryOf(api: Pick<Api, 'me'>): Promise<string | null> {
  const { domains } = await api.me();
  return domains.find(({ domain }) => domain === 'appointment')?.category ?? null;
}

const saidOfCode: Readonly<Record<string, Said>> = {
  'item-not-found': 'notThere',
  'person-unmapped': 'notSetUp',
  'person-disabled': 'switchedOff',
  'domain-off': 'switchedOff',
};

function saidOf(error: unknown): Said {
  if (error instanceof SignInError) return error.trouble === 'offline' ? 'offline' : 'signIn';
  if (error instanceof OfficeError) return 'failed';
  if (!(error instanceof ApiError)) throw error;
  if (error.trouble === 'signedOut') return 'signIn';
  if (error.trouble === 'offline' || error.trouble === 'slow') return 'offline';
  return saidOfCode[error.code ?? ''] ?? 'failed';
}
