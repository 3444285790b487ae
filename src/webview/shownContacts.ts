import type { Contact, Labelled } from './contacts';

/** More fields than this take a page seconds to lay out; an address book of a few hundred people has less. */
export const MOST_FIELDS = 2_000;

/** Characters in all of them, for the same reason. */
const MOST_CHARACTERS = 500_000;

export interface ShownContacts {
  readonly contacts: readonly Contact[];
  /** There are more, or more of them, than is shown. */
  readonly isCut: boolean;
}

/** As much of the beginning of a file as a page can show at once. */
export function shownContacts(contacts: readonly Contact[]): ShownContacts {
  let fields = MOST_FIELDS;
  let characters = MOST_CHARACTERS;
  let isCut = false;
  const text = (value: string): string => {
    const kept = value.slice(0, characters);
    characters -= kept.length;
    isCut ||= kept.length < value.length;
    return kept;
  };
  const list = (values: readonly Labelled[]): readonly Labelled[] => {
    const kept = values.slice(0, fields);
    fields -= kept.length;
    isCut ||= kept.length < values.length;
    return kept.map((each) => ({ ...each, value: text(each.value) }));
  };
  const shown: Contact[] = [];
  for (const contact of contacts) {
    if (fields <= 0 || characters <= 0) {
      isCut = true;
      break;
    }
    // The card itself.
    fields--;
    shown.push({
      ...contact,
      name: text(contact.name),
      nickname: text(contact.nickname),
      organization: text(contact.organization),
      title: text(contact.title),
      phones: list(contact.phones),
      emails: list(contact.emails),
      messaging: list(contact.messaging),
      profiles: list(contact.profiles),
      addresses: list(contact.addresses),
      websites: list(contact.websites),
      location: text(contact.location),
      birthday: text(contact.birthday),
      dates: list(contact.dates),
      note: text(contact.note),
    });
  }
  return { contacts: shown, isCut };
}
