import type { BubbleView } from '../../viewers/conversationProtocol';
import type { AttachmentView } from '../../viewers/protocol';
import { attachmentChip } from '../attachmentChip';
import { declaredKind } from '../contentKind';
import { element } from '../element';
import { inlineImage } from '../inlineImage';
import { inlinePlayer } from '../inlinePlayer';
import type { NearnessObserver } from '../lazy';
import type { Page } from '../page';
import { playableKind } from '../playable';
import { showWholeText } from '../wholeText';

/** What somebody has sent: the text, pictures, sound, videos and files, each fetched when somebody is about to look at it. */
export interface BubbleContent {
  readonly element: HTMLElement;
  readonly text: HTMLElement;
}

/** @param signal ends what is being fetched, and gives back what was */
export function bubbleContent(
  { text, attachments }: Pick<BubbleView, 'text' | 'attachments'>,
  page: Page,
  nearness: NearnessObserver,
  signal: AbortSignal,
): BubbleContent {
  const hasText = text.text !== '' || text.whole !== undefined;
  const textElement = element('p', { class: 'bubble-text', attributes: { dir: 'auto' } });
  if (hasText) void showWholeText(textElement, { text: text.text }, page, signal);
  // The rest of a long text.
  if (text.whole) nearness.observe(textElement, () => void showWholeText(textElement, text, page, signal));
  return {
    text: textElement,
    element: element('div', {
      class: 'bubble-content',
      children: [
        hasText ? textElement : undefined,
        ...attachments.map((attachment) => inline(attachment, page, nearness, signal)),
      ],
    }),
  };
}

function inline(
  attachment: AttachmentView,
  page: Page,
  nearness: NearnessObserver,
  signal: AbortSignal,
): HTMLElement {
  const playable = playableKind(attachment);
  if (playable) return inlinePlayer(playable, attachment, page, nearness, signal);
  return declaredKind(attachment.contentType, attachment.name) === 'image'
    ? inlineImage(attachment, page, nearness, signal)
    : attachmentChip(attachment, page);
}
