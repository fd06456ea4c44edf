import { useState, type FormEvent } from 'react';
import { Button, Field, Input } from '@fluentui/react-components';
import type { NewContact } from '../../../shared/api-items.ts';
import type { Person } from '../../office/port.ts';
import type { PaneKey } from '../../text/pane.ts';
import { usePane } from '../pane-context.ts';
import { nameFrom } from '../state/name.ts';
import { troubleOf } from '../state/trouble.ts';

type NewContactFormProps = Readonly<{ person: Person; close: () => void }>;
type Draft = Readonly<Record<'firstName' | 'lastName' | 'email1' | 'company' | 'workPhone', string>>;

const fields: readonly (readonly [keyof Draft, PaneKey])[] = [
  ['firstName', 'firstName'],
  ['lastName', 'lastName'],
  ['email1', 'email'],
  ['company', 'company'],
  ['workPhone', 'phone'],
];

/** A contact filled from the mail, made in Outlook and kept in step from then on. */
export function NewContactForm({ person, close }: NewContactFormProps) {
  const { api, say, announce, report } = usePane();
  const [draft, setDraft] = useState<Draft>(() => draftFrom(person));
  const [isBusy, setIsBusy] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const isMissing = (field: keyof Draft): boolean =>
    isAsked && field !== 'company' && field !== 'workPhone' && draft[field].trim() === '';
  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsAsked(true);
    const contact = contactFrom(draft);
    if (contact === null || isBusy) return;
    setIsBusy(true);
    try {
      await api.addContact(contact);
      announce(say('contactCreated', { name: `${contact.firstName} ${contact.lastName}` }));
      close();
    } catch (error) {
      setIsBusy(false);
      report(troubleOf(error));
    }
  };
  return (
    <form className="new-contact" noValidate onSubmit={(event) => void create(event)}>
      {fields.map(([field, label], index) => (
        <Field
          key={field}
          label={say(label)}
          size="small"
          {...(isMissing(field) ? { validationMessage: say('lastNameNeeded') } : {})}
        >
          <Input
            autoFocus={index === 0}
            value={draft[field]}
            dir="auto"
            onChange={(_event, { value }) => setDraft({ ...draft, [field]: value })}
          />
        </Field>
      ))}
      <div className="deeds">
        <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
          {say('createContact')}
        </Button>
        <Button onClick={close}>{say('cancel')}</Button>
      </div>
    </form>
  );
}

function draftFrom({ name, address }: Person): Draft {
  return { ...nameFrom(name), email1: address, company: '', workPhone: '' };
}

/** Null while something Siebel needs is missing. */
function contactFrom(draft: Draft): NewContact | null {
  const [firstName, lastName, email1] = [draft.firstName.trim(), draft.lastName.trim(), draft.email1.trim()];
  if (firstName === '' || lastName === '' || email1 === '') return null;
  return {
    firstName,
    lastName,
    email1,
    company: draft.company.trim() || null,
    workPhone: draft.workPhone.trim() || null,
  };
}
