import { complain, type Complaint } from './complaint.ts';
import { childNamed, type Element } from './xml.ts';

/** A file of the add-in: its name for messages, and its text. */
export type Source = Readonly<{ name: string; text: string }>;

const tiers = ['Restricted', 'ReadItem', 'ReadWriteItem', 'ReadWriteMailbox'] as const;
type Tier = (typeof tiers)[number];

/**
 * The members of Office.js that need more than looking, as learn.microsoft.com ("Understanding Outlook add-in permissions") and
 * the comments of @types/office-js have them. Names that also stand for harmless calls need what is before them.
 */
const needs: readonly Readonly<{ call: RegExp; tier: Tier }>[] = [
  { call: /\bmasterCategories\b/, tier: 'ReadWriteMailbox' },
  {
    call: /\b(getSelectedItemsAsync|loadItemByIdAsync|sendAsync|makeEwsRequestAsync)\b/,
    tier: 'ReadWriteMailbox',
  },
  { call: /\bcategories\??\.(add|remove)Async\b/, tier: 'ReadWriteItem' },
  {
    call: /\b(subject|location|start|end|body|to|cc|bcc|attendees|recurrence)\??\.(set|add|remove)\w*Async\b/i,
    tier: 'ReadWriteItem',
  },
  { call: /\bitem\??\.saveAsync\b/, tier: 'ReadWriteItem' },
  {
    call: /\b(add\w*Attachment\w*Async|removeAttachmentAsync|setSelectedDataAsync|prepend\w*Async|append\w*Async)\b/,
    tier: 'ReadWriteItem',
  },
  { call: /\bmailbox\??\.item\b/, tier: 'ReadItem' },
];

/** The permission is enough for every call in the add-in's code, and is not the whole mailbox unless a call needs that. */
export function checkPermission(root: Element, sources: readonly Source[]): readonly Complaint[] {
  const permission = childNamed(root, 'Permissions');
  if (permission === null) return [];
  const declared = tiers.findIndex((tier) => tier === permission.text);
  if (declared === -1) {
    return [
      complain(
        permission,
        `The permission "${permission.text}" does not exist.`,
        `Use one of ${tiers.join(', ')}.`,
      ),
    ];
  }
  const calls = sources.flatMap(({ name, text }) =>
    needs.flatMap(({ call, tier }) => {
      const found = call.exec(withoutComments(text));
      return found === null ? [] : [{ what: found[0], tier, name }];
    }),
  );
  const beyond = calls.filter(({ tier }) => tiers.indexOf(tier) > declared);
  if (
    beyond.length === 0 &&
    permission.text === 'ReadWriteMailbox' &&
    !calls.some(({ tier }) => tier === permission.text)
  ) {
    const advice = 'Declare ReadWriteItem: less to ask of an administrator.';
    return [complain(permission, 'ReadWriteMailbox is more than any call in the code needs.', advice)];
  }
  return beyond.map(({ what, tier, name }) =>
    complain(
      permission,
      `${what} in ${name} needs ${tier}; the manifest declares ${permission.text}.`,
      'Let the server do it through Graph; a higher permission takes the add-in away from people until an administrator consents.',
    ),
  );
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
