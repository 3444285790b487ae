import { lookUp } from '../util/lookUp';
import { MOST_FIELDS } from './shownContacts';
import { base64Bytes } from './vcardEncodings';
import { components, readCards, unescapeText, type Card, type VcardProperty } from './vcardLines';

export type ContactLabel = 'home' | 'work' | 'mobile' | 'fax' | 'anniversary';

export interface Labelled {
  readonly value: string;
  readonly labels: readonly ContactLabel[];
  /** What the card itself calls it, or the service that it is for. */
  readonly name?: string;
}

/** One person, company or place of a vCard file; what is not in it is empty. */
export interface Contact {
  readonly name: string;
  readonly nickname: string;
  readonly organization: string;
  readonly title: string;
  readonly phones: readonly Labelled[];
  readonly emails: readonly Labelled[];
  /** Names at services of instant messages. */
  readonly messaging: readonly Labelled[];
  /** Pages or names at social networks. */
  readonly profiles: readonly Labelled[];
  /** One line for each part of an address. */
  readonly addresses: readonly Labelled[];
  readonly websites: readonly Labelled[];
  /** Latitude and longitude. */
  readonly location: string;
  /** `1990-05-06`, without what is not known: `1990-05`, `--05-06`, `--05`. Or words. */
  readonly birthday: string;
  /** As `birthday`. */
  readonly dates: readonly Labelled[];
  readonly note: string;
  /** The picture that is in the card itself, of whatever format. */
  readonly photo?: Uint8Array<ArrayBuffer>;
}

/** One more than a page shows at most, which is how it knows that there are more. */
const MOST_CARDS = MOST_FIELDS + 1;

/**
 * Reads the contacts of a vCard file of whatever version, each by itself, up to `MOST_CARDS`. Lines that make no sense are left out.
 * @throws Error if there is nothing of a contact in it
 */
export function parseContacts(text: string): readonly Contact[] {
  const contacts = readCards(text).slice(0, MOST_CARDS).map(contactOf).filter(isAnything);
  if (contacts.length === 0) throw new Error('Not a vCard.');
  return contacts;
}

function isAnything(contact: Contact): boolean {
  return Object.values(contact).some((value: string | readonly unknown[] | Uint8Array) => value.length > 0);
}

/** A value with its name, before it has its labels. */
type NamedValue = Pick<Labelled, 'value' | 'name'>;

type Named = (...names: readonly string[]) => readonly VcardProperty[];

function contactOf(card: Card): Contact {
  const properties = Map.groupBy(card, ({ name }) => name);
  const labels = new Map<string, string>();
  for (const { group, value } of properties.get('X-ABLABEL') ?? []) labels.set(group, textOf(value));
  const named: Named = (...names) => names.flatMap((name) => properties.get(name) ?? []);
  const all = (valueOf: (property: VcardProperty) => string | NamedValue, ...names: readonly string[]) =>
    named(...names)
      .map((property) => labelled(valueOf(property), property, labels.get(property.group)))
      .filter(({ value }) => value !== '');
  const first = (...names: readonly string[]): string =>
    named(...names)
      .map(({ value }) => textOf(value))
      .find((value) => value !== '') ?? '';
  // As it is, or as an address `data:`; one on the web is left alone.
  const photo = named('PHOTO')
    .map(({ value }) => base64Bytes(textOf(value).replace(/^data:[^,]{0,200};base64,/i, '')))
    .find((found) => found !== undefined);
  const addresses = all(addressLines, 'ADR');
  return {
    ...(photo && { photo }),
    name: first('FN') || personalName(named('N')),
    nickname: first('NICKNAME'),
    organization: partsOf(named('ORG')[0]).filter(Boolean).join(', '),
    title: first('TITLE', 'ROLE'),
    phones: all(({ value }) => textOf(value).replace(/^tel:/i, ''), 'TEL'),
    emails: all(({ value }) => textOf(value).replace(/^mailto:/i, ''), 'EMAIL'),
    messaging: all(messagingName, 'IMPP', ...MESSAGING),
    profiles: all(profile, 'X-SOCIALPROFILE'),
    addresses: addresses.length > 0 ? addresses : all(({ value }) => textOf(value), 'LABEL'),
    websites: all(({ value }) => textOf(value), 'URL'),
    location: locationOf(first('GEO')),
    birthday: named('BDAY').map(dateOf).find(Boolean) ?? '',
    dates: all(dateOf, 'ANNIVERSARY', 'X-ANNIVERSARY', 'X-ABDATE'),
    note: named('NOTE')
      .map(({ value }) => textOf(value))
      .filter(Boolean)
      .join('\n\n'),
  };
}

function textOf(value: string): string {
  return unescapeText(value).trim();
}

function partsOf(property: VcardProperty | undefined): readonly string[] {
  return property ? components(property.value).map(textOf) : [];
}

/** `ADR` is post office box, further address, street, town, region, postal code, country. */
function addressLines(property: VcardProperty): string {
  const [box = '', further = '', street = '', town = '', region = '', code = '', country = ''] =
    partsOf(property);
  const place = [town, [region, code].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [box, street, further, place, country].filter(Boolean).join('\n');
}

/** `N` is family, given, additional names, prefixes, suffixes. */
function personalName(properties: readonly VcardProperty[]): string {
  const names = properties.map((property) => {
    const [family, given, additional, prefix, suffix] = partsOf(property);
    return [prefix, given, additional, family, suffix].filter(Boolean).join(' ');
  });
  return names.find((name) => name !== '') ?? '';
}

/** Properties that are named for the service, with a name there. */
const MESSAGING = [
  ...['X-AIM', 'X-GADUGADU', 'X-GOOGLE-TALK', 'X-GROUPWISE', 'X-GTALK', 'X-ICQ', 'X-JABBER', 'X-MSN', 'X-QQ'],
  ...['X-SKYPE', 'X-SKYPE-USERNAME', 'X-TELEGRAM', 'X-TWITTER', 'X-WHATSAPP', 'X-YAHOO'],
];

/** `IMPP` is an address, such as `skype:ada`. */
function messagingName(property: VcardProperty): NamedValue {
  const { name, parameters, value } = property;
  const text = textOf(value);
  if (name !== 'IMPP') return { value: text, name: name.slice(2).toLowerCase() };
  const [prefix = '', scheme = ''] = /^(?!https?:)([a-z][a-z\d+.-]{0,30}):/i.exec(text) ?? [];
  const service = parameters.get('X-SERVICE-TYPE')?.[0] || scheme;
  return { value: text.slice(prefix.length), name: service };
}

/** An address on the web, or one that only a phone understands: `x-apple:ada`. */
function profile({ parameters, value }: VcardProperty): NamedValue {
  const text = textOf(value);
  const service = parameters.get('TYPE')?.find((type) => !/^(?:pref|home|work)$/i.test(type));
  return { value: text.replace(/^x-apple:/i, ''), name: service ?? '' };
}

/** `geo:37.4,-122.1`, or `37.4;-122.1`. */
function locationOf(text: string): string {
  return text
    .replace(/^geo:/i, '')
    .split(/[;,]/)
    .slice(0, 2)
    .map((part) => part.trim())
    .filter(Boolean)
    .join(', ');
}

/** What is written where the year is not known: iPhones write 1604. */
const UNKNOWN_YEARS: ReadonlySet<string> = new Set(['0000', '0001', '1604']);

/** With the year, or two hyphens in its place; hyphens between the others, or nothing; a time of day, or none. */
const DATE =
  /^(?:(\d{4})(\d\d)(\d\d)|(\d{4})[-/.](\d\d?)(?:[-/.](\d\d?))?|-{1,3}(\d\d)-?(\d\d)|--(\d\d))(?:[T ][\d:.,Z+-]{0,40})?$/;

/** As `Contact.birthday`. */
function dateOf({ parameters, value }: VcardProperty): string {
  const text = textOf(value);
  const found = DATE.exec(text);
  if (!found) return text;
  const [year = '-', month = '', day] = [
    found.slice(1, 4),
    found.slice(4, 7),
    [undefined, ...found.slice(7, 9)],
  ].find(([, each]) => each) ?? [undefined, found[9]];
  if (!isWithin(month, 12) || (day !== undefined && !isWithin(day, 31))) return text;
  const isUnknown = UNKNOWN_YEARS.has(year) || parameters.get('X-APPLE-OMIT-YEAR')?.[0] === year;
  return [isUnknown ? '-' : year, month, ...(day === undefined ? [] : [day])]
    .map((part) => (part === '-' ? part : part.padStart(2, '0')))
    .join('-');
}

function isWithin(number: string, most: number): boolean {
  return Number(number) >= 1 && Number(number) <= most;
}

function labelled(value: string | NamedValue, property: VcardProperty, own: string | undefined): Labelled {
  const { value: text, name } = typeof value === 'string' ? { value, name: '' } : value;
  // What phones bring themselves is written like this, and may be another language's: `_$!<Mobile>!$_`.
  const label = own === undefined ? '' : own.replace(/^_\$!<(.{0,200})>!\$_$/s, '$1');
  const labels = new Set(
    [
      ...(property.parameters.get('TYPE') ?? []),
      ...(property.name.endsWith('ANNIVERSARY') ? ['anniversary'] : []),
      label,
    ]
      .map((type) => lookUp(LABELS, type.toLowerCase()))
      .filter((each) => each !== undefined),
  );
  const shown = [name, lookUp(LABELS, label.toLowerCase()) ? '' : label].filter(Boolean).join(', ');
  return { value: text, labels: [...labels], ...(shown && { name: shown }) };
}

const LABELS: Readonly<Record<string, ContactLabel>> = {
  anniversary: 'anniversary',
  cell: 'mobile',
  fax: 'fax',
  home: 'home',
  iphone: 'mobile',
  mobile: 'mobile',
  work: 'work',
};
