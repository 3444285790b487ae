// Writes src/emulator/sample/media.ts: what a message says of its attachments, measured on the files themselves.
// Usage: node measure.mjs (needs ffmpeg, ffprobe, tiffinfo and pdfinfo)
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const directory = dirname(here);
const output = join(here, '../../../src/emulator/sample/media.ts');

const contentTypes = {
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.rtf': 'application/rtf',
  '.tif': 'image/tiff',
  '.txt': 'text/plain',
  '.vcf': 'text/vcard',
  '.wav': 'audio/x-wav',
};

const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' });
const count = (text, pattern) => [...text.matchAll(pattern)].length;

function measure(path, contentType) {
  switch (contentType) {
    case 'audio/mpeg':
    case 'audio/x-wav': {
      // Decoded, because an MP3 file pads its sound and says how much of it to leave out.
      const decode = ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', '8000', '-'];
      const samples = execFileSync('ffmpeg', decode, { maxBuffer: 2 ** 24 }).length / 2;
      return { seconds: Math.round(samples / 8000) };
    }
    case 'image/gif':
    case 'image/jpeg':
    case 'image/png':
    case 'video/mp4': {
      const entries = ['-show_entries', 'stream=width,height', '-of', 'csv=p=0'];
      const [width, height] = run('ffprobe', '-v', 'error', '-select_streams', 'v', ...entries, path).trim().split(',');
      return { width: Number(width), height: Number(height) };
    }
    case 'image/tiff':
      return { pages: count(run('tiffinfo', path), /TIFF Directory/g) };
    case 'application/pdf':
      return { pages: Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', path))[1]) };
    default:
      return {};
  }
}

const entries = readdirSync(directory)
  .filter((name) => statSync(join(directory, name)).isFile())
  .sort()
  .map((name) => {
    const path = join(directory, name);
    const contentType = contentTypes[extname(name)];
    if (!contentType) throw new Error(`${name}: of a kind this script does not know`);
    const facts = Object.entries({ size: statSync(path).size, ...measure(path, contentType) });
    return `  '${name}': { contentType: '${contentType}', ${facts.map(([key, value]) => `${key}: ${value}`).join(', ')} },`;
  });

writeFileSync(
  output,
  `/** What is known of a file in media/sample without opening it. */
export interface MediaFile {
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Of a recording, rounded. */
  readonly seconds?: number;
  /** Of a fax. */
  readonly pages?: number;
  /** Pixels. */
  readonly width?: number;
  /** Pixels. */
  readonly height?: number;
}

/** The files of media/sample, by name. Written by media/sample/generate/measure.mjs. */
export const media = {
${entries.join('\n')}
} as const satisfies Record<string, MediaFile>;

export type MediaName = keyof typeof media;
`,
);
