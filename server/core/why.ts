import type { Both, Side } from '../../shared/domain.ts';
import type { Reason } from '../../shared/reason.ts';
import type { Merge } from './merge.ts';
import type { Effect } from './removal.ts';
import { across, eachSide } from './side.ts';

/** Why an item that one side has is made on the other, or is not: by the side that has it, or by what became of it. */
export const birthReasons = {
  onlyIn: { siebel: { code: 'onlyInSiebel' }, exchange: { code: 'onlyInOutlook' } },
  isNewOn: { siebel: { code: 'newInSiebel' }, exchange: { code: 'newInOutlook' } },
  takenOut: { unmarked: { code: 'takenOut' }, outOfReach: { code: 'maybeOutOfReach' } },
} as const satisfies Record<string, Readonly<Record<string, Reason>>>;

export function reasonsOfMerge({ patch, conflicts, held }: Merge): readonly Reason[] {
  const asked = conflicts.filter(({ winner }) => winner === null);
  const staying = held.filter(({ field }) => !asked.some((one) => one.field === field));
  const found: readonly Reason[] = [
    ...eachSide.flatMap((to) => delivery(to, patch[to]?.fields ?? [])),
    ...conflicts.flatMap(({ field, winner }): Reason[] =>
      winner ? [{ code: 'bothWrote', field, winner }] : [],
    ),
    ...about('bothWroteAsked', asked),
    ...about('staysWhereItIs', staying),
  ];
  return found.length > 0 ? found : [{ code: 'saysTheSame' }];
}

function delivery(to: Side, fields: readonly string[]): Reason[] {
  return fields.length === 0 ? [] : [{ code: 'delivered', from: across[to], to, fields }];
}

function about(
  code: 'bothWroteAsked' | 'staysWhereItIs',
  rows: readonly Readonly<{ field: string }>[],
): Reason[] {
  const fields = [...new Set(rows.map(({ field }) => field))];
  return fields.length === 0 ? [] : [{ code, fields }];
}

export function reasonsOfRemoval(
  input: Readonly<{ gone: Side; isEdited: boolean; effect: Effect }>,
): readonly Reason[] {
  const { gone, isEdited, effect } = input;
  return [left[gone][isEdited ? 'edited' : 'untouched'], effects[effect][gone]];
}

const left: Both<Readonly<Record<'edited' | 'untouched', Reason>>> = {
  siebel: { edited: { code: 'leftSiebelEdited' }, untouched: { code: 'leftSiebel' } },
  exchange: { edited: { code: 'leftOutlookEdited' }, untouched: { code: 'leftOutlook' } },
};

/** By effect and by the side the item is gone from. */
const effects: Readonly<Record<Effect, Both<Reason>>> = {
  delete: { siebel: { code: 'thenOutlookCopyRemoved' }, exchange: { code: 'thenSiebelRecordDeleted' } },
  unlist: { siebel: { code: 'thenUnlisted' }, exchange: { code: 'thenUnlistedRecordStays' } },
  unmark: { siebel: { code: 'thenOutlookItemStays' }, exchange: { code: 'thenMarkTakenOff' } },
  restore: { siebel: { code: 'thenMadeInSiebel' }, exchange: { code: 'thenMadeInOutlook' } },
  close: { siebel: { code: 'thenApart' }, exchange: { code: 'thenApartRecordStays' } },
  wait: { siebel: { code: 'thenNothing' }, exchange: { code: 'thenLeftAsItIs' } },
};
