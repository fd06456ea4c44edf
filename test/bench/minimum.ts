/**
 * What the two protocols cost at the very least: the figures every scenario is held against. Only documented limits enter
 * (facts/graph.md section 3, facts/siebel-rest.md section 1.6 and 2); nobody's batches overlap, nothing is asked twice.
 */
export type RoundTrips = Readonly<{ graph: number; siebel: number }>;

/** Requests in one Graph `$batch`. */
const batch = 20;
/** Contacts of the largest page Outlook is known to give: in a change feed, and in a listing with extended properties. */
const deltaPage = 500;
const listPage = 999;
/** Rows of one Siebel page and records of one written array. */
const siebelPage = 100;
/** Row ids that fit into a Siebel search expression of 2,000 characters: `[Id]='1-ABCDEF' OR ` is 21 of them. */
const idsInSearch = 95;
/** Addresses that fit: `[EMail Addr] ~= "rep.0001@example.com" OR ` is about 40 characters. */
const addressesInSearch = 50;
/** Events of the largest page of a calendar. */
const eventPage = 500;
/** Account names that fit: `[Name] ~= "Aster Software 12 GmbH" OR ` is about 40 characters. */
const namesInSearch = 50;

/**
 * What a mailbox costs before its first item: the user by address; time zone, categories and folders in one batch; the
 * subscription; an empty change feed. In Siebel: its employee, and what is on its lists of contacts, employees and
 * activities.
 */
const joining: RoundTrips = { graph: 4, siebel: 4 };

/** A poll of Siebel that finds nothing: contacts, accounts, employees, and a page of the Sync List, which leaves no trace. */
const siebelPoll = 4;
/** The same for activities: what was written since, and a page of those of its people. */
const activityPoll = 2;

/** The list is read in pages, the copies are created in batches; their answers say what was stored. */
export function firstSyncFromSiebel(contacts: number): RoundTrips {
  return {
    graph: joining.graph + pages(contacts, batch),
    siebel: joining.siebel - 1 + pages(contacts, siebelPage),
  };
}

/**
 * The feed names the contacts, a listing brings what feeds leave out. In Siebel: a look for people who are there already,
 * the accounts looked up and made, the contacts made, and a read of what became of them, because an array is only echoed.
 */
export function firstSyncFromOutlook(
  contacts: number,
  { accounts, children }: Readonly<{ accounts: number; children: number }>,
): RoundTrips {
  const found = 1 + pages(accounts, namesInSearch) + pages(accounts, siebelPage);
  return {
    graph: joining.graph - 1 + pages(contacts, deltaPage) + pages(contacts, listPage),
    siebel: joining.siebel + found + 2 * pages(contacts, siebelPage) + children,
  };
}

/** One question to each feed, however many contacts there are. */
export function nothingChanged(mailboxes: number): RoundTrips {
  return { graph: pages(mailboxes, batch), siebel: siebelPoll };
}

/**
 * Changes on both sides: the feeds, the changed copies read, the others written; in Siebel the pages of the poll, the records
 * to be written read, written in arrays and read back.
 */
export function changesOnBothSides({
  outlook,
  siebel,
}: Readonly<{ outlook: number; siebel: number }>): RoundTrips {
  return {
    graph: pages(outlook, deltaPage) + pages(outlook, batch) + pages(siebel, batch),
    siebel: siebelPoll + 2 * pages(outlook, idsInSearch) + pages(outlook, siebelPage),
  };
}

/** One record read once for everybody, its copies in twenty mailboxes written at a time. */
export function oneRecordToMailboxes(mailboxes: number): RoundTrips {
  return { graph: pages(mailboxes, batch), siebel: siebelPoll };
}

/**
 * A calendar's events are listed as hints and then whole, its feed begun beside that, its series read with their exceptions.
 * In Siebel the guests are looked up among employees and contacts, the activities made with their people, and read back.
 */
export function firstSyncOfCalendar({
  events,
  series,
  activities,
  guests,
  strangers,
}: Readonly<{
  events: number;
  series: number;
  activities: number;
  guests: number;
  /** Guests who are no employees: only these are looked for among the contacts. */
  strangers: number;
}>): RoundTrips {
  const found = pages(guests, addressesInSearch) + pages(strangers, addressesInSearch);
  return {
    graph: joining.graph - 1 + 2 * pages(events, eventPage) + pages(series, batch),
    siebel: joining.siebel + found + 2 * pages(activities, siebelPage),
  };
}

/** One question to the calendar and one to each To Do list, which fit into one batch. */
export function noEventChanged(): RoundTrips {
  return { graph: 1, siebel: siebelPoll + activityPoll };
}

/**
 * The feed and the event itself; in Siebel the new guest looked up, the activity read with its people, whom it shows a
 * hundred at a time, the guest linked, and a look at it.
 */
export function oneMoreInvited(morePages: number): RoundTrips {
  return { graph: 2, siebel: 4 + morePages };
}

/** The feeds of the mailboxes notified of, and the events; in Siebel the activities read, written in arrays and read back. */
export function eventsChangedInMailboxes(events: number): RoundTrips {
  return {
    graph: 2 * pages(events, batch),
    siebel: 2 * pages(events, idsInSearch) + pages(events, siebelPage),
  };
}

/** Our own writes come back in the feeds of the mailboxes they went to. */
export function echo(mailboxes: number, contactsEach: number): number {
  return pages(mailboxes * pages(contactsEach, deltaPage), batch);
}

function pages(rows: number, size: number): number {
  return Math.max(1, Math.ceil(rows / size));
}
