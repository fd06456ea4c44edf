import type { Finding } from '../connector.ts';
import { failureFrom, isDone } from './errors.ts';
import type { GraphAnswer } from './packer.ts';
import type { Outlook } from './read.ts';
import { rolesIn, type Tokens } from './token.ts';
import { pageFrom } from './wire.ts';

/** What the app registration needs; Exchange's own RBAC can grant all but the last two without showing here. */
const neededRoles = [
  'Contacts.ReadWrite',
  'Calendars.ReadWrite',
  'MailboxSettings.ReadWrite',
  'Tasks.ReadWrite.All',
  'User.Read.All',
] as const;
const mostSkewMs = 120_000;

/** The lines of `doctor` about Microsoft 365; looks only, writes nothing. */
export async function probe(outlook: Outlook, tokens: Tokens): Promise<readonly Finding[]> {
  const token = await tokens.current();
  if ('kind' in token) return [failed('Sign-in to Microsoft 365', token.reason, null)];
  const answer = await outlook.client.request({
    mailbox: null,
    method: 'GET',
    path: '/users?$top=1&$select=id',
  });
  return [
    ok('Sign-in to Microsoft 365', 'The app got an access token.'),
    rolesFinding(rolesIn(token.token)),
    usersFinding(outlook, answer),
    clockFinding(outlook, answer),
  ];
}

function rolesFinding(roles: readonly string[]): Finding {
  const check = 'Application permissions';
  const missing = neededRoles.filter((role) => !roles.includes(role));
  if (missing.length === 0)
    return ok(check, 'The token carries every permission contacts, calendars and tasks need.');
  return {
    check,
    status: 'warning',
    message: `The token does not show ${missing.join(', ')}.`,
    advice:
      'Grant them with administrator consent in Entra, unless they are granted by RBAC for Applications in Exchange Online, which a token does not show.',
  };
}

function usersFinding(outlook: Outlook, answer: GraphAnswer): Finding {
  const check = 'Reading users';
  if (answer.answer === 'failed') return failed(check, answer.failure.reason, null);
  if (!isDone(answer)) {
    return failed(
      check,
      failureFrom(answer, outlook.client.nowMs()).reason,
      'Grant User.Read.All to the app.',
    );
  }
  return (pageFrom(answer.body)?.rows.length ?? 0) > 0
    ? ok(check, 'Users of the directory can be read.')
    : failed(check, 'The directory shows no users.', 'Check ENTRA_TENANT_ID and GRAPH_URL.');
}

/** Tokens and waits go wrong when the clocks differ. */
function clockFinding(outlook: Outlook, answer: GraphAnswer): Finding {
  const check = 'Clock';
  const theirs = answer.answer === 'response' ? Date.parse(answer.headers['date'] ?? '') : Number.NaN;
  if (Number.isNaN(theirs)) return ok(check, 'Microsoft Graph did not say what time it is.');
  const skewMs = Math.abs(outlook.client.nowMs() - theirs);
  const seconds = Math.round(skewMs / 1000);
  if (skewMs <= mostSkewMs) return ok(check, `This machine's clock is within ${seconds} s of Microsoft's.`);
  const advice = "Set this machine's clock by NTP.";
  return { check, status: 'warning', message: `This machine's clock is ${seconds} s off.`, advice };
}

function ok(check: string, message: string): Finding {
  return { check, status: 'ok', message, advice: null };
}

function failed(check: string, message: string, advice: string | null): Finding {
  return { check, status: 'failed', message, advice };
}
