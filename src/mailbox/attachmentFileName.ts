import path from 'node:path';
import mime from 'mime/lite';
import sanitize from 'sanitize-filename';
import type { Attachment, Message } from '../api/schema';
import { creationTime, otherParties, partyName } from './message';

/** Leaves room for a folder and for what a file dialog may add. */
const NAME_LENGTH = 120;

/** UTF-16 units of a name that are looked at. */
const LONGEST = 4_000;

/** Most systems allow 255 for a whole name, of which an ending and a number may still come. */
const NAME_BYTES = 200;

/**
 * A name to save an attachment under: the sender's own, if there is one, else what it is, from whom and when. Whatever
 * the server claims, it is one plain file name, without folders, control characters or names that a system reserves.
 */
export function attachmentFileName(message: Message, attachment: Attachment): string {
  const claimed = safeFileName(attachment.fileName ?? '');
  return withEnding(claimed || safeFileName(description(message)) || `message-${message.id}`, attachment);
}

/** `name` with the ending of the attachment's content type, unless it has an ending. */
export function withEnding(name: string, { contentType = '' }: Attachment): string {
  const ending = endingOf(contentType);
  return ending === undefined || /\.[a-z\d]{2,5}$/i.test(name) ? name : `${name}.${ending}`;
}

/** The ending by which programs know a content type, without the dot. */
function endingOf(contentType: string): string | undefined {
  // The list begins with one that hardly anything knows.
  return contentType === 'audio/mpeg' ? 'mp3' : mime.getExtension(contentType) || undefined;
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
    this.#taken = new Set([...taken].map(sameName));
  }

  /** `name`, with a number before its ending if it is taken; from now on the result is. */
  take(name: string): string {
    const { name: stem, ext } = path.parse(name);
    for (let number = this.#next.get(name) ?? 1; ; number++) {
      this.#next.set(name, number + 1);
      const free = number === 1 ? name : `${stem} (${number})${ext}`;
      const key = sameName(free);
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return free;
    }
  }
}

/** The same for names that some system takes for the same. */
function sameName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** What other programs show; no programs, and nothing that a browser would run scripts of. */
const SHOWN_BY_PROGRAMS =
  /^(?:image\/(?!svg)|audio\/|video\/|text\/(?:plain|x?-?vcard)|application\/(?:pdf|rtf|zip|gzip|x-gzip))/i;

/**
 * A name under which an attachment may be given to the program that the system has for it: with the ending of its content
 * type, whatever the sender called it, because the system decides by that ending. Undefined if it should only be saved.
 */
export function programFileName(message: Message, attachment: Attachment): string | undefined {
  const contentType = attachment.contentType ?? '';
  const extension = endingOf(contentType);
  if (!extension || !SHOWN_BY_PROGRAMS.test(contentType)) return undefined;
  const name = attachmentFileName(message, attachment);
  return mime.getType(name) === mime.getType(extension) ? name : `${name}.${extension}`;
}

function description(message: Message): string {
  const who = otherParties(message).map(partyName).filter(Boolean).slice(0, 2).join(', ');
  const time = creationTime(message);
  // Day and minute, written so that names sort by time.
  const when = time === 0 ? '' : new Date(time).toISOString().slice(0, 16).replace('T', ' ').replace(':', '');
  return [message.type, who, when].filter(Boolean).join(' ');
}

/**
 * `name` as one plain file name on every system; empty if nothing that names anything is left.
 * @param length UTF-16 units; no character is cut in half
 */
export function safeFileName(name: string, length = NAME_LENGTH): string {
  // Of a name that is longer than any, its beginning and its ending.
  const bounded = name.length > LONGEST ? name.slice(0, LONGEST / 2) + name.slice(-LONGEST / 2) : name;
  // What is invisible or turns the reading direction around can make "exe" look like another ending.
  const visible = bounded
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^\.+/, '');
  const ending = /\.[^.]{1,10}$/.exec(visible)?.[0] ?? '';
  const stem = beginningOf(
    visible.slice(0, visible.length - ending.length),
    length - ending.length,
    NAME_BYTES - Buffer.byteLength(ending),
  );
  const whole = sanitize(stem + ending, { replacement: '_' }).trim();
  return /[\p{L}\p{N}]/u.test(whole) ? whole : '';
}

/** As many whole characters of `text` as there is room for, in UTF-16 units and in bytes of UTF-8. */
function beginningOf(text: string, units: number, bytes: number): string {
  let end = 0;
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (end + character.length > units || size > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
