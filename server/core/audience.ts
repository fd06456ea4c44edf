/** Who should hold a record and does not, and who holds it and should not. */
export type AudiencePlan<Person extends string> = Readonly<{
  open: readonly Person[];
  close: readonly Person[];
}>;

/** Compares those a record is meant for with those who hold it; each named once, in the order given. */
export function planAudience<Person extends string>(
  audience: readonly Person[],
  held: readonly Person[],
): AudiencePlan<Person> {
  return { open: missingFrom(held, audience), close: missingFrom(audience, held) };
}

/**
 * What a census (the list of records on a person's Sync List) says against what is known of it. `joined` are to be linked;
 * `left` are candidates only: each is proven by a read before anything is concluded. `broken` concludes nothing: the rows do
 * not add up to the number the list itself names. `doubtful` is a list that lost everything at once, which a failing
 * directory also looks like; it deserves an alert.
 */
export type Census =
  | Readonly<{ census: 'whole'; joined: readonly string[]; left: readonly string[] }>
  | Readonly<{ census: 'doubtful'; left: readonly string[]; reason: string }>
  | Readonly<{ census: 'broken'; reason: string }>;

const handful = 10;

/** `known` and `listed` are refs; `total` is the number of rows Siebel says the list has. */
export function compareCensus(input: {
  known: readonly string[];
  listed: readonly string[];
  total: number;
}): Census {
  const { known, total } = input;
  const listed = new Set(input.listed);
  if (listed.size !== total) {
    const reason = `Siebel says the list has ${total} records but named ${listed.size}; nothing is concluded from it, it is read again.`;
    return { census: 'broken', reason };
  }
  const left = missingFrom(input.listed, known);
  if (total === 0 && known.length >= handful) {
    const reason = `Siebel says the list is empty, ${known.length} records of it are known; each is proven before it leaves.`;
    return { census: 'doubtful', left, reason };
  }
  return { census: 'whole', joined: missingFrom(known, input.listed), left };
}

function missingFrom<Name extends string>(some: readonly Name[], all: readonly Name[]): Name[] {
  const known = new Set<Name>(some);
  return [...new Set(all)].filter((name) => !known.has(name));
}
