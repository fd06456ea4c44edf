import type { WireAnswer } from '../../wire.ts';
import { mailboxOf, type Call } from '../call.ts';
import { answerListing } from '../listing.ts';
import { plainName } from '../query.ts';
import { badRequest } from '../refusal.ts';
import { calendarOf } from './calendars.ts';
import { appliedPreferences, eventOf, eventSet } from './event-call.ts';
import { withInstants } from './event-filter.ts';
import type { Span } from './event-index.ts';
import { instanceCollection } from './events.ts';
import type { Instance } from './instance.ts';
import { instancesIn, occurrencesIn } from './series.ts';

const mostDays = 1825;

/** GET …/calendarView: single events, occurrences and exceptions in a window, by start. */
export function viewCalendar(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const window = windowOf(call);
  const context = eventSet(call, mailbox).replace(/events$/, 'calendarView');
  return answerInstances(call, context, instancesIn(calendarOf(call, mailbox), window));
}

/** GET …/events/{series}/instances: the occurrences and exceptions of a series in a window. */
export function listInstances(call: Call): WireAnswer {
  const { mailbox, instance } = eventOf(call);
  const window = windowOf(call);
  const context = `${eventSet(call, mailbox)}('${call.ids['event'] ?? ''}')/instances`;
  if (instance.date !== null || !instance.item.series) {
    throw badRequest(
      'Expanding of the instances is supported only for series masters.',
      'ErrorInvalidRequest',
    );
  }
  return answerInstances(call, context, occurrencesIn(instance.item, window));
}

function answerInstances(call: Call, context: string, rows: readonly Instance[]): WireAnswer {
  const query = withInstants(call.query);
  const answer = answerListing({ ...call, query }, instanceCollection(call, context, rows));
  return { ...answer, headers: appliedPreferences(call) };
}

/** The window a request names; without an offset its ends are UTC, whatever zone is preferred. */
export function windowOf(call: Call): Span {
  const params = new Map([...call.request.query].map(([name, value]) => [plainName(name), value]));
  const [from, to] = [params.get('startdatetime'), params.get('enddatetime')];
  if (from === undefined || to === undefined) {
    throw badRequest(
      'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
      'ErrorInvalidParameter',
    );
  }
  const window = { startMs: readInstant('StartDateTime', from), endMs: readInstant('EndDateTime', to) };
  if (window.endMs < window.startMs) {
    throw badRequest('The end of the time window is before its start.', 'ErrorInvalidParameter');
  }
  if (window.endMs - window.startMs > mostDays * 86_400_000) {
    throw badRequest(
      `Your request can't be completed. The range between the start and end dates is greater than the allowed range. Maximum number of days: ${mostDays}`,
      'ErrorInvalidRequest',
    );
  }
  return window;
}

function readInstant(name: string, text: string): number {
  // A plus sign that was not encoded arrives as a space.
  const given = text.trim().replace(' ', '+');
  const hasTime = given.includes('T');
  const hasOffset = /(Z|[+-]\d\d:\d\d)$/i.test(given);
  const ms = Date.parse(hasTime && !hasOffset ? `${given}Z` : given.replace(/(\.\d{3})\d+/, '$1'));
  if (!/^\d{4}-\d\d-\d\d/.test(given) || Number.isNaN(ms)) {
    throw badRequest(`The value '${text}' of parameter '${name}' is invalid.`, 'ErrorInvalidParameter');
  }
  return ms;
}
