/** Bytes of a value, by its type. */
const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const STRIP_OFFSETS = 273;

/**
 * A TIFF with many pages, made of the pages of another one, over and over. Each has data of its own, as in a real fax.
 * @param bytes a little-endian TIFF with a single strip on each page
 */
export function manyPages(bytes: Uint8Array, pages: number): Uint8Array<ArrayBuffer> {
  const repeats = Math.ceil(pages / directoriesOf(bytes).length);
  const whole = new Uint8Array(bytes.length * repeats);
  const view = new DataView(whole.buffer);
  const directories: number[] = [];
  for (let copy = 0; copy < repeats; copy++) {
    const base = copy * bytes.length;
    whole.set(bytes, base);
    for (const directory of directoriesOf(bytes)) {
      move(view, base + directory, base);
      directories.push(base + directory);
    }
  }
  const used = directories.slice(0, pages);
  used.forEach((directory, index) => {
    view.setUint32(directory + 2 + view.getUint16(directory, true) * 12, used[index + 1] ?? 0, true);
  });
  return whole;
}

function directoriesOf(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: number[] = [];
  for (
    let at = view.getUint32(4, true);
    at !== 0;
    at = view.getUint32(at + 2 + view.getUint16(at, true) * 12, true)
  )
    found.push(at);
  return found;
}

/** Makes a directory that was copied refer to what was copied with it. */
function move(view: DataView, directory: number, by: number): void {
  for (let index = 0; index < view.getUint16(directory, true); index++) {
    const entry = directory + 2 + index * 12;
    const size = (TYPE_SIZES[view.getUint16(entry + 2, true)] ?? 0) * view.getUint32(entry + 4, true);
    if (size > 4 || view.getUint16(entry, true) === STRIP_OFFSETS)
      view.setUint32(entry + 8, view.getUint32(entry + 8, true) + by, true);
  }
}
