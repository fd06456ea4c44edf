import type { Domain } from '../../shared/domain.ts';
import type { Sighting } from '../connectors/connector.ts';
import type { Ref } from '../core/snapshot.ts';
import type { DoubtfulMatch } from '../store/matches.ts';
import type { NewLink } from '../store/open-links.ts';
import type { Person } from './people.ts';

/** What a first contact comes to: Links to open, people to ask, answers that have been carried out. */
export type Beginning = Readonly<{
  links: readonly NewLink[];
  questions: readonly DoubtfulMatch[];
  carriedOut: readonly string[];
  /** Outlook items left alone, by reason. */
  skipped: Skipped;
}>;

type Skipped = Readonly<Record<string, number>>;

export type FirstContact = Readonly<{
  person: Person;
  domain: Domain;
  /** Outlook items that have no Link. */
  outlook: readonly Sighting[];
  /** Siebel records on the person's Sync List that have no copy. */
  siebel: readonly Sighting[];
  isFirstLoad: boolean;
  /** Which side the occasion comes from: records that joined the list only look for a copy they may adopt. */
  occasion: 'outlook' | 'siebel';
  /** Outlook items their owner marked with the button. */
  wished: ReadonlySet<Ref>;
}>;
