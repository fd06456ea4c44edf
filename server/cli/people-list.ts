import { domains } from '../../shared/domain.ts';
import { peopleWithState } from '../store/status.ts';
import { mappingOf } from '../store/people.ts';
import type { Command } from './command.ts';
import { table } from './terminal.ts';

/** `people list`: the user map. */
export const peopleList: Command = async ({ context, terminal }) => {
  const people = (await peopleWithState(context.db)).map((row) => ({
    ...mappingOf(row),
    state: row.state,
    loaded: row.loaded,
  }));
  terminal.json(people);
  const rows = people.map((one) => [
    one.mailbox,
    one.siebelLogin,
    one.enabled ? 'yes' : 'no',
    one.language,
    one.extractFrom ?? 'everything',
    one.state,
    domains.filter((domain) => one.loaded[domain] !== undefined).join(', ') || 'nothing',
  ]);
  terminal.line(
    table([['mailbox', 'Siebel login', 'enabled', 'language', 'from', 'state', 'loaded'], ...rows]),
  );
  return 0;
};
