import type { Both, Side } from '../../shared/domain.ts';
import type { Merge } from './merge.ts';
import type { Effect } from './removal.ts';
import { across, eachSide, sideNames } from './side.ts';

/** The sentences a plan gives as its reason. Field names only, never values: they also go to logs. */
export const whys = {
  levelNone: 'This person is not in the sync; nothing is read into either side.',
  unproven:
    'One side shows nothing at the moment and does not say why; nothing is proven, so nothing is done.',
  nothingNew: 'Neither side changed.',
  bothGone: 'Neither side has it any more; there is nothing left to keep in step.',
  levelKeepsFrom: {
    siebel: 'It exists in Outlook only, and this person’s level brings nothing into Siebel.',
    exchange: 'It exists in Siebel only, and this person’s level brings nothing into Outlook.',
  } satisfies Both<string>,
  isNewOn: {
    siebel: 'It is new in Siebel; Outlook gets it.',
    exchange: 'It is new in Outlook; Siebel gets it.',
  } satisfies Both<string>,
  takenOut: {
    unmarked: 'It is there already and its owner took it out of the sync; it is not made again.',
    outOfReach: 'It may be there already but is out of reach; it is not made again.',
  },
};

export function whyOfMerge({ patch, conflicts, held }: Merge): string {
  const asked = conflicts.filter(({ winner }) => winner === null);
  const sentences = [
    ...eachSide.flatMap((side) => deliverySentence(side, patch[side]?.fields ?? [])),
    ...conflicts.flatMap(({ field, winner }) =>
      winner ? `Both sides wrote ${field}; ${sideNames[winner]} wins.` : [],
    ),
    ...(asked.length > 0
      ? [`Both sides wrote ${listed(asked)}; it waits until a person chooses a side.`]
      : []),
    ...heldSentence(held.filter(({ field }) => !asked.some((one) => one.field === field))),
  ];
  return sentences.join(' ') || 'The two sides say the same.';
}

function deliverySentence(to: Side, fields: readonly string[]): string[] {
  return fields.length === 0
    ? []
    : [`${sideNames[across[to]]}’s ${fields.join(', ')} goes to ${sideNames[to]}.`];
}

function heldSentence(held: Merge['held']): string[] {
  return held.length === 0
    ? []
    : [`What changed in ${listed(held)} may not travel to the other side and stays where it is.`];
}

function listed(rows: readonly Readonly<{ field: string }>[]): string {
  return [...new Set(rows.map(({ field }) => field))].join(', ');
}

export function whyOfRemoval(input: { gone: Side; isEdited: boolean; effect: Effect }): string {
  const { gone, isEdited, effect } = input;
  const edited = isEdited ? ` and was edited in ${sideNames[across[gone]]} meanwhile` : '';
  return `It left ${sideNames[gone]}${edited}; ${effects[effect][gone]}.`;
}

/** By effect and by the side the item is gone from. */
const effects: Readonly<Record<Effect, Both<string>>> = {
  delete: { siebel: 'its Outlook copy is removed', exchange: 'the Siebel record is deleted' },
  unlist: {
    siebel: 'the person leaves the Sync List',
    exchange: 'the person leaves the Sync List, the record stays',
  },
  unmark: {
    siebel: 'the Outlook item stays with its owner, without the category',
    exchange: 'the mark is taken off',
  },
  restore: { siebel: 'it is made again in Siebel', exchange: 'it comes back in Outlook' },
  close: {
    siebel: 'the two are no longer kept in step, nothing is removed',
    exchange: 'the two are no longer kept in step, the Siebel record stays',
  },
  wait: { siebel: 'nothing is done for now', exchange: 'the item is left as it is' },
};
