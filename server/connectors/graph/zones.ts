import { findIana, findWindows } from 'windows-iana';

/**
 * Time zones go by IANA names with us and by Windows names in Exchange ("W. Europe Standard Time"), which takes and shows
 * either (facts/graph.md 5.4). Several IANA zones share one Windows zone, so the way back prefers the zone of the mailbox.
 */
export function ianaFromGraph(name: string | null, near: string | null): string | null {
  if (name === null) return null;
  if (isZone(name)) return name;
  const candidates = ianaOf(name.replace(/^tzone:\/\/Microsoft\//i, ''));
  return candidates.find((zone) => zone === near) ?? candidates[0] ?? null;
}

/** Windows' name where there is one, which every Exchange knows; Exchange lists the IANA names it takes beside them. */
export function graphFromIana(zone: string): string {
  const known = windowsOf.get(zone);
  if (known !== undefined) return known;
  const found = findWindows(zone)[0] ?? findWindows(canonical(zone))[0] ?? zone;
  windowsOf.set(zone, found);
  return found;
}

const windowsOf = new Map<string, string>();
const valid = new Map<string, boolean>();
const mostKept = 2_000;

function ianaOf(windowsName: string): readonly string[] {
  if (/^utc$/i.test(windowsName)) return ['UTC'];
  return findIana(windowsName).filter(isZone);
}

/** Names come from outside, so what is remembered of them is bounded. */
function isZone(name: string): boolean {
  const known = valid.get(name);
  if (known !== undefined) return known;
  if (valid.size >= mostKept) valid.clear();
  const is = /^[A-Za-z]/.test(name) && canonicalOrNull(name) !== null;
  valid.set(name, is);
  return is;
}

function canonical(zone: string): string {
  return canonicalOrNull(zone) ?? zone;
}

function canonicalOrNull(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
