import { WrongContentError } from '../../api/errors';
import type { Attachment } from '../../api/schema';
import { markupIn } from '../../formats/markup';
import type { ContentKind } from '../../formats/mediaTypes';
import { declaredFormat } from '../attachmentFileName';
import { readHead, type Content } from './content';

/** What is never written in HTML, XML or JSON. */
const NO_MARKUP: ReadonlySet<ContentKind> = new Set(['audio', 'video', 'image', 'pdf', 'tiff', 'vcard']);

/**
 * Makes sure that a content is not the page of a network that wants somebody to sign in, or the error of a server: a
 * recording that was saved as such a page would be missed only when it is gone from the mailbox.
 * @throws WrongContentError if it is
 */
export async function refuseWrongContent(content: Content, attachment: Attachment): Promise<void> {
  const { kind, endings } = declaredFormat(attachment);
  // Of a type that is not in the table nobody knows how its files are written.
  if (!NO_MARKUP.has(kind) || endings.length === 0) return;
  const found = markupIn(await readHead(content));
  if (found) throw new WrongContentError(kind, found);
}
