import type { Both, Side } from '../../shared/domain.ts';
import { isSet, sameValue, valueOf } from '../../server/core/fields/item.ts';
import { memberForm } from '../../server/core/fields/set.ts';
import { membersOf } from '../../server/core/fields/shape.ts';
import type { Lost } from '../../server/core/lost.ts';
import { across, bothOf, eachSide } from '../../server/core/side.ts';
import type { Item } from '../../server/core/snapshot.ts';
import type { FieldName, FieldValue } from '../../server/core/step.ts';

/**
 * What people wrote, told by a token inside each value, and what may rightly become of it. `live`: it must be there in the
 * end. `superseded`: somebody who saw it wrote something else. `forgiven`: it may be gone, or may not.
 */
export type Token = {
  readonly id: string;
  readonly side: Side;
  readonly field: FieldName;
  readonly value: FieldValue;
  /** The tokens its author had seen, and those their authors had. */
  readonly knows: ReadonlySet<string>;
  /** What it replaced; should this one lose, that may come back. */
  readonly replaces: readonly string[];
  /** Written before the two sides had agreed on the field, or nobody knows whether they had: either value may lose. */
  isRival: boolean;
  state: 'live' | 'superseded' | 'forgiven';
};

export class Ledger {
  readonly tokens = new Map<string, Token>();
  private readonly shown: Both<Map<FieldName, Set<string>>> = bothOf(() => new Map());
  private count = 0;

  nextId(): string {
    this.count += 1;
    return `t${this.count}`;
  }

  /** A person writes: what the field showed is superseded, and what it ever showed is known. */
  wrote(
    edit: Readonly<{
      id: string;
      side: Side;
      field: FieldName;
      value: FieldValue;
      before: Item;
      isRival: boolean;
    }>,
  ): void {
    const { id, side, field, value, before, isRival } = edit;
    const past = tokensIn(valueOf(before, field));
    const kept = new Set(tokensIn(value));
    const replaces = past.filter((one) => !kept.has(one));
    for (const one of replaces) this.mark(one, isRival ? 'forgiven' : 'superseded');
    const knows = new Set(this.historyOf(side, field));
    this.tokens.set(id, { id, side, field, value, knows, replaces, isRival, state: 'live' });
  }

  /** What a side shows now, for the people who will write there next. */
  showed(side: Side, item: Item | null, fields: readonly FieldName[]): void {
    if (item === null) {
      this.shown[side].clear();
      return;
    }
    for (const field of fields) {
      const history = this.historyOf(side, field);
      for (const id of tokensIn(valueOf(item, field))) {
        if (history.has(id)) continue;
        history.add(id);
        for (const known of this.tokens.get(id)?.knows ?? []) history.add(known);
      }
    }
  }

  /** An item is deleted by somebody who saw it; should it come back, it may come back as it was before the last edits. */
  deleted(item: Item, fields: readonly FieldName[]): void {
    this.forgive(item, fields);
    for (const token of this.tokens.values()) if (token.state === 'superseded') token.state = 'forgiven';
  }

  forgive(item: Item, fields: readonly FieldName[]): void {
    for (const field of fields) for (const id of tokensIn(valueOf(item, field))) this.mark(id, 'forgiven');
  }

  /** Two sides meet anew: what each shows is its own and alive, and where they differ either may lose. */
  met(items: Both<Item | null>, fields: readonly FieldName[]): void {
    for (const side of eachSide) this.shown[side].clear();
    for (const field of fields) {
      const values = bothOf((side) => (items[side] ? valueOf(items[side], field) : null));
      const isRival = !isSet(field) && !sameValue(field, values.siebel, values.exchange);
      for (const id of eachSide.flatMap((side) => tokensIn(values[side]))) this.meet(id, values, isRival);
    }
  }

  private meet(id: string, values: Both<FieldValue>, isRival: boolean): void {
    const token = this.tokens.get(id);
    if (!token) return;
    const side = tokensIn(values[token.side]).includes(id) ? token.side : across[token.side];
    const value = isSet(token.field) ? token.value : values[side];
    this.tokens.set(id, { ...token, side, value, state: 'live', isRival });
  }

  /** Values the sync says it took away; an edit without a rival may be lost only where the rules allow it. */
  lost(losses: readonly Lost[], mayLose: (token: Token) => boolean): string[] {
    return losses.flatMap(({ field, side, value }) =>
      tokensIn(value).flatMap((id) => {
        const token = this.tokens.get(id);
        if (!token || token.state !== 'live') return [];
        if (!token.isRival && !this.hasRival(token) && !mayLose(token)) {
          return [`${id} was written alone in ${token.side} (${field}) and lost in ${side}`];
        }
        for (const one of [id, ...token.replaces]) this.mark(one, 'forgiven');
        return [];
      }),
    );
  }

  private hasRival(token: Token): boolean {
    for (const other of this.tokens.values()) {
      const isAcross = other.field === token.field && other.side === across[token.side];
      if (isAcross && !token.knows.has(other.id) && !other.knows.has(token.id)) return true;
    }
    return false;
  }

  private mark(id: string, state: Token['state']): void {
    const token = this.tokens.get(id);
    if (token) token.state = state;
  }

  private historyOf(side: Side, field: FieldName): Set<string> {
    const known = this.shown[side].get(field) ?? new Set<string>();
    this.shown[side].set(field, known);
    return known;
  }
}

export function tokensIn(value: FieldValue): string[] {
  return textsIn(value).flatMap((text) => /t\d+(?=\.)/.exec(text)?.[0] ?? []);
}

function textsIn(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return [value];
  const isRetitled = typeof value === 'object' && value !== null && 'subject' in value;
  return isRetitled ? [value.subject ?? ''] : membersOf(value).map(memberForm);
}
