import { Tag, tagNumber, type Directory } from './directory';

/** A strip or tile of a page. */
export interface Block {
  /** Where its data are in the file, in bytes. */
  readonly offset: number;
  readonly length: number;
  /** Where it belongs on the page, in pixels; it may go over the page's right and lower edge. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of which samples it is, if each has blocks of its own. */
  readonly plane: number | undefined;
}

/** The strips or tiles of a page, of each plane one after the other. @throws Error if the page says nothing of them */
export function blocksOf(page: Directory): readonly Block[] {
  const pageWidth = tagNumber(page, Tag.Width);
  const pageHeight = tagNumber(page, Tag.Height);
  const tiled = page.has(Tag.TileWidth);
  const width = tiled ? tagNumber(page, Tag.TileWidth) : pageWidth;
  const height = tiled
    ? tagNumber(page, Tag.TileLength)
    : Math.min(tagNumber(page, Tag.RowsPerStrip, pageHeight), pageHeight);
  const offsets = page.get(tiled ? Tag.TileOffsets : Tag.StripOffsets) ?? [];
  const lengths = page.get(tiled ? Tag.TileByteCounts : Tag.StripByteCounts) ?? [];
  if (width < 1 || height < 1 || offsets.length === 0) throw new Error('The page has no pixels.');
  const across = Math.ceil(pageWidth / width);
  const perPlane = across * Math.ceil(pageHeight / height);
  const separate =
    tagNumber(page, Tag.PlanarConfiguration, 1) === 2 && tagNumber(page, Tag.SamplesPerPixel, 1) > 1;
  return offsets.map((offset, index) => {
    const place = index % perPlane;
    const y = Math.floor(place / across) * height;
    return {
      offset,
      // Some writers leave the length of a single strip out: it goes on to the end.
      length: lengths[index] ?? Number.MAX_SAFE_INTEGER,
      x: (place % across) * width,
      y,
      width,
      height: tiled ? height : Math.min(height, pageHeight - y),
      plane: separate ? Math.floor(index / perPlane) : undefined,
    };
  });
}
