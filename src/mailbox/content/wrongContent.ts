import { WrongContentError } from '../../api/errors';
import type { Attachment } from '../../api/schema';
import { ALL_MARKUP, MARKUP_HEAD, markupIn, type Markup } from '../../formats/markup';
import type { ContentKind } from '../../formats/mediaTypes';
import { declaredFormat } from '../attachmentFileName';
import { readHead, type Content } from './content';

/**
 * Makes sure that a content is not the page of a network that wants somebody to sign in, or the error of a server: a
 * recording that was saved as such a page would be missed only when it is gone from the mailbox.
 * @throws WrongContentError if it is
 */
export async function refuseWrongContent(content: Content, attachment: Attachment): Promise<void> {
  const { kind, markup } = expectedContent(attachment);
  if (markup.length === ALL_MARKUP.length) return;
  const found = markupIn(await readHead(content, MARKUP_HEAD));
  if (found && !markup.includes(found)) throw new WrongContentError(kind, found);
}

interface ExpectedContent {
  readonly kind: ContentKind;
  /** What it may be written in. */
  readonly markup: readonly Markup[];
}

function expectedContent(attachment: Attachment): ExpectedContent {
  const { kind, markup } = declaredFormat(attachment);
  if (markup) return { kind, markup };
  const part = kindOfPart(attachment);
  if (part && kind !== 'text') return { kind: part, markup: [] };
  // Of a type that is not in the table nobody knows how its files are written, but no sound or picture is a page.
  const mayBePage = kind === 'text' || kind === 'file' || kind === 'unknown';
  return { kind, markup: mayBePage ? ALL_MARKUP : ['data'] };
}

/** What an attachment is by its part in the message, where its type does not tell. */
function kindOfPart({ type }: Attachment): ContentKind | undefined {
  if (type === 'AudioRecording') return 'audio';
  // A TIFF is a document, too.
  return type === 'RenderedDocument' ? 'pdf' : undefined;
}
