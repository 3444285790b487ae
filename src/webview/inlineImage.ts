import type { AttachmentView } from '../viewers/protocol';
import { attachmentChip } from './attachmentChip';
import { element } from './element';
import type { NearnessObserver } from './lazy';
import type { Page } from './page';
import { checkPicture } from './pictureSize';
import { contentUrl } from './show';
import { fill } from './text';

/** A picture in a conversation, loaded when it comes near the window; pressing it opens it in a tab of its own. */
export function inlineImage(
  attachment: AttachmentView,
  page: Page,
  nearness: NearnessObserver,
  signal: AbortSignal,
): HTMLElement {
  const frame = element('button', {
    class: 'inline-image',
    attributes: {
      type: 'button',
      title: fill(page.strings.openNamed, attachment.name),
      'aria-busy': 'true',
    },
  });
  frame.addEventListener('click', () => page.host.openAttachment(attachment));

  async function load(): Promise<void> {
    const { blob } = await page.host.readContent(attachment, signal);
    await checkPicture(blob);
    const image = element('img', { attributes: { alt: '' } });
    image.src = contentUrl(blob, signal);
    await image.decode();
    frame.removeAttribute('aria-busy');
    frame.replaceChildren(image);
  }

  nearness.observe(frame, () => {
    load().catch((error: unknown) => {
      if (signal.aborted) return;
      console.error(error);
      // Its tab says what is wrong, and offers to try again.
      frame.replaceWith(attachmentChip(attachment, page));
    });
  });
  return frame;
}
