import type { BubbleView } from '../../viewers/conversationProtocol';
import { button } from '../button';
import { fullTime, timeOfDay } from '../dates';
import { element } from '../element';
import { icon } from '../icons';
import { badge } from '../messageHeader';
import type { Page } from '../page';
import { fill, listText } from '../text';
import type { BubbleContent } from './bubbleContent';

export interface BubbleOptions {
  /** The bubble before is of the same person, whose name need not be said again. */
  readonly continues: boolean;
  /** Who is on the other side, where the bubble itself does not say. */
  readonly otherSide: string;
  /** The name of the day that begins with it. */
  readonly day: string | undefined;
  /** What is said above it about unread messages. */
  readonly unread: string | undefined;
}

export interface Bubble {
  readonly element: HTMLElement;
  readonly checkbox: HTMLInputElement;
}

/**
 * One message of a conversation, with what separates it from the one before.
 * @param content what was sent
 */
export function bubbleElement(
  bubble: BubbleView,
  options: BubbleOptions,
  { element: content, text }: BubbleContent,
  page: Page,
  restore: (messageId: string) => void,
): Bubble {
  const { messageId, side, sender, failure, unread, deleted, badges } = bubble;
  const { strings, dates } = page;
  const said = sender ?? (side === 'ours' ? strings.you : options.otherSide);
  const name = listText([said, fullTime(bubble.time, dates)], strings);
  const checkbox = element('input', {
    class: 'select',
    attributes: { type: 'checkbox', tabindex: '-1', 'aria-label': fill(strings.selectNamed, name) },
  });
  const contentId = `content-${messageId}`;
  const factsId = `facts-${messageId}`;
  const body = element('div', {
    class: 'bubble-body',
    children: [
      badges.length > 0 ? element('p', { class: 'heading', children: badges.map(badge) }) : undefined,
      content,
      // What a screen reader says after the text. Who sent it and when, and buttons, have been said or have a name of their own.
      element('span', {
        text: listText(factsText(bubble, page), strings),
        attributes: { id: factsId, hidden: '' },
      }),
      failure === undefined
        ? undefined
        : element('p', {
            class: 'failure-reason',
            children: [icon('warning'), element('span', { text: failure })],
          }),
      deleted
        ? button({
            label: strings.restore,
            name: fill(strings.restoreNamed, name),
            icon: 'restore',
            onClick: () => restore(messageId),
          })
        : undefined,
      metaLine(bubble, page),
    ],
  });
  text.id = contentId;
  const isNamed = sender !== undefined && !options.continues;
  const made = element('article', {
    class: [
      'message',
      side,
      options.continues && 'continues',
      failure !== undefined && 'failed',
      unread && side === 'theirs' && 'is-unread',
      deleted && 'is-deleted',
    ]
      .filter(Boolean)
      .join(' '),
    attributes: {
      tabindex: '-1',
      'aria-label': name,
      'aria-describedby': `${contentId} ${factsId}`,
      'data-message': messageId,
    },
    children: [
      options.day === undefined ? undefined : element('h2', { class: 'day', text: options.day }),
      options.unread === undefined
        ? undefined
        : element('p', { class: 'unread-line', children: [element('span', { text: options.unread })] }),
      element('div', {
        class: 'bubble',
        children: [
          checkbox,
          element('div', {
            class: 'bubble-column',
            children: [isNamed ? element('p', { class: 'sender', text: sender }) : undefined, body],
          }),
        ],
      }),
    ],
  });
  return { element: made, checkbox };
}

/** What there is to know of a message besides its text, its sender and its time. */
function factsText(
  { badges, attachments, state, failure, unread, side }: BubbleView,
  { strings }: Page,
): string[] {
  return [
    ...attachments.map(({ name }) => name),
    ...badges.map(({ text }) => text),
    state ?? '',
    failure ?? '',
    unread && side === 'theirs' ? strings.unread : '',
  ];
}

function metaLine({ time, state, unread, side }: BubbleView, { strings, dates }: Page): HTMLElement {
  const clock = timeOfDay(time, dates);
  return element('p', {
    class: 'dotted bubble-meta',
    children: [
      clock && time !== undefined
        ? element('time', { text: clock, attributes: { datetime: time, title: fullTime(time, dates) } })
        : undefined,
      state === undefined ? undefined : element('span', { text: state }),
      unread && side === 'theirs'
        ? element('span', { class: 'unread-mark', text: strings.unread })
        : undefined,
    ],
  });
}
