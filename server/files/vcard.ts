import { isUtf8 } from 'node:buffer';
import { decode, detectEncoding, type Encoding } from './encoding.ts';
import type { CardsRead, Problem, ReadCard } from './read-card.ts';
import { contactFromVcard, isGroup } from './vcard-contact.ts';
import { cardBegin, cardEnd, type LogicalLine, logicalLines } from './vcard-lines.ts';
import { type Property, propertyFromLine } from './vcard-property.ts';

/** A card whose END is still to come. `isAgent`: the person an outer card names as its agent, no contact of the file. */
type OpenCard = {
  line: number;
  isAgent: boolean;
  readonly properties: Property[];
  readonly unnamed: number[];
};

type Reading = {
  readonly open: OpenCard[];
  readonly contacts: ReadCard[];
  readonly problems: Problem[];
  readonly remarks: Problem[];
  isInGarbage: boolean;
};

/**
 * The cards of a vCard file (2.1, 3.0, 4.0, mixed as they come). Never throws; every BEGIN that is not an agent's ends in
 * `contacts` or in `problems`. `encoding` is what the bytes are taken for; without it they are looked at.
 */
export function readVcards(
  bytes: Uint8Array,
  encoding: Encoding = detectEncoding(bytes),
): CardsRead & Readonly<{ encoding: Encoding }> {
  // A file that is not UTF-8 from end to end may name a character set for each property, or mix them: its characters
  // stand for bytes until a property is read.
  const isRaw = !encoding.name.startsWith('utf-16') && !isUtf8(bytes);
  const reading: Reading = { open: [], contacts: [], problems: [], remarks: [], isInGarbage: false };
  for (const line of logicalLines(decode(bytes, isRaw ? 'latin1' : encoding.name)))
    readLine(reading, line, isRaw);
  for (const card of reading.open.toReversed()) {
    reading.remarks.push({ line: card.line, reason: 'The card has no END:VCARD; it was read all the same.' });
    finish(reading, card);
  }
  const byLine = (one: Problem, other: Problem): number => one.line - other.line;
  return {
    contacts: reading.contacts.toSorted((one, other) => one.line - other.line),
    problems: reading.problems.toSorted(byLine),
    remarks: reading.remarks.toSorted(byLine),
    encoding,
  };
}

/**
 * Open cards are a stack. A card that begins inside another is a card of its own (2.1 allows to nest them), and a card
 * that lacks its END only waits at the bottom until the file ends.
 */
function readLine(reading: Reading, line: LogicalLine, isRaw: boolean): void {
  const inner = reading.open.at(-1);
  if (cardBegin.test(line.text)) begin(reading, line.line);
  else if (cardEnd.test(line.text) && inner !== undefined) {
    reading.open.pop();
    finish(reading, inner);
  } else if (line.text.trim() !== '') {
    if (inner === undefined) remarkGarbage(reading, line.line);
    else addProperty(inner, line, isRaw);
  }
}

function begin(reading: Reading, line: number): void {
  const last = reading.open.at(-1)?.properties.at(-1);
  const isAgent = last?.name === 'AGENT' && last.value.trim() === '';
  reading.open.push({ line, isAgent, properties: [], unnamed: [] });
  reading.isInGarbage = false;
}

function addProperty(card: OpenCard, line: LogicalLine, isRaw: boolean): void {
  const property = propertyFromLine(line, isRaw);
  if (property === null) card.unnamed.push(line.line);
  else card.properties.push(property);
}

function remarkGarbage(reading: Reading, line: number): void {
  if (!reading.isInGarbage)
    reading.remarks.push({ line, reason: 'The text here is outside of any card; it was left out.' });
  reading.isInGarbage = true;
}

function finish(reading: Reading, card: OpenCard): void {
  reading.isInGarbage = false;
  if (card.isAgent) return;
  const { contact, unread } = contactFromVcard(card.properties);
  if (isGroup(card.properties))
    reading.problems.push({ line: card.line, reason: 'The card is a list of contacts, not a contact.' });
  else if (contact === null)
    reading.problems.push({
      line: card.line,
      reason: 'The card has neither a name nor an e-mail address.',
    });
  else
    reading.contacts.push({
      line: card.line,
      contact,
      isPrivate: contact.isPrivate,
      unread: [...unread, ...card.unnamed.map((line) => `line ${line}`)],
    });
}
