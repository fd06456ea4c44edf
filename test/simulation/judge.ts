import { sameValue, valueOf } from '../../server/core/fields/item.ts';
import { across, bothOf, eachSide } from '../../server/core/side.ts';
import type { Item } from '../../server/core/snapshot.ts';
import type { FieldName } from '../../server/core/step.ts';
import type { History } from './state.ts';
import { tokensIn, type Token } from './ledger.ts';

/** What is wrong with a history that has come to rest. */
export function judge(history: History): string[] {
  const { sides, ledger, isOpen } = history;
  const { siebel, exchange } = bothOf((side) => sides[side].item);
  const isPaired = isOpen && siebel !== null && exchange !== null && sides.exchange.isIn && sides.siebel.isIn;
  const live = [...ledger.tokens.values()].filter((token) => token.state === 'live' && leavesTrace(token));
  if (!isPaired) {
    const items = [siebel, exchange].filter((item) => item !== null);
    return live.flatMap((token) =>
      items.some((item) => shows(item, token)) ? [] : missing(token, 'anywhere'),
    );
  }
  return [
    ...live.flatMap((token) => verdictOnLive(token, { siebel, exchange }, history)),
    ...[...ledger.tokens.values()].flatMap((token) => verdictOnPast(token, { siebel, exchange }, history)),
    ...history.played.flatMap((field) => verdictOnField(field, { siebel, exchange }, history)),
  ];
}

type Pair = Readonly<{ siebel: Item; exchange: Item }>;

function verdictOnLive(token: Token, items: Pair, history: History): string[] {
  const { field, side, value } = token;
  const own = valueOf(items[side], field);
  if (!shows(items[side], token)) return missing(token, `in ${side}`);
  if (typeof value === 'string' && !sameValue(field, own, value)) {
    return [`${token.id} (${field}) was shortened in ${side}, where it was written`];
  }
  const isDue = isTwoWay(field, history) || mayReach(token, history);
  return isDue && !shows(items[across[side]], token) && !history.asked.includes(field)
    ? missing(token, `in ${across[side]}`)
    : [];
}

function verdictOnPast(token: Token, items: Pair, history: History): string[] {
  if (history.isUnsure || history.asked.includes(token.field)) return [];
  if (token.state !== 'superseded' || !leavesTrace(token) || !isTwoWay(token.field, history)) return [];
  return eachSide.flatMap((side) =>
    shows(items[side], token) ? [`${token.id} (${token.field}) came back in ${side}`] : [],
  );
}

function verdictOnField(field: FieldName, items: Pair, history: History): string[] {
  if (!isTwoWay(field, history) || history.asked.includes(field)) return [];
  const { siebel, exchange } = history.sides;
  const shown = bothOf((side) => valueOf(items[side], field));
  const isSame =
    sameValue(field, shown.siebel, siebel.stored(field, exchange.stored(field, shown.exchange))) ||
    sameValue(field, shown.exchange, exchange.stored(field, shown.siebel));
  return isSame
    ? []
    : [`${field} differs: ${JSON.stringify(shown.siebel)} / ${JSON.stringify(shown.exchange)}`];
}

function isTwoWay(field: FieldName, { rules }: History): boolean {
  return eachSide.every((side) => rules.mayTravel(field, side) && rules.holds[side](field));
}

function mayReach({ field, side }: Token, { rules }: History): boolean {
  return rules.mayTravel(field, across[side]) && rules.holds[across[side]](field);
}

function shows(item: Item, token: Token): boolean {
  return tokensIn(valueOf(item, token.field)).includes(token.id);
}

/** An erasure, or a member taken out, leaves nothing that could be looked for. */
function leavesTrace({ id, value }: Token): boolean {
  return tokensIn(value).includes(id);
}

function missing({ id, field, side }: Token, where: string): string[] {
  return [`${id}, written in ${side} (${field}), is not ${where}`];
}
