import path from 'node:path';
import type { Attachment, Message } from '../api/schema';
import { endingOf, formatOf, type Format } from '../formats/mediaTypes';
import { creationTime, otherParties, partyName } from './message';
import { fileNameKey, safeFileName } from './safeFileName';

/** The format of an attachment, as far as its record tells. */
export function declaredFormat({ contentType, fileName }: Attachment): Format {
  return formatOf(contentType, safeFileName(fileName ?? ''));
}

/**
 * A name to save an attachment under: the sender's own, if there is one, else what it is, from whom and when. Whatever
 * the server claims, it is one plain file name, without folders, control characters or names that a system reserves.
 * @param format what it is, if more is known of that than its record tells
 */
export function attachmentFileName(
  message: Message,
  attachment: Attachment,
  format = declaredFormat(attachment),
): string {
  const claimed = safeFileName(attachment.fileName ?? '');
  return withEnding(claimed || safeFileName(description(message)) || `message-${message.id}`, format);
}

/** Whether only its bytes can tell under which ending it is to be saved. */
export function lacksEnding(attachment: Attachment): boolean {
  return !hasEnding(safeFileName(attachment.fileName ?? '')) && declaredFormat(attachment).type === '';
}

/** `name` with the ending of the format, if that has one, unless it has an ending. */
export function withEnding(name: string, { endings: [ending] }: Format): string {
  return ending === undefined || hasEnding(name) ? name : `${name}.${ending}`;
}

/** What has no letter in it is rather a part of a time or of a number. */
function hasEnding(name: string): boolean {
  return /\.(?=\d*[a-z])[a-z\d]{2,5}$/i.test(name);
}

/**
 * Names of files in one folder, none of them taken twice, on systems either that know upper from lower case or that do not.
 */
export class FreeNames {
  readonly #taken: Set<string>;
  /** By name: the number from which on one may be free, so that thousands of one name are not counted through each time. */
  readonly #next = new Map<string, number>();

  /** @param taken what is in the folder already */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...taken].map(fileNameKey));
  }

  /** `name`, with a number before its ending if it is taken; from now on the result is. */
  take(name: string): string {
    const { name: stem, ext } = path.parse(name);
    for (let number = this.#next.get(name) ?? 1; ; number++) {
      this.#next.set(name, number + 1);
      const free = number === 1 ? name : `${stem} (${number})${ext}`;
      const key = fileNameKey(free);
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return free;
    }
  }
}

/**
 * A name under which an attachment may be given to the program that the system has for it: with an ending of its format,
 * whatever the sender called it, because the system decides by that ending. Undefined if it should only be saved.
 * @param format what it is, if more is known of that than its record tells
 */
export function programFileName(
  message: Message,
  attachment: Attachment,
  format = declaredFormat(attachment),
): string | undefined {
  const { endings, isOpenable } = format;
  if (!isOpenable) return undefined;
  const name = attachmentFileName(message, attachment, format);
  return endings.includes(endingOf(name).toLowerCase()) ? name : `${name}.${endings[0] ?? ''}`;
}

function description(message: Message): string {
  const who = otherParties(message).map(partyName).filter(Boolean).slice(0, 2).join(', ');
  const time = creationTime(message);
  // Day and minute, written so that names sort by time.
  const when = time === 0 ? '' : new Date(time).toISOString().slice(0, 16).replace('T', ' ').replace(':', '');
  return [message.type, who, when].filter(Boolean).join(' ');
}
