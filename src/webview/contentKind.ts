import { formatOf, type ContentKind, type Format } from '../formats/mediaTypes';
import { actualFormat, HEAD } from '../formats/signatures';
import { bytesOf } from './loadedContent';

/** What the record says of an attachment, before its bytes are there. */
export function declaredKind(contentType: string | undefined, fileName: string): ContentKind {
  return formatOf(contentType, fileName).kind;
}

/** The bytes by which formats are known. */
export function headOf(blob: Blob): Promise<Uint8Array> {
  return bytesOf({ blob }, HEAD);
}

/** How an attachment is shown, now that its bytes are there. @param head its head, or more */
export function contentKind(declared: Format, head: Uint8Array): ContentKind {
  const { kind } = actualFormat(declared, head);
  return kind === 'unknown' ? 'file' : kind;
}
