/** A name as mails show it, taken apart for a form: "Lopez, Maria" and "Maria Lopez" alike; an address gives its own parts. */
export function nameFrom(shown: string): Readonly<{ firstName: string; lastName: string }> {
  const name = shown.replaceAll(/["']|\([^)]*\)/g, '').trim();
  if (name.includes('@')) return fromAddress(name);
  const [last = '', first] = name.split(',').map((part) => part.trim());
  if (first) return { firstName: first, lastName: last };
  const words = name.split(/\s+/);
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}

function fromAddress(address: string): Readonly<{ firstName: string; lastName: string }> {
  const parts = (address.split('@')[0] ?? '').split(/[._-]+/).filter((part) => part !== '');
  const [first = '', ...rest] = parts.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1));
  return rest.length === 0
    ? { firstName: '', lastName: first }
    : { firstName: first, lastName: rest.join(' ') };
}
