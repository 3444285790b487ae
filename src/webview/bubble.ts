import type { BubbleView } from '../viewers/protocol';
import { attachmentChip } from './attachmentChip';
import { declaredKind } from './contentKind';
import { fullTime, timeOfDay } from './dates';
import { element } from './element';
import { icon } from './icons';
import { inlineImage } from './inlineImage';
import type { NearnessObserver } from './lazy';
import { badge } from './messageHeader';
import type { Page } from './page';
import { showWholeText } from './wholeText';

export interface BubbleOptions {
  /** The bubble before is of the same person, whose name need not be said again. */
  readonly continues: boolean;
  /** Who is on the other side, where the bubble itself does not say. */
  readonly otherSide: string;
}

/** One message of a conversation. What it loads ends when `signal` is aborted. */
export function bubbleElement(
  bubble: BubbleView,
  options: BubbleOptions,
  page: Page,
  nearness: NearnessObserver,
  signal: AbortSignal,
): HTMLElement {
  const { side, sender, text, failure, badges, attachments } = bubble;
  const body = element('div', { class: 'bubble-body' });
  if (badges.length > 0) body.append(element('p', { class: 'heading', children: badges.map(badge) }));
  if (text.text || text.whole) {
    const block = element('p', { class: 'bubble-text', attributes: { dir: 'auto' } });
    setWholeText(block);
    body.append(block);
  }
  for (const attachment of attachments) {
    const isImage = declaredKind(attachment.contentType, attachment.name) === 'image';
    body.append(isImage ? inlineImage(attachment, page, nearness, signal) : attachmentChip(attachment, page));
  }
  if (failure !== undefined)
    body.append(
      element('p', {
        class: 'failure-reason',
        children: [icon('warning'), element('span', { text: failure })],
      }),
    );
  body.append(metaLine(bubble, page));
  const said = sender ?? (side === 'ours' ? page.strings.you : options.otherSide);
  const named = sender !== undefined && !options.continues;
  return element('li', {
    class: ['bubble', side, options.continues && 'continues', failure !== undefined && 'failed']
      .filter(Boolean)
      .join(' '),
    attributes: { tabindex: '-1' },
    children: [element('p', { class: named ? 'sender' : 'visually-hidden', text: said }), body],
  });

  /** The rest of a long text is fetched only when somebody is about to read it. */
  function setWholeText(block: HTMLElement): void {
    void showWholeText(block, { text: text.text }, page, signal);
    if (text.whole) nearness.observe(block, () => void showWholeText(block, text, page, signal));
  }
}

function metaLine({ time, state }: BubbleView, page: Page): HTMLElement {
  const clock = timeOfDay(time, page.dates);
  return element('p', {
    class: 'dotted bubble-meta',
    children: [
      clock && time !== undefined
        ? element('time', { text: clock, attributes: { datetime: time, title: fullTime(time, page.dates) } })
        : undefined,
      state === undefined ? undefined : element('span', { text: state }),
    ],
  });
}
