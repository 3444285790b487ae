import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';

/** Characters at either end of a secret that are looked for, so that one that was shortened is found, too. */
const END = 20;

/** Bytes before what was found that are shown. */
const CONTEXT = 60;

/** What is somewhere, in a file or elsewhere. */
export interface Written {
  readonly place: string;
  readonly bytes: Buffer;
}

/** What is looked for, by what it is. */
export type Wanted = Readonly<Record<string, Iterable<string>>>;

/** Every file below `folder` as it is now, by its path there. */
export async function filesBelow(folder: string): Promise<Written[]> {
  const files: Written[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    // Programs that are running replace and remove files of theirs.
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) files.push({ place: path.relative(folder, file).replaceAll('\\', '/'), bytes });
  }
  return files;
}

export function textIn(place: string, text: string): Written {
  return { place, bytes: Buffer.from(text) };
}

/**
 * Looks for the ends of texts, as they are and in the forms that programs give them. @returns where there are any, of what and
 * in which form, and what is just before
 */
export function findEnds(written: Iterable<Written>, wanted: Wanted): string[] {
  const needles = Object.entries(wanted).flatMap(([kind, texts]) =>
    [...texts].flatMap((text) =>
      endsOf(text).flatMap((end) =>
        formsOf(end).map(([form, bytes]) => ({ what: `${kind} as ${form}`, bytes })),
      ),
    ),
  );
  const found = new Map<string, string>();
  for (const { place, bytes } of written) {
    for (const { what, bytes: end } of needles) {
      const at = bytes.indexOf(end);
      const name = `${place}: ${what}`;
      if (at === -1 || found.has(name)) continue;
      const before = bytes.subarray(Math.max(0, at - CONTEXT), at).toString('latin1');
      found.set(name, `${name} after ${JSON.stringify(before)}`);
    }
  }
  return [...found.values()];
}

/** Both ends of a text; those of each part of a JWT but the first, which is the same in most of them. */
function endsOf(text: string): string[] {
  const parts = text.startsWith('eyJ') ? text.split('.').slice(1) : [text];
  if (parts.some(({ length }) => length < END)) throw new Error('Too short to be told from other text.');
  return parts.flatMap((part) => [part.slice(0, END), part.slice(-END)]);
}

function formsOf(text: string): [form: string, bytes: Buffer][] {
  const bytes = Buffer.from(text);
  const encoded = encodeURIComponent(text);
  return [
    ['text', bytes],
    ...(encoded === text ? [] : ([['percent-encoded text', Buffer.from(encoded)]] as [string, Buffer][])),
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['hexadecimal', Buffer.from(bytes.toString('hex'))],
    ...[0, 1, 2].map((skipped): [string, Buffer] => ['Base64', Buffer.from(insideBase64(bytes, skipped))]),
  ];
}

/** What is in the Base64 of anything that contains `bytes`, after the first 0, 1 or 2 of them, wherever they begin. */
function insideBase64(bytes: Buffer, skipped: number): string {
  const whole = Math.floor((bytes.length - skipped) / 3) * 3;
  return bytes.subarray(skipped, skipped + whole).toString('base64');
}
