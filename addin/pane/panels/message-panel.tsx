import { useState } from 'react';
import { Button } from '@fluentui/react-components';
import type { ItemSummary, KnownPerson } from '../../../shared/api-items.ts';
import type { OpenItem, Person } from '../../office/port.ts';
import { useLive } from '../hooks/use-live.ts';
import { usePane } from '../pane-context.ts';
import { siebelWord } from '../parts/attendees.tsx';
import { NewContactForm } from '../parts/new-contact-form.tsx';
import { Notice } from '../parts/notice.tsx';
import { StateLine } from '../parts/state-line.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { withMarks } from '../state/marks.ts';
import { isOn, standingOf } from '../state/standing.ts';

/** The people on a mail: who of them is a contact here and in Siebel, and the way to make them one. */
export function MessagePanel({ item }: Readonly<{ item: OpenItem }>) {
  const { api, say, seen, outlook } = usePane();
  const people = peopleOn(item, outlook.mailbox.address);
  const addresses = people.map(({ address }) => address.toLowerCase());
  const live = useLive({
    name: item.identity,
    read: (signal) => (addresses.length === 0 ? Promise.resolve([]) : api.whoIs(addresses, signal)),
    seen: (known) => seen(known.flatMap(({ contacts }) => contacts)),
  });
  if (people.length === 0) return <Notice title={say('peopleOnMail')} text={say('noPeople')} />;
  const known = new Map(live.value?.map((one) => [one.address, one]));
  return (
    <article className="item">
      <h1 className="item-label">{say('peopleOnMail')}</h1>
      <p className="hint">{say('mailsStay')}</p>
      <ul className="people">
        {people.map((person) => (
          <li key={person.address}>
            <PersonRow
              person={person}
              known={known.get(person.address.toLowerCase()) ?? null}
              look={live.now}
            />
          </li>
        ))}
      </ul>
    </article>
  );
}

/** Sender first, nobody twice, and not oneself. */
function peopleOn({ from, people }: OpenItem, own: string): readonly Person[] {
  const all = from === null ? people : [from, ...people];
  const byAddress = new Map(all.map((one) => [one.address.toLowerCase(), one]));
  byAddress.delete(own.toLowerCase());
  return [...byAddress.values()];
}

type PersonRowProps = Readonly<{ person: Person; known: KnownPerson | null; look: () => void }>;

function PersonRow({ person, known, look }: PersonRowProps) {
  const { say, marks } = usePane();
  const [isAdding, setIsAdding] = useState(false);
  const contacts = known?.contacts.map((one) => withMarks(one, marks)) ?? [];
  return (
    <>
      <span className="person-name" dir="auto">
        {person.name}
      </span>
      <span className="person-facts">
        <bdi>{person.address}</bdi>
        {known !== null && (
          <>
            <span className={`badge badge-${known.siebel ?? 'unasked'}`}>
              {say(siebelWord(known.siebel))}
            </span>
            <span className="badge">{say(contacts.length > 0 ? 'outlookContact' : 'noOutlookContact')}</span>
          </>
        )}
      </span>
      {contacts.map((item) => (
        <KnownContact key={item.itemId} item={item} />
      ))}
      {known !== null && contacts.length === 0 && !isAdding && (
        <Button
          size="small"
          aria-label={say('newContactFor', { name: person.name })}
          onClick={() => setIsAdding(true)}
        >
          {say('newContact')}
        </Button>
      )}
      {isAdding && (
        <NewContactForm
          person={person}
          close={() => {
            setIsAdding(false);
            look();
          }}
        />
      )}
    </>
  );
}

/** A contact the mailbox has already, with its switch. */
function KnownContact({ item }: Readonly<{ item: ItemSummary }>) {
  const { say, format, me, press } = usePane();
  const standing = standingOf(item, me);
  return (
    <span className="person-contact">
      <StateLine {...{ standing, item, say, format }} />
      <Toggle
        label={say('syncRow', { label: item.label })}
        isOn={isOn(item.state)}
        isDisabled={standing.deed === null}
        tabIndex={0}
        change={(on) => void press(item, on)}
      />
    </span>
  );
}
