import ICAL from 'ical.js';
import { modernizeVcard } from './oldVcard';

export type ContactLabel = 'home' | 'work' | 'mobile' | 'fax';

export interface Labelled {
  readonly value: string;
  readonly labels: readonly ContactLabel[];
}

/** One person or company of a vCard file. */
export interface Contact {
  /** Empty if the card has none. */
  readonly name: string;
  readonly organization: string;
  readonly title: string;
  readonly phones: readonly Labelled[];
  readonly emails: readonly Labelled[];
  /** One line for each part of an address. */
  readonly addresses: readonly Labelled[];
  readonly websites: readonly Labelled[];
  readonly birthday: string;
  readonly note: string;
  /** The picture that is in the card itself, of whatever format. */
  readonly photo?: Uint8Array<ArrayBuffer>;
}

/**
 * Reads the contacts of a vCard file of version 2.1, 3.0 or 4.0.
 * @throws Error if it is no vCard
 */
export function parseContacts(text: string): readonly Contact[] {
  const parsed: unknown = ICAL.parse(plainLines(modernizeVcard(text.trim())));
  if (!Array.isArray(parsed)) throw new Error('Not a vCard.');
  // A single card comes bare, several come in an array.
  const cards: unknown[] = typeof parsed[0] === 'string' ? [parsed] : parsed;
  return cards.map((card) => contact(new ICAL.Component(card as unknown[])));
}

/** Parameters of a line: more than any has. */
const MOST_PARAMETERS = 100;

/**
 * The lines as they were before they were folded. Those with too many parameters are left out, for ical.js looks at the rest
 * of the line for each of them, wherever it takes the parameters to end.
 */
function plainLines(text: string): string {
  const lines = text.replace(/\r?\n[ \t]/g, '').split('\n');
  return lines.filter((line) => !hasTooManyParameters(line)).join('\n');
}

function hasTooManyParameters(line: string): boolean {
  const first = line.indexOf(';');
  const colon = line.indexOf(':');
  if (first < 0 || (colon >= 0 && colon < first)) return false;
  const parameters = line.matchAll(/;[^;=]*=/g);
  for (let count = 0; !parameters.next().done; count++) if (count === MOST_PARAMETERS) return true;
  return false;
}

function contact(card: ICAL.Component): Contact {
  if (card.name !== 'vcard') throw new Error('Not a vCard.');
  const photo = photoOf(first(card, 'photo'));
  return {
    ...(photo && { photo }),
    name: first(card, 'fn') || personalName(card),
    organization: parts(card.getFirstProperty('org')).filter(Boolean).join(', '),
    title: first(card, 'title'),
    phones: all(card, 'tel', (property) => first(property).replace(/^tel:/i, '')),
    emails: all(card, 'email', (property) => first(property)),
    addresses: all(card, 'adr', addressLines),
    websites: all(card, 'url', (property) => first(property)),
    birthday: first(card, 'bday'),
    note: first(card, 'note'),
  };
}

/** @param value in Base64, as it is or as an address `data:`; an address on the web is left alone */
function photoOf(value: string): Uint8Array<ArrayBuffer> | undefined {
  const base64 = value.replace(/^data:[^,]*;base64,/i, '').replace(/\s/g, '');
  if (!/^[A-Za-z\d+/]{4,}={0,2}$/.test(base64)) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    // Cut off: the card is shown without it.
    return undefined;
  }
}

/** `ADR` is post office box, further address, street, town, region, postal code, country. */
function addressLines(property: ICAL.Property): string {
  const [box = '', further = '', street = '', town = '', region = '', code = '', country = ''] =
    parts(property);
  const place = [town, [region, code].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [box, street, further, place, country].filter(Boolean).join('\n');
}

/** `N` is family, given, additional names, prefixes, suffixes. */
function personalName(card: ICAL.Component): string {
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = parts(
    card.getFirstProperty('n'),
  );
  return [prefix, given, additional, family, suffix].filter(Boolean).join(' ');
}

function all(
  card: ICAL.Component,
  name: string,
  textOf: (property: ICAL.Property) => string,
): readonly Labelled[] {
  return card
    .getAllProperties(name)
    .map((property) => ({ value: textOf(property), labels: labels(property) }))
    .filter(({ value }) => value !== '');
}

function labels(property: ICAL.Property): readonly ContactLabel[] {
  // One type, several, or none at all, whatever the declaration says.
  const types: unknown = property.getParameter('type');
  const found = new Set<ContactLabel>();
  for (const each of [types].flat()) {
    const type = String(each).toLowerCase();
    if (type === 'cell' || type === 'mobile') found.add('mobile');
    if (type === 'home' || type === 'work' || type === 'fax') found.add(type);
  }
  return [...found];
}

function first(from: ICAL.Component | ICAL.Property, name?: string): string {
  const property =
    name === undefined ? (from as ICAL.Property) : (from as ICAL.Component).getFirstProperty(name);
  return property ? plainText(valueOf(property)) : '';
}

/** As it is written if it is none of its kind: a birthday may be any words. */
function valueOf(property: ICAL.Property): unknown {
  try {
    return property.getFirstValue();
  } catch {
    return property.jCal[3];
  }
}

/** The components of a structured value. */
function parts(property: ICAL.Property | null): readonly string[] {
  if (!property) return [];
  return [valueOf(property)].flat(2).map(plainText);
}

/** Text may escape semicolons anywhere, and ical.js undoes that only where they would separate. */
function plainText(value: unknown): string {
  return String(value).replaceAll('\\;', ';').trim();
}
