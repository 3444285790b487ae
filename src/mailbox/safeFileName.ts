import sanitize from 'sanitize-filename';

/** Leaves room for a folder and for what a file dialog may add. */
const NAME_LENGTH = 120;

/** UTF-16 units of a name that are looked at. */
const LONGEST = 4_000;

/** Most systems allow 255 for a whole name, of which an ending and a number may still come. */
const NAME_BYTES = 200;

/** What nobody sees, or what turns the reading direction around: it can make "exe" look like another ending. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * What Windows takes for a device, whatever folder it is in and whatever comes behind a dot. It reads raised digits as
 * digits, and letters of another width as letters where a program asks for them in an old way; NFKC does both.
 */
const DEVICE = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)\d)$/;

/**
 * `name` as one plain file name on every system, whichever this one is; empty if nothing that names anything is left.
 * @param length UTF-16 units; no character is cut in half
 */
export function safeFileName(name: string, length = NAME_LENGTH): string {
  // Of a name that is longer than any, its beginning and its ending.
  const bounded = name.length > LONGEST ? name.slice(0, LONGEST / 2) + name.slice(-LONGEST / 2) : name;
  const visible = withoutDotsAndSpacesAround(
    // Many spaces can push the ending out of sight.
    bounded.toWellFormed().replace(INVISIBLE, '').replace(/\s+/g, ' '),
  );
  const ending = /\.[^.]{1,10}$/.exec(visible)?.[0] ?? '';
  const stem = beginningOf(
    visible.slice(0, visible.length - ending.length),
    length - ending.length,
    NAME_BYTES - Buffer.byteLength(ending),
  );
  const whole = withoutDotsAndSpacesAround(sanitize(noDevice(stem + ending), { replacement: '_' }));
  return /[\p{L}\p{N}]/u.test(whole) ? whole : '';
}

/** Two names with the same result are taken for one file by some system. */
export function fileNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** `name`, but no device of Windows. */
function noDevice(name: string): string {
  const [beginning = ''] = name.split('.', 1);
  return DEVICE.test(beginning.normalize('NFKC').trimEnd().toUpperCase()) ? `_${name}` : name;
}

/** Windows drops those at the end, and elsewhere a dot at the beginning hides the file. */
function withoutDotsAndSpacesAround(name: string): string {
  let start = 0;
  let end = name.length;
  while (start < end && isDotOrSpace(name[start])) start++;
  while (end > start && isDotOrSpace(name[end - 1])) end--;
  return name.slice(start, end);
}

function isDotOrSpace(character: string | undefined): boolean {
  return character === '.' || character === ' ';
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
