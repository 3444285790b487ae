import type { AttachmentView } from '../viewers/protocol';
import { attachmentIcon } from './attachmentIcon';
import { button } from './button';
import type { Page } from './page';
import { fill } from './text';

/** A small button that opens an attachment in a tab of its own. */
export function attachmentChip(attachment: AttachmentView, page: Page): HTMLElement {
  const chip = button({
    label: attachment.name,
    name: fill(page.strings.openNamed, attachment.name),
    icon: attachmentIcon(attachment),
    onClick: () => page.host.openAttachment(attachment),
  });
  chip.classList.add('chip');
  return chip;
}
