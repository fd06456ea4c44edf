/** Names for items that have no id yet. They are bound to Outlook's item object: another object is another item. */
export type Identities = Readonly<{ of: (item: object, itemId: string | null) => string }>;

export function createIdentities(): Identities {
  const names = new WeakMap<object, string>();
  let count = 0;
  return {
    of: (item, itemId) => {
      if (itemId !== null) return itemId;
      const known = names.get(item);
      if (known !== undefined) return known;
      count += 1;
      names.set(item, `unsaved-${count}`);
      return `unsaved-${count}`;
    },
  };
}
