import type { BubbleView } from '../../viewers/conversationProtocol';
import { attachmentChip } from '../attachmentChip';
import { button } from '../button';
import { declaredKind } from '../contentKind';
import { fullTime, timeOfDay } from '../dates';
import { element } from '../element';
import { icon } from '../icons';
import { inlineImage } from '../inlineImage';
import type { NearnessObserver } from '../lazy';
import { badge } from '../messageHeader';
import type { Page } from '../page';
import { fill } from '../text';
import { showWholeText } from '../wholeText';

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

export interface BubbleContext {
  readonly page: Page;
  readonly nearness: NearnessObserver;
  /** What the bubble loads ends when this is aborted. */
  readonly signal: AbortSignal;
  restore(messageId: string): void;
}

export interface Bubble {
  readonly element: HTMLElement;
  readonly text: HTMLElement;
  readonly checkbox: HTMLInputElement;
}

/** One message of a conversation, with what separates it from the one before. */
export function bubbleElement(bubble: BubbleView, options: BubbleOptions, context: BubbleContext): Bubble {
  const { messageId, side, sender, text, failure, unread, deleted } = bubble;
  const { page, nearness, signal } = context;
  const { strings, dates } = page;
  const said = sender ?? (side === 'ours' ? strings.you : options.otherSide);
  const name = [said, fullTime(bubble.time, dates)].filter(Boolean).join(', ');
  const textElement = element('p', { class: 'bubble-text', attributes: { dir: 'auto' } });
  const checkbox = element('input', {
    class: 'select',
    attributes: { type: 'checkbox', tabindex: '-1', 'aria-label': fill(strings.selectNamed, name) },
  });
  const body = element('div', {
    class: 'bubble-body',
    attributes: { id: `message-${messageId}` },
    children: bodyParts(),
  });
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
      'aria-describedby': body.id,
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
  return { element: made, text: textElement, checkbox };

  function bodyParts(): (HTMLElement | undefined)[] {
    const { badges, attachments } = bubble;
    if (text.text || text.whole) showText();
    return [
      badges.length > 0 ? element('p', { class: 'heading', children: badges.map(badge) }) : undefined,
      text.text || text.whole ? textElement : undefined,
      ...attachments.map((attachment) =>
        declaredKind(attachment.contentType, attachment.name) === 'image'
          ? inlineImage(attachment, page, nearness, signal)
          : attachmentChip(attachment, page),
      ),
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
            onClick: () => context.restore(messageId),
          })
        : undefined,
      metaLine(bubble, page),
    ];
  }

  /** The rest of a long text is fetched only when somebody is about to read it. */
  function showText(): void {
    void showWholeText(textElement, { text: text.text }, page, signal);
    if (text.whole) nearness.observe(textElement, () => void showWholeText(textElement, text, page, signal));
  }
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
