import path from 'node:path';
import type { Attachment, AttachmentType, Message } from '../../api/schema';
import { declaredFormat, withEnding } from '../attachmentFileName';
import { lookUp } from '../../util/lookUp';
import { attachmentsOf, openableAttachments } from '../message';
import { fileNameKey, safeFileName } from '../safeFileName';

/** One of the files that a message consists of. */
export type MessageFile =
  /** For people to read. */
  | { readonly kind: 'markdown'; readonly name: string }
  /** The record, for programs. */
  | { readonly kind: 'json'; readonly name: string }
  | { readonly kind: 'attachment'; readonly name: string; readonly attachment: Attachment };

export const MARKDOWN: MessageFile = { kind: 'markdown', name: 'message.md' };
export const JSON_RECORD: MessageFile = { kind: 'json', name: 'message.json' };

/** What an attachment is called to which its sender gave no name. */
const NAMES: Readonly<Partial<Record<AttachmentType, string>>> = {
  AudioRecording: 'recording',
  AudioTranscription: 'transcription',
  Text: 'text',
  RenderedDocument: 'fax',
  SourceDocument: 'source',
};

/** The files of a message. Names are different from each other on every system, and stay the same while the record does. */
export function messageFiles(message: Message): readonly MessageFile[] {
  const own = [MARKDOWN, JSON_RECORD];
  const named = attachmentsOf(message).map((attachment) => ({ attachment, name: plainName(attachment) }));
  const counts = new Map<string, number>();
  for (const { name } of [...own, ...named]) {
    const key = fileNameKey(name);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const attachments = named.map(({ attachment, name }): MessageFile => {
    const isShared = (counts.get(fileNameKey(name)) ?? 0) > 1;
    return { kind: 'attachment', attachment, name: isShared ? numbered(name, attachment) : name };
  });
  return [...own, ...attachments];
}

/** The file of this name; undefined if the message has none. */
export function findFile(message: Message, name: string): MessageFile | undefined {
  return messageFiles(message).find((file) => file.name === name);
}

/** The files that a message is worth: what is attached to it, or itself if nothing is. */
export function mainFiles(message: Message): readonly MessageFile[] {
  const openable = new Set(openableAttachments(message));
  const files = messageFiles(message).filter(
    (file) => file.kind === 'attachment' && openable.has(file.attachment),
  );
  return files.length > 0 ? files : [MARKDOWN];
}

function plainName(attachment: Attachment): string {
  const claimed = safeFileName(attachment.fileName ?? '');
  const name = claimed || (lookUp(NAMES, attachment.type ?? '') ?? 'attachment');
  return withEnding(name, declaredFormat(attachment));
}

/** By its id, which unlike a number in a row stays when others come or go. */
function numbered(name: string, { id }: Attachment): string {
  const { name: stem, ext } = path.parse(name);
  return `${stem} #${safeFileName(id)}${ext}`;
}
