import { element } from '../element';
import { setLinkedText } from '../linkedText';
import { textOf } from '../loadedContent';
import type { Show } from '../show';

/** Characters; a page with more of them at once would be slow to lay out. */
const LIMIT = 500_000;

/** Bytes that as many characters can have. */
const BYTES = 4 * LIMIT;

export const show: Show = async (content, { page }) => {
  const text = await textOf(content, BYTES);
  const block = element('pre', { class: 'plain-text', attributes: { tabindex: '0' } });
  setLinkedText(block, text.slice(0, LIMIT), page.host);
  const cut = text.length > LIMIT || content.blob.size > BYTES;
  return {
    element: element('div', {
      children: [block, cut ? element('p', { class: 'muted', text: page.strings.textCut }) : undefined],
    }),
  };
};
