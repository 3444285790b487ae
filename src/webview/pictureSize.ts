import { TooLargeError } from './tooLarge';

/** Pixels; the largest cameras of phones have some more, but send less by MMS. */
const LARGEST_PICTURE = 100_000_000;

/** Bytes. */
const LARGEST_FILE = 64_000_000;

/**
 * Makes sure that a picture can be decoded without filling the memory: its size stands in its first bytes, and is known
 * before anything is decoded.
 * @throws TooLargeError if it cannot be
 * @throws Error if the browser does not know the format
 */
export async function checkPicture(blob: Blob): Promise<void> {
  if (blob.size > LARGEST_FILE) throw new TooLargeError('The picture is too large.');
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    await new Promise<unknown>((resolve, reject) => {
      image.addEventListener('load', resolve, { once: true });
      image.addEventListener('error', () => reject(new Error('The picture cannot be read.')), { once: true });
      image.src = url;
    });
    if (image.naturalWidth * image.naturalHeight > LARGEST_PICTURE)
      throw new TooLargeError('The picture is too large.');
  } finally {
    URL.revokeObjectURL(url);
  }
}
