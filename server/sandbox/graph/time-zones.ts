/**
 * The time zones Exchange knows by Windows names, each with its IANA zone first and further ones that share its rules
 * (after Unicode CLDR, supplemental/windowsZones.xml). IANA zones that are not listed are matched by their offsets.
 */
const table: Readonly<Record<string, string>> = {
  'Dateline Standard Time': 'Etc/GMT+12',
  'UTC-11': 'Etc/GMT+11 Pacific/Pago_Pago Pacific/Niue',
  'Aleutian Standard Time': 'America/Adak',
  'Hawaiian Standard Time': 'Pacific/Honolulu Pacific/Tahiti',
  'Marquesas Standard Time': 'Pacific/Marquesas',
  'Alaskan Standard Time': 'America/Anchorage America/Juneau America/Nome',
  'UTC-09': 'Etc/GMT+9 Pacific/Gambier',
  'Pacific Standard Time (Mexico)': 'America/Tijuana',
  'UTC-08': 'Etc/GMT+8 Pacific/Pitcairn',
  'Pacific Standard Time': 'America/Los_Angeles America/Vancouver',
  'US Mountain Standard Time': 'America/Phoenix America/Hermosillo',
  'Mountain Standard Time': 'America/Denver America/Edmonton America/Boise',
  'Yukon Standard Time': 'America/Whitehorse America/Dawson',
  'Central America Standard Time': 'America/Guatemala America/Costa_Rica America/El_Salvador America/Managua',
  'Central Standard Time': 'America/Chicago America/Winnipeg America/Matamoros',
  'Easter Island Standard Time': 'Pacific/Easter',
  'Central Standard Time (Mexico)': 'America/Mexico_City America/Monterrey',
  'Canada Central Standard Time': 'America/Regina',
  'SA Pacific Standard Time': 'America/Bogota America/Lima America/Panama America/Jamaica America/Guayaquil',
  'Eastern Standard Time (Mexico)': 'America/Cancun',
  'Eastern Standard Time': 'America/New_York America/Toronto America/Detroit America/Nassau',
  'Haiti Standard Time': 'America/Port-au-Prince',
  'Cuba Standard Time': 'America/Havana',
  'US Eastern Standard Time': 'America/Indiana/Indianapolis America/Indianapolis',
  'Turks And Caicos Standard Time': 'America/Grand_Turk',
  'Atlantic Standard Time': 'America/Halifax Atlantic/Bermuda',
  'Venezuela Standard Time': 'America/Caracas',
  'Central Brazilian Standard Time': 'America/Cuiaba America/Campo_Grande',
  'SA Western Standard Time': 'America/La_Paz America/Puerto_Rico America/Santo_Domingo America/Manaus',
  'Pacific SA Standard Time': 'America/Santiago',
  'Newfoundland Standard Time': 'America/St_Johns',
  'Paraguay Standard Time': 'America/Asuncion',
  'E. South America Standard Time': 'America/Sao_Paulo',
  'SA Eastern Standard Time': 'America/Cayenne America/Fortaleza America/Recife',
  'Argentina Standard Time': 'America/Buenos_Aires America/Argentina/Buenos_Aires America/Argentina/Cordoba',
  'Montevideo Standard Time': 'America/Montevideo',
  'Greenland Standard Time': 'America/Godthab America/Nuuk',
  'Saint Pierre Standard Time': 'America/Miquelon',
  'Bahia Standard Time': 'America/Bahia',
  'UTC-02': 'Etc/GMT+2 America/Noronha Atlantic/South_Georgia',
  'Azores Standard Time': 'Atlantic/Azores',
  'Cape Verde Standard Time': 'Atlantic/Cape_Verde',
  UTC: 'Etc/UTC UTC Etc/GMT',
  'GMT Standard Time': 'Europe/London Europe/Dublin Europe/Lisbon Atlantic/Canary Atlantic/Madeira',
  'Greenwich Standard Time': 'Atlantic/Reykjavik Africa/Abidjan Africa/Accra Africa/Dakar',
  'Sao Tome Standard Time': 'Africa/Sao_Tome',
  'Morocco Standard Time': 'Africa/Casablanca',
  'W. Europe Standard Time':
    'Europe/Berlin Europe/Vienna Europe/Zurich Europe/Rome Europe/Amsterdam Europe/Stockholm Europe/Oslo Europe/Luxembourg Europe/Monaco Europe/Malta Europe/Vaduz Europe/San_Marino Europe/Vatican Europe/Andorra Europe/Gibraltar Europe/Busingen Arctic/Longyearbyen',
  'Central Europe Standard Time':
    'Europe/Budapest Europe/Prague Europe/Belgrade Europe/Bratislava Europe/Ljubljana Europe/Tirane Europe/Podgorica',
  'Romance Standard Time': 'Europe/Paris Europe/Madrid Europe/Brussels Europe/Copenhagen Africa/Ceuta',
  'Central European Standard Time': 'Europe/Warsaw Europe/Zagreb Europe/Sarajevo Europe/Skopje',
  'W. Central Africa Standard Time': 'Africa/Lagos Africa/Algiers Africa/Tunis Africa/Luanda',
  'GTB Standard Time': 'Europe/Bucharest Europe/Athens Asia/Nicosia',
  'Middle East Standard Time': 'Asia/Beirut',
  'Egypt Standard Time': 'Africa/Cairo',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'West Bank Standard Time': 'Asia/Hebron Asia/Gaza',
  'South Africa Standard Time': 'Africa/Johannesburg Africa/Harare Africa/Maputo Africa/Lusaka',
  'FLE Standard Time':
    'Europe/Kiev Europe/Kyiv Europe/Helsinki Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Kaliningrad Standard Time': 'Europe/Kaliningrad',
  'Libya Standard Time': 'Africa/Tripoli',
  'Namibia Standard Time': 'Africa/Windhoek',
  'Jordan Standard Time': 'Asia/Amman',
  'Arabic Standard Time': 'Asia/Baghdad',
  'Syria Standard Time': 'Asia/Damascus',
  'Turkey Standard Time': 'Europe/Istanbul',
  'Arab Standard Time': 'Asia/Riyadh Asia/Kuwait Asia/Qatar Asia/Bahrain',
  'Belarus Standard Time': 'Europe/Minsk',
  'Russian Standard Time': 'Europe/Moscow Europe/Simferopol',
  'E. Africa Standard Time': 'Africa/Nairobi Africa/Addis_Ababa Africa/Kampala',
  'Iran Standard Time': 'Asia/Tehran',
  'Arabian Standard Time': 'Asia/Dubai Asia/Muscat',
  'Astrakhan Standard Time': 'Europe/Astrakhan',
  'Azerbaijan Standard Time': 'Asia/Baku',
  'Russia Time Zone 3': 'Europe/Samara',
  'Mauritius Standard Time': 'Indian/Mauritius Indian/Reunion',
  'Saratov Standard Time': 'Europe/Saratov',
  'Georgian Standard Time': 'Asia/Tbilisi',
  'Volgograd Standard Time': 'Europe/Volgograd',
  'Caucasus Standard Time': 'Asia/Yerevan',
  'Afghanistan Standard Time': 'Asia/Kabul',
  'West Asia Standard Time': 'Asia/Tashkent Asia/Samarkand Indian/Maldives',
  'Ekaterinburg Standard Time': 'Asia/Yekaterinburg',
  'Pakistan Standard Time': 'Asia/Karachi',
  'Qyzylorda Standard Time': 'Asia/Qyzylorda Asia/Almaty',
  'India Standard Time': 'Asia/Calcutta Asia/Kolkata',
  'Sri Lanka Standard Time': 'Asia/Colombo',
  'Nepal Standard Time': 'Asia/Katmandu Asia/Kathmandu',
  'Central Asia Standard Time': 'Asia/Bishkek Asia/Urumqi',
  'Bangladesh Standard Time': 'Asia/Dhaka Asia/Thimphu',
  'Omsk Standard Time': 'Asia/Omsk',
  'Myanmar Standard Time': 'Asia/Rangoon Asia/Yangon',
  'SE Asia Standard Time': 'Asia/Bangkok Asia/Jakarta Asia/Saigon Asia/Ho_Chi_Minh',
  'Altai Standard Time': 'Asia/Barnaul',
  'W. Mongolia Standard Time': 'Asia/Hovd',
  'North Asia Standard Time': 'Asia/Krasnoyarsk',
  'N. Central Asia Standard Time': 'Asia/Novosibirsk',
  'Tomsk Standard Time': 'Asia/Tomsk',
  'China Standard Time': 'Asia/Shanghai Asia/Hong_Kong Asia/Macau',
  'North Asia East Standard Time': 'Asia/Irkutsk',
  'Singapore Standard Time': 'Asia/Singapore Asia/Kuala_Lumpur Asia/Manila',
  'W. Australia Standard Time': 'Australia/Perth',
  'Taipei Standard Time': 'Asia/Taipei',
  'Ulaanbaatar Standard Time': 'Asia/Ulaanbaatar',
  'Aus Central W. Standard Time': 'Australia/Eucla',
  'Transbaikal Standard Time': 'Asia/Chita',
  'Tokyo Standard Time': 'Asia/Tokyo Pacific/Palau',
  'North Korea Standard Time': 'Asia/Pyongyang',
  'Korea Standard Time': 'Asia/Seoul',
  'Yakutsk Standard Time': 'Asia/Yakutsk',
  'Cen. Australia Standard Time': 'Australia/Adelaide Australia/Broken_Hill',
  'AUS Central Standard Time': 'Australia/Darwin',
  'E. Australia Standard Time': 'Australia/Brisbane',
  'AUS Eastern Standard Time': 'Australia/Sydney Australia/Melbourne Australia/Canberra',
  'West Pacific Standard Time': 'Pacific/Port_Moresby Pacific/Guam',
  'Tasmania Standard Time': 'Australia/Hobart',
  'Vladivostok Standard Time': 'Asia/Vladivostok',
  'Lord Howe Standard Time': 'Australia/Lord_Howe',
  'Bougainville Standard Time': 'Pacific/Bougainville',
  'Russia Time Zone 10': 'Asia/Srednekolymsk',
  'Magadan Standard Time': 'Asia/Magadan',
  'Norfolk Standard Time': 'Pacific/Norfolk',
  'Sakhalin Standard Time': 'Asia/Sakhalin',
  'Central Pacific Standard Time': 'Pacific/Guadalcanal Pacific/Noumea',
  'Russia Time Zone 11': 'Asia/Kamchatka',
  'New Zealand Standard Time': 'Pacific/Auckland',
  'UTC+12': 'Etc/GMT-12 Pacific/Majuro',
  'Fiji Standard Time': 'Pacific/Fiji',
  'Chatham Islands Standard Time': 'Pacific/Chatham',
  'UTC+13': 'Etc/GMT-13',
  'Tonga Standard Time': 'Pacific/Tongatapu',
  'Samoa Standard Time': 'Pacific/Apia',
  'Line Islands Standard Time': 'Pacific/Kiritimati',
};

const windowsByIana = new Map(
  Object.entries(table).flatMap(([windows, zones]) =>
    zones.split(' ').map((zone) => [zone, windows] as const),
  ),
);
const windowsByLowerName = new Map(Object.keys(table).map((name) => [name.toLowerCase(), name]));

export const windowsZones = (): readonly string[] => Object.keys(table);

export const ianaZones = (): readonly string[] => Intl.supportedValuesOf('timeZone');

export const isKnownZone = (name: string): boolean =>
  windowsByLowerName.has(name.toLowerCase()) || isIana(name);

/** The Windows name of a zone given by either name; `UTC` for what nobody knows. */
export function windowsName(zone: string): string {
  return windowsByLowerName.get(zone.toLowerCase()) ?? windowsByIana.get(zone) ?? byOffsets(zone) ?? 'UTC';
}

/** The IANA zone of a known zone given by either name. */
export function ianaName(zone: string): string {
  const windows = windowsByLowerName.get(zone.toLowerCase());
  return (windows === undefined ? undefined : table[windows]?.split(' ')[0]) ?? zone;
}

const found = new Map<string, string | null>();

/** A listed zone that has the same offsets all year long. */
function byOffsets(zone: string): string | null {
  if (!isIana(zone)) return null;
  const known = found.get(zone);
  if (known !== undefined) return known;
  const wanted = offsetsOf(zone);
  const same = Object.entries(table).find(([, zones]) => offsetsOf(zones.split(' ')[0] ?? '') === wanted);
  found.set(zone, same?.[0] ?? null);
  return same?.[0] ?? null;
}

/** Twenty-four samples of a recent year tell every rule in use apart. */
function offsetsOf(zone: string): string {
  return Array.from({ length: 24 }, (_, index) => {
    const day = index % 2 === 0 ? '01' : '15';
    const month = String(Math.floor(index / 2) + 1).padStart(2, '0');
    return Temporal.Instant.from(`2026-${month}-${day}T12:00:00Z`).toZonedDateTimeISO(zone).offset;
  }).join();
}

function isIana(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
