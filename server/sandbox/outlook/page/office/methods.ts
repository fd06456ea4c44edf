import { isJson, textAt, type Json } from '../wire.ts';
import { ewsId, guestsOf } from './initial-data.ts';
import type { OpenItem, Program } from './open-item.ts';

type Appointment = Extract<OpenItem, { kind: 'appointment' }>;
type Method = (program: Program, given: Json) => unknown;

/** Office's numbers for what goes wrong. */
const notSupported = 5000;
const invalidCategory = 9044;
const notSaved = 9046;

/** Thrown by a method to answer with one of Office's error numbers. */
class Refused extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`Refused with ${code}.`);
    this.code = code;
  }
}

/** Answers an `ExecuteMethod` of office.js by its dispatch id: `{ error, data }` or `{ error, errorCode }`. */
export async function execute(program: Program, dispatchId: number, given: unknown): Promise<Json> {
  const method = methods[dispatchId];
  if (method === undefined) return { error: true, errorCode: notSupported };
  try {
    return { error: false, wasSuccessful: true, data: await method(program, isJson(given) ? given : {}) };
  } catch (error) {
    if (error instanceof Refused) return { error: true, wasSuccessful: false, errorCode: error.code };
    throw error;
  }
}

/** The dispatch ids of `@microsoft/office-js` that a mail add-in of level `ReadWriteItem` needs. */
const methods: Readonly<Record<number, Method>> = {
  // Recipients of what is being written: 0 required, 1 optional.
  15: (program, { recipientField }) => {
    const { item, draft } = appointment(program);
    if (recipientField === 1) return guestsOf(item, 'optional');
    return draft.guests.map((address) => ({ address, name: nameOf(item, address) }));
  },
  18: (program) => appointment(program).draft.subject,
  // Times: 1 start, 2 end.
  24: (program, { TimeProperty }) => {
    const { startMs, endMs } = appointment(program).draft;
    return TimeProperty === 2 ? endMs : startMs;
  },
  26: (program) => appointment(program).draft.location,
  33: showInfo,
  35: showInfo,
  34: () => [],
  36: (program, given) => {
    program.hideInfo(textAt(given, 'key'));
    return null;
  },
  103: () => null,
  107: ({ person }) => ({ address: person.mailbox, name: person.displayName }),
  157: (program) => categoriesOf(program).map((displayName) => ({ displayName, color: 'None' })),
  158: async (program, given) => {
    const names = namesIn(given);
    const known = new Set(program.knownCategories().map((name) => name.toLowerCase()));
    if (names.some((name) => !known.has(name.toLowerCase()))) throw new Refused(invalidCategory);
    await program.setCategories([...new Set([...categoriesOf(program), ...names])]);
  },
  159: async (program, given) => {
    const names = namesIn(given);
    await program.setCategories(categoriesOf(program).filter((name) => !names.includes(name)));
  },
  164: (program) => {
    const { item } = appointment(program);
    if (item === null) throw new Refused(notSaved);
    return ewsId(item);
  },
  // Telemetry.
  163: () => null,
  193: () => null,
  400: () => null,
  401: () => null,
  402: () => null,
  403: (program, given) => {
    program.openLink(textAt(given, 'launchUrl'));
    return null;
  },
};

function showInfo(program: Program, given: Json): null {
  program.showInfo(textAt(given, 'key'), textAt(given, 'message'));
  return null;
}

function appointment({ open }: Program): Appointment {
  const opened = open();
  if (opened?.kind !== 'appointment') throw new Refused(notSupported);
  return opened;
}

function categoriesOf(program: Program): readonly string[] {
  return appointment(program).draft.categories;
}

function namesIn(given: Json): readonly string[] {
  const { categories } = given;
  return Array.isArray(categories) ? categories.map(String) : [];
}

function nameOf(item: Json | null, address: string): string {
  const guest = guestsOf(item, 'required').find((one) => one['address'] === address);
  return textAt(guest, 'name') || address;
}
