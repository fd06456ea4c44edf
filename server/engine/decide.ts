import type { Both } from '../../shared/domain.ts';
import { isAppointment } from '../../shared/item.ts';
import { valueOf, withValue } from '../core/fields/item.ts';
import { meetingRules } from '../core/meeting.ts';
import { reconcile, type Plan } from '../core/plan.ts';
import type { Item, Present, Snapshot } from '../core/snapshot.ts';
import type { Step } from '../core/step.ts';
import { noVersion, refFrom } from '../holder.ts';
import { includesLogin } from './logins.ts';
import { contextOf, siebelItem } from './meeting.ts';
import { exchangeSnapshot, siebelSnapshot } from './sight.ts';
import { emptyWrite, siebelSighting, type LinkTurn, type Pass, type RecordTurn } from './turn-state.ts';

/**
 * Decides, for one record, what its Links together want of Siebel. The Links are taken one after the other: each meets
 * Siebel's item as the ones before it leave it, so that two people's edits merge and the same field is a conflict.
 */
export function decideSiebel(turn: RecordTurn): void {
  turn.write = emptyWrite();
  const sighting = siebelSighting(turn);
  turn.item = sighting && siebelItem(turn, sighting.item);
  for (const link of turn.links) {
    if (link.look?.look === 'failed' || link.end.end === 'held') continue;
    link.seen = {
      siebel: withItem(siebelSnapshot(turn, link), turn.item, turn),
      exchange: exchangeSnapshot(turn, link),
    };
    const pass = passOf(turn, link);
    link.passes = { siebel: pass };
    link.plan = pass.plan;
    for (const step of link.plan.steps) if (step.side === 'siebel') want(turn, link, step);
    if (joins(turn, link)) turn.write.add.push(link.person.holder);
  }
  if (isRolling(turn)) rollOn(turn);
}

/** A series Siebel cannot repeat by itself is due to be given its next occurrences. */
function isRolling({ record, people }: RecordTurn): boolean {
  return (
    record.roll_at !== null &&
    people !== null &&
    Temporal.Instant.compare(Temporal.Instant.from(record.roll_at), people.now) <= 0
  );
}

/** The same rule once more: Siebel's side writes the occurrences of it that have come into its window. */
function rollOn(turn: RecordTurn): void {
  const { item, write } = turn;
  const rule = turn.links
    .map(({ seen }) => (seen.exchange.state === 'present' ? valueOf(seen.exchange.item, 'recurrence') : null))
    .find((value) => value !== null);
  if (item === null || !rule || write.isRemoved || write.create !== null) return;
  write.fields.add('recurrence');
  turn.item = withValue(item, 'recurrence', rule);
}

/** Decides what a Link's Outlook copy needs, now that Siebel has answered. */
export function decideExchange(turn: RecordTurn, link: LinkTurn): Plan {
  link.seen = {
    siebel: siebelSnapshot(turn, link),
    exchange: turn.people === null ? link.seen.exchange : exchangeSnapshot(turn, link),
  };
  const pass = passOf(turn, link);
  link.passes = { ...link.passes, exchange: pass };
  link.plan = pass.plan;
  return pass.plan;
}

/**
 * By the person's rules, and by what was said about this very item: that it is to stay in step, or that its edits are to be
 * undone, so that each side they were about to reach keeps its values.
 */
function passOf(turn: RecordTurn, link: LinkTurn): Pass {
  const { person, row, base, seen } = link;
  const isKept = row.wish === 'mark';
  const own = { ...person.rulesFor(turn.kind), isKept };
  const meeting = turn.record.domain === 'appointment' ? contextOf(turn, link) : null;
  const rules = meeting === null ? own : meetingRules(own, meeting);
  const plan = reconcile(base, seen, rules, row.decisions);
  if (row.wish !== 'revert') return { base, seen, isKept, meeting, decisions: row.decisions, plan };
  const kept = plan.steps.flatMap((step) =>
    step.do === 'update' ? step.fields.map((field) => [field, step.side] as const) : [],
  );
  const decisions = { ...row.decisions, ...Object.fromEntries(kept) };
  return { base, seen, isKept, meeting, decisions, plan: reconcile(base, seen, rules, decisions) };
}

/**
 * A first contact puts the person on the record's Sync List, however many tries it takes, and so does their word that it is
 * to stay in step; employees' lists are only ever changed in Siebel.
 */
function joins(turn: RecordTurn, link: LinkTurn): boolean {
  const sighting = siebelSighting(turn);
  if (!sighting || turn.kind === 'employee' || turn.write.isRemoved) return false;
  const bothPresent = link.seen.siebel.state === 'present' && link.seen.exchange.state === 'present';
  const isFirst = !link.row.is_listed || link.row.wish === 'mark';
  if (turn.record.domain === 'task') return false;
  const level = link.person.rulesFor(turn.kind).level;
  const isListed = includesLogin(sighting.members, link.person.holder.login);
  return bothPresent && isFirst && !isListed && (level === 'full' || level === 'import-only');
}

function want(turn: RecordTurn, link: LinkTurn, step: Step): void {
  const { write } = turn;
  switch (step.do) {
    case 'create':
      if (write.create === null) write.create = { holder: link.person.holder, item: step.item };
      turn.item = step.item;
      return;
    case 'update':
      for (const field of step.fields) {
        write.fields.add(field);
        turn.item = withValue(turn.item ?? step.item, field, valueOf(step.item, field));
      }
      return;
    case 'remove':
      if (step.how === 'delete') write.isRemoved = true;
      else drop(turn, link);
  }
}

/** An activity always has an owner: when its owner leaves, the next of those who stay owns it. */
function drop(turn: RecordTurn, { person }: LinkTurn): void {
  const { write, item } = turn;
  write.drop.push(person.holder);
  const owner = item !== null && isAppointment(item) ? (item.organizer?.login ?? null) : null;
  if (item === null || owner === null || !includesLogin([person.holder.login], owner)) return;
  const left = write.drop.map(({ login }) => login);
  const heir = turn.links.find((one) => {
    const { login } = one.person.holder;
    return !includesLogin(left, login) && includesLogin(siebelSighting(turn)?.members ?? [], login);
  });
  if (!heir) {
    write.isRemoved = true;
    return;
  }
  const { mailbox, login } = heir.person.holder;
  write.fields.add('organizer');
  turn.item = withValue(item, 'organizer', { address: mailbox, name: null, login });
}

/** While a create or update of an earlier Link is only decided, later Links see what Siebel is about to hold. */
function withItem(snapshot: Snapshot, item: Item | null, turn: RecordTurn): Snapshot {
  if (item === null) return snapshot;
  if (snapshot.state === 'present') return { ...snapshot, item };
  const isCreated =
    turn.write.create !== null && snapshot.why !== 'unmarked' && snapshot.why !== 'outOfReach';
  const coming: Present = { state: 'present', ref: refFrom(''), version: noVersion(), item };
  return isCreated ? coming : snapshot;
}

/** What the base becomes when a Link is closed: nothing is remembered of what the sides held. */
export const closedBase: Both<Snapshot> = {
  siebel: { state: 'absent', why: 'never' },
  exchange: { state: 'absent', why: 'never' },
};
