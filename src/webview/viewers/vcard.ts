import { parseContacts, type Contact, type Labelled } from '../contacts';
import { element } from '../element';
import { icon } from '../icons';
import { link } from '../linkedText';
import { textOf } from '../loadedContent';
import type { Page } from '../page';
import { checkPicture } from '../pictureSize';
import { contentUrl, type Show, type ShowContext } from '../show';
import { isOpenableLink } from '../../viewers/protocol';
import { show as showText } from './text';

/** Bytes: a card with a picture of several megapixels in it. */
const LARGEST_CARD = 16_000_000;

export const show: Show = async (content, context) => {
  let contacts: readonly Contact[];
  try {
    contacts = parseContacts(await textOf(content, LARGEST_CARD));
  } catch {
    // A card that cannot be understood can still be read.
    return showText(content, context);
  }
  return {
    element: element('div', { children: contacts.map((contact) => contactCard(contact, context)) }),
  };
};

function contactCard(contact: Contact, context: ShowContext): HTMLElement {
  const { page } = context;
  const { strings } = page;
  const fields = element('dl', {
    class: 'fields',
    children: [
      ...linked(strings.phone, contact.phones, (value) => `tel:${value.replace(/[^\d+*#,;]/g, '')}`, page),
      ...linked(strings.email, contact.emails, (value) => `mailto:${value}`, page),
      ...linked(strings.website, contact.websites, (value) => value, page),
      ...contact.addresses.flatMap(({ value, labels }) =>
        field(label(strings.address, labels, page), element('span', { class: 'lines', text: value })),
      ),
      ...plain(strings.birthday, contact.birthday),
      ...plain(strings.note, contact.note),
    ],
  });
  const role = [contact.title, contact.organization].filter(Boolean).join(', ');
  return element('article', {
    class: 'contact',
    children: [
      element('div', {
        class: 'contact-head',
        children: [
          avatar(contact, context),
          element('div', {
            children: [
              element('h2', { text: contact.name || contact.organization }),
              role ? element('p', { class: 'muted', text: role }) : undefined,
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
  return value ? field(name, element('span', { class: 'lines', text: value })) : [];
}

function linked(
  name: string,
  values: readonly Labelled[],
  href: (value: string) => string,
  page: Page,
): Node[] {
  return values.flatMap(({ value, labels }) => {
    const address = href(value);
    const shown = isOpenableLink(address)
      ? link(value, address, page.host)
      : element('span', { text: value });
    return field(label(name, labels, page), shown);
  });
}

function label(name: string, labels: Labelled['labels'], { strings }: Page): string {
  return labels.length > 0 ? `${name} (${labels.map((each) => strings[each]).join(', ')})` : name;
}
