import { crc32, deflateSync } from 'node:zlib';

/** What a PNG says of its pixels: bits of each sample, and 0 for shades of grey or 2 for colours. */
export interface PngFormat {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colours: 0 | 2;
}

/** A PNG of these lines of pixels, each with a byte before it that says how it is filtered. */
export function pngOf({ width, height, bits, colours }: PngFormat, lines: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(bits, 8);
  head.writeUInt8(colours, 9);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
