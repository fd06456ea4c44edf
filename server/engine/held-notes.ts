import { noteOf } from '../core/note.ts';
import type { FieldNote } from '../core/step.ts';
import type { LinkTurn } from './turn-state.ts';

/**
 * A Link's notes with what its last decision says of changes in Siebel that wait, because writing them would mail guests whom
 * the policy lets nobody mail now.
 */
export function notesWithHeld(link: LinkTurn): readonly FieldNote[] {
  const others = link.notes.filter((note) => !isHeldNote(note));
  return [...others, ...heldNotes(link)];
}

/** Whether the Link's notes are to be brought up to date: something is held, or was. */
export function hasHeld(link: LinkTurn): boolean {
  return link.row.notes.some(isHeldNote) || heldNotes(link).length > 0;
}

/** The fields that wait since this turn. */
export function newlyHeld(link: LinkTurn): readonly string[] {
  const known = link.row.notes.filter(isHeldNote).map(({ field }) => field);
  return heldNotes(link).flatMap(({ field }) => (known.includes(field) ? [] : [field]));
}

function isHeldNote({ what }: FieldNote): boolean {
  return what === 'mailHeld';
}

function heldNotes({ plan, passes, person, kindOfRecord }: LinkTurn): FieldNote[] {
  const meeting = (passes.exchange ?? passes.siebel)?.meeting ?? null;
  if (plan === null || meeting === null || meeting.role !== 'organizer') return [];
  const rules = person.rulesFor(kindOfRecord);
  // To what is private in Siebel nobody is invited, whatever the policy allows.
  const own = meeting.isPrivate ? ['attendees'] : [];
  const asked = plan.conflicts.filter(({ winner }) => winner === null).map(({ field }) => field);
  return plan.held
    .filter(
      ({ side, field }) =>
        side === 'siebel' &&
        rules.mayTravel(field, 'exchange') &&
        !asked.includes(field) &&
        !own.includes(field),
    )
    .map(({ field }) => noteOf(field, 'mailHeld', { code: 'wouldMail' }));
}
