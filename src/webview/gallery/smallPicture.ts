import { element } from '../element';
import { checkPicture } from '../pictureSize';

/** Pixels each way: enough for a thumbnail on a fine screen. */
const SIZE = 128;

/**
 * The middle of a picture as a small square, which does not move even if the picture does.
 * @throws Error if the browser does not know the format, or the picture is too large
 */
export async function smallPicture(blob: Blob): Promise<HTMLCanvasElement> {
  await checkPicture(blob);
  const bitmap = await createImageBitmap(blob);
  const canvas = element('canvas', { attributes: { 'aria-hidden': 'true' } });
  canvas.width = SIZE;
  canvas.height = SIZE;
  const side = Math.min(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingQuality = 'high';
    const left = (bitmap.width - side) / 2;
    const top = (bitmap.height - side) / 2;
    context.drawImage(bitmap, left, top, side, side, 0, 0, SIZE, SIZE);
  }
  bitmap.close();
  return canvas;
}
