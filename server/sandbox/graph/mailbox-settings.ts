import type { WireAnswer } from '../wire.ts';
import { bodyOf, contextOf, idOf, isObject, mailboxOf, ok, type Call } from './call.ts';
import { badRequest } from './refusal.ts';
import type { Mailbox, MailboxSettings } from './state.ts';
import { ianaZones, isKnownZone, windowsName, windowsZones } from './time-zones.ts';

/** GET …/mailboxSettings: the zone under its Windows name, whichever name it was set by. */
export function getSettings(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  return ok({ '@odata.context': contextOf(call, setOf(mailbox)), ...showSettings(mailbox) });
}

/** GET …/mailboxSettings/{name}: a single setting, texts in `value`. */
export function getSetting(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const name = idOf(call, 'setting');
  const value = showSettings(mailbox)[name];
  if (value === undefined) throw badRequest(`Resource not found for the segment '${name}'.`, 'BadRequest');
  const context = contextOf(call, `${setOf(mailbox)}/${name}`);
  return ok(isObject(value) ? { '@odata.context': context, ...value } : { '@odata.context': context, value });
}

export function updateSettings(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const body = bodyOf(call);
  const { timeZone, dateFormat, timeFormat, language } = body;
  const settings: MailboxSettings = { ...mailbox.settings };
  if (timeZone !== undefined) settings.timeZone = readZone(timeZone);
  if (typeof dateFormat === 'string') settings.dateFormat = dateFormat;
  if (typeof timeFormat === 'string') settings.timeFormat = timeFormat;
  if (isObject(language) && typeof language['locale'] === 'string') {
    const { locale } = language;
    settings.language = { locale, displayName: languageName(locale) };
  }
  mailbox.settings = settings;
  return getSettings(call);
}

/** GET …/outlook/supportedTimeZones(): Windows names, or IANA names where the call asks for them. */
export function listTimeZones(call: Call): WireAnswer {
  const wantsIana = /iana/i.test(idOf(call, 'standard'));
  const names = wantsIana ? ianaZones() : windowsZones();
  return ok({
    '@odata.context': contextOf(call, 'Collection(microsoft.graph.timeZoneInformation)'),
    value: names.map((name) => ({ alias: name, displayName: name })),
  });
}

export function showSettings(mailbox: Mailbox): Record<string, unknown> {
  const { settings } = mailbox;
  const timeZone = windowsName(settings.timeZone);
  return {
    timeZone,
    delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
    dateFormat: settings.dateFormat,
    timeFormat: settings.timeFormat,
    userPurpose: 'user',
    automaticRepliesSetting: {
      status: 'disabled',
      externalAudience: 'all',
      internalReplyMessage: '',
      externalReplyMessage: '',
    },
    language: settings.language,
    workingHours: {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
      timeZone: { name: timeZone },
    },
  };
}

const setOf = (mailbox: Mailbox) => `users('${mailbox.userId}')/mailboxSettings`;

function readZone(value: unknown): string {
  if (typeof value === 'string' && isKnownZone(value)) return value;
  throw badRequest(`The time zone '${String(value)}' is not supported.`, 'ErrorInvalidTimeZone');
}

function languageName(locale: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale;
  } catch (error) {
    if (error instanceof RangeError) throw badRequest(`The locale '${locale}' is not supported.`);
    throw error;
  }
}
