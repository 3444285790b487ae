import { encodeLabel, encodePlainText } from '../../display/encode';
import { isOpenableLink } from '../../viewers/protocol';
import { emailLink, phoneLink } from '../contactLinks';
import { parseContacts, type Contact, type Labelled } from '../contacts';
import { calendarDay } from '../dates';
import { element } from '../element';
import { icon } from '../icons';
import { link, setLinkedText } from '../linkedText';
import { bytesOf } from '../loadedContent';
import type { Page } from '../page';
import { checkPicture } from '../pictureSize';
import { contentUrl, type Show, type ShowContext } from '../show';
import { shownContacts } from '../shownContacts';
import { decodeVcard, firstLines } from '../vcardLines';
import { fill, listText } from '../text';
import { show as showText } from './text';

/** Bytes: a card with a picture of several megapixels in it. */
const LARGEST_CARD = 16_000_000;

export const show: Show = async (content, context) => {
  const text = decodeVcard(await bytesOf(content, LARGEST_CARD), content.contentType);
  const beginning = firstLines(text);
  let all: readonly Contact[];
  try {
    all = parseContacts(beginning);
  } catch {
    // A card that cannot be understood can still be read.
    return showText(content, context);
  }
  const { contacts, isCut } = shownContacts(all);
  const { strings } = context.page;
  const cut = isCut || beginning.length < text.length || content.blob.size > LARGEST_CARD;
  return {
    element: element('div', {
      children: [
        ...contacts.map((contact) => contactCard(contact, context)),
        cut ? element('p', { class: 'muted', text: strings.textCut }) : undefined,
      ],
    }),
  };
};

function contactCard(contact: Contact, context: ShowContext): HTMLElement {
  const { page } = context;
  const { strings, dates } = page;
  const { name, nickname, organization, phones, emails } = contact;
  const title =
    [name, nickname, organization, phones[0]?.value, emails[0]?.value].find(Boolean) ??
    strings.unnamedContact;
  const role = [contact.title, organization].filter((each) => each !== '' && each !== title);
  const fields = element('dl', {
    class: 'fields',
    children: [
      ...(nickname === title ? [] : plain(strings.nickname, nickname)),
      ...linked(strings.phone, phones, phoneLink, page),
      ...linked(strings.email, emails, emailLink, page),
      ...linked(strings.messaging, contact.messaging, webLink, page),
      ...linked(strings.profile, contact.profiles, webLink, page),
      ...linked(strings.website, contact.websites, webLink, page),
      ...contact.addresses.flatMap(({ value, ...called }) =>
        plain(label(strings.address, called, page), value),
      ),
      ...plain(strings.location, contact.location),
      ...plain(strings.birthday, calendarDay(contact.birthday, dates)),
      ...contact.dates.flatMap(({ value, ...called }) =>
        plain(label(strings.date, called, page), calendarDay(value, dates)),
      ),
      ...noteField(contact.note, page),
    ],
  });
  return element('article', {
    class: 'contact',
    children: [
      element('div', {
        class: 'contact-head',
        children: [
          avatar(contact, context),
          element('div', {
            children: [
              element('h2', { text: encodeLabel(title) }),
              role.length > 0
                ? element('p', {
                    class: 'muted',
                    text: listText(
                      role.map((each) => encodeLabel(each)),
                      page.strings,
                    ),
                  })
                : undefined,
            ],
          }),
        ],
      }),
      fields,
    ],
  });
}

function avatar({ photo }: Contact, { signal }: ShowContext): HTMLElement {
  const made = element('div', { class: 'avatar', children: [icon('contact')] });
  if (!photo) return made;
  // The name is beside it.
  const image = element('img', { attributes: { alt: '' } });
  const blob = new Blob([photo]);
  checkPicture(blob).then(
    () => {
      image.src = contentUrl(blob, signal);
      image.addEventListener('load', () => made.replaceChildren(image), { once: true });
    },
    // The card is shown without it.
    () => undefined,
  );
  return made;
}

function field(name: string, value: Node): Node[] {
  return [element('dt', { text: name }), element('dd', { children: [value] })];
}

function plain(name: string, value: string): Node[] {
  return value ? field(name, element('span', { class: 'lines', text: encodePlainText(value) })) : [];
}

function noteField(note: string, { strings, host }: Page): Node[] {
  if (!note) return [];
  const text = element('span', { class: 'lines' });
  setLinkedText(text, encodePlainText(note), host);
  return field(strings.note, text);
}

/** @param href of a value; where it has none, addresses in it are links */
function linked(
  name: string,
  values: readonly Labelled[],
  href: (value: string) => string | undefined,
  page: Page,
): Node[] {
  return values.flatMap(({ value, ...called }) => {
    const text = encodePlainText(value);
    const address = href(value);
    const shown = element('span');
    if (address !== undefined && isOpenableLink(address)) shown.append(link(text, address, page.host));
    else setLinkedText(shown, text, page.host);
    return field(label(name, called, page), shown);
  });
}

function webLink(value: string): string {
  return value;
}

function label(name: string, called: Omit<Labelled, 'value'>, { strings }: Page): string {
  const labels = called.labels.map((each) => strings[each]);
  if (called.name) labels.push(encodeLabel(called.name));
  return labels.length > 0 ? fill(strings.qualified, name, listText(labels, strings)) : name;
}
