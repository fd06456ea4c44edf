import { readFile } from 'node:fs/promises';
import type { Failure } from '../connectors/connector.ts';
import type { Employee, MailboxUser } from '../connectors/directory.ts';
import type { Context } from '../context.ts';
import { loginFrom } from '../holder.ts';
import { identityFrom, isFailure, keepMapping } from '../map-people.ts';
import type { Identity, Mapping } from '../store/people.ts';
import { mappingOf, personByMailbox } from '../store/people.ts';
import { usage, type Command, type Desk, type Words } from './command.ts';
import { peopleFromCsv, type PeopleLine } from './people-file.ts';
import { table, type ExitCode } from './terminal.ts';

/** What an import will do with a person; shown before it is done. */
type Proposal = Readonly<{
  line: number;
  mailbox: string;
  siebelLogin: string;
  action: 'add' | 'change' | 'keep' | 'refuse';
  reason: string;
  mapping: Mapping | null;
  identity: Identity | null;
}>;

const atATime = 100;

/**
 * `people import <csv>` and `people import --from-siebel`, which is SSSE's Map User: every active employee whose address
 * has a mailbox, whatever its capitals. Everything is shown first; a bad line costs only itself.
 */
export const peopleImport: Command = async (desk, words) => {
  const lines = await linesFrom(desk, words);
  const proposals = await propose(desk, lines);
  show(desk, proposals);
  const wanted = proposals.filter(({ action }) => action === 'add' || action === 'change');
  const refused = proposals.filter(({ action }) => action === 'refuse').length;
  if (desk.terminal.signal.aborted) return stopped(desk, 0);
  if (words.dryRun || wanted.length === 0) return finish(desk, proposals, { done: [], refused });
  if (!words.yes && desk.terminal.confirm) {
    const isAgreed = await desk.terminal.confirm(`Map these ${wanted.length} people?`);
    if (!isAgreed) return finish(desk, proposals, { done: [], refused });
  }
  return carryOut(desk, proposals, refused);
};

async function linesFrom(
  { context, terminal }: Desk,
  { positionals, fromSiebel }: Words,
): Promise<readonly PeopleLine[]> {
  const [file, ...more] = positionals;
  if ((file === undefined) === !fromSiebel || more.length > 0) {
    throw usage(
      'Say one of: people import <file.csv>, people import --from-siebel. With --dry-run it only shows.',
    );
  }
  if (fromSiebel) {
    terminal.progress('Reading the employees from Siebel.');
    const employees = await context.siebel.everyEmployee();
    if (isFailure(employees)) throw new Error(employees.reason);
    return employees.filter((employee) => employee.isActive && employee.email !== null).map(lineOf);
  }
  const text = await readFile(file ?? '', 'utf8').catch((error: unknown) => {
    throw usage(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const lines = peopleFromCsv(text);
  if (typeof lines === 'string') throw usage(lines);
  return lines;
}

function lineOf(employee: Employee, index: number): PeopleLine {
  const mailbox = (employee.email ?? '').trim().toLowerCase();
  const mapping = {
    mailbox,
    siebelLogin: employee.login,
    enabled: true,
    language: 'en',
    extractFrom: null,
    levels: {},
  };
  return { line: index + 1, mapping };
}

async function propose(
  { context, terminal }: Desk,
  lines: readonly PeopleLine[],
): Promise<readonly Proposal[]> {
  const proposals: Proposal[] = [];
  for (let start = 0; start < lines.length && !terminal.signal.aborted; start += atATime) {
    const some = lines.slice(start, start + atATime);
    const good = some.flatMap((line) => ('mapping' in line ? [line.mapping] : []));
    const users = await context.exchange.mailboxes(good.map(({ mailbox }) => mailbox));
    const employees = await context.siebel.employees(good.map(({ siebelLogin }) => loginFrom(siebelLogin)));
    for (const line of some) {
      const at = 'mapping' in line ? good.indexOf(line.mapping) : -1;
      const employee = isFailure(employees) ? employees : (employees[at] ?? null);
      proposals.push(
        await proposalFor(context, line, { user: users[at] ?? null, employee, earlier: proposals }),
      );
    }
    terminal.progress(`Looked up ${Math.min(start + atATime, lines.length)} of ${lines.length}.`);
  }
  return proposals;
}

type Found = Readonly<{
  user: MailboxUser | Failure | null;
  employee: Employee | Failure | null;
  earlier: readonly Proposal[];
}>;

async function proposalFor({ db }: Context, line: PeopleLine, found: Found): Promise<Proposal> {
  if ('wrong' in line) return refused(line.line, null, line.wrong);
  const { mapping } = line;
  const { mailbox, siebelLogin } = mapping;
  const twin = found.earlier.find(
    (one) => one.action !== 'refuse' && (one.mailbox === mailbox || one.siebelLogin === siebelLogin),
  );
  if (twin)
    return refused(
      line.line,
      mapping,
      `Line ${twin.line} already maps ${twin.mailbox} to ${twin.siebelLogin}.`,
    );
  const identity = identityFrom({ mailbox, siebelLogin, ...found });
  if (identity && 'refused' in identity) return refused(line.line, mapping, identity.reason);
  const known = await personByMailbox(db, mailbox);
  if (known && known.siebel_login !== siebelLogin) {
    return refused(
      line.line,
      mapping,
      `The mailbox is mapped to ${known.siebel_login}; end that mapping first.`,
    );
  }
  const isSame =
    known !== null && JSON.stringify({ ...mappingOf(known), levels: {} }) === JSON.stringify(mapping);
  const action = known === null ? 'add' : isSame ? 'keep' : 'change';
  const reason = identity === null ? 'It could not be looked up just now; the first sweep does.' : '';
  const levels = known?.levels ?? {};
  return { line: line.line, mailbox, siebelLogin, action, reason, mapping: { ...mapping, levels }, identity };
}

function refused(line: number, mapping: Mapping | null, reason: string): Proposal {
  const [mailbox, siebelLogin] = [mapping?.mailbox ?? '', mapping?.siebelLogin ?? ''];
  return { line, mailbox, siebelLogin, action: 'refuse', reason, mapping: null, identity: null };
}

function show({ terminal }: Desk, proposals: readonly Proposal[]): void {
  const rows = proposals.map((one) => [
    String(one.line),
    one.mailbox,
    one.siebelLogin,
    one.action,
    one.reason,
  ]);
  terminal.line(table([['line', 'mailbox', 'Siebel login', 'action', 'because'], ...rows]));
}

async function carryOut(desk: Desk, proposals: readonly Proposal[], refusedSoFar: number): Promise<ExitCode> {
  const done: string[] = [];
  let refusedNow = refusedSoFar;
  for (const { mapping, identity, action, mailbox } of proposals) {
    if (mapping === null || action === 'keep' || action === 'refuse') continue;
    if (desk.terminal.signal.aborted) return stopped(desk, done.length);
    const answer = await keepMapping(desk.context, { mapping, identity, mayChangeLogin: false });
    if ('refused' in answer) {
      refusedNow += 1;
      desk.terminal.line(answer.reason);
    } else {
      done.push(mailbox);
      if (done.length % atATime === 0) desk.terminal.progress(`Mapped ${done.length}.`);
    }
  }
  return finish(desk, proposals, { done, refused: refusedNow });
}

function finish(
  { terminal }: Desk,
  proposals: readonly Proposal[],
  { done, refused: count }: { done: readonly string[]; refused: number },
): ExitCode {
  const shown = proposals.map(({ line, mailbox, siebelLogin, action, reason }) => ({
    line,
    mailbox,
    siebelLogin,
    action,
    reason,
  }));
  terminal.json({ people: shown, mapped: done, refused: count });
  terminal.line(`Mapped ${done.length}, refused ${count}, of ${proposals.length}.`);
  return count > 0 ? 1 : 0;
}

function stopped({ terminal }: Desk, count: number): ExitCode {
  terminal.json({ stopped: true, mapped: count });
  terminal.line(`Stopped; ${count} were mapped. Run it again to go on: who is mapped already is kept.`);
  return 1;
}
