import type { Canvas } from './paint';

/** Whether an image of this orientation (TIFF 6.0, 1 to 8) lies on its side. */
export function liesOnSide(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

/** The picture as it is to be looked at. */
export function upright(canvas: Canvas, orientation: number): Canvas {
  if (orientation <= 1 || orientation > 8) return canvas;
  const side = liesOnSide(orientation);
  const width = side ? canvas.height : canvas.width;
  const height = side ? canvas.width : canvas.height;
  const pixels = new Uint32Array(width * height);
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = side ? y : x;
      const line = side ? x : y;
      const sourceX = fromRight ? canvas.width - 1 - column : column;
      const sourceY = fromBottom ? canvas.height - 1 - line : line;
      pixels[y * width + x] = canvas.pixels[sourceY * canvas.width + sourceX] ?? 0;
    }
  return { width, height, pixels };
}
