import type { Values } from './folders/folder.ts';
import type { Draft } from './office/open-item.ts';
import { textAt, type Json } from './wire.ts';

type Drafted = Readonly<{
  /** In UTC; null before the first save. */
  item: Json | null;
  values: Values;
  categories: readonly string[];
  isDirty: boolean;
}>;

/** An appointment as it stands in its form. Times that were not touched are the saved ones; else the form's are taken as UTC. */
export function draftOf({ item, values, categories, isDirty }: Drafted): Draft {
  const { date = '', from = '', to = '', subject = '', location = '', guests = '' } = values;
  const isSaved = item !== null && !isDirty;
  const isGuest = item?.['isOrganizer'] === false;
  return {
    subject: isGuest ? textAt(item, 'subject') : subject,
    location: isGuest ? textAt(item, 'location', 'displayName') : location,
    startMs: isSaved ? instantAt(item, 'start') : Date.parse(`${date}T${from || '00:00'}:00Z`),
    endMs: isSaved ? instantAt(item, 'end') : Date.parse(`${date}T${to || '00:00'}:00Z`),
    guests: guests.split(/[,;\s]+/).filter(Boolean),
    categories,
    isOrganizer: !isGuest,
  };
}

function instantAt(item: Json, name: string): number {
  return Date.parse(`${textAt(item, name, 'dateTime').slice(0, 19)}Z`);
}
