export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a picture lies on the stage that it is seen on. */
export interface Placement {
  /** CSS pixels for each pixel of the picture. */
  readonly scale: number;
  /** Its top left corner, in CSS pixels from that of the stage. */
  readonly x: number;
  readonly y: number;
}

/** What of a picture is looked at, whatever the size of the stage. */
export interface Look {
  readonly scale: number;
  /** The point of the picture in the middle of the stage, as shares of its width and height. */
  readonly x: number;
  readonly y: number;
}

/** How much larger or smaller one step makes a picture. */
export const ZOOM_STEP = 1.25;
const SMALLEST = 0.05;
const LARGEST = 16;

/** The largest scale at which all of the picture is seen, but not larger than it is. */
export function fitScale(picture: Size, stage: Size): number {
  return Math.min(1, stage.width / picture.width, stage.height / picture.height);
}

/** All of the picture, in the middle. */
export function fitted(picture: Size, stage: Size): Placement {
  return settled({ scale: fitScale(picture, stage), x: 0, y: 0 }, picture, stage);
}

/** The picture at another scale, with the same part of it under `point`, where its edges allow. */
export function zoomedAt(
  before: Placement,
  point: Point,
  scale: number,
  picture: Size,
  stage: Size,
): Placement {
  const next = Math.min(Math.max(scale, Math.min(SMALLEST, fitScale(picture, stage))), LARGEST);
  const factor = next / before.scale;
  return settled(
    { scale: next, x: point.x - (point.x - before.x) * factor, y: point.y - (point.y - before.y) * factor },
    picture,
    stage,
  );
}

/** The picture moved by so many CSS pixels, as far as it goes on beyond the stage. */
export function panned(before: Placement, by: Point, picture: Size, stage: Size): Placement {
  return settled({ ...before, x: before.x + by.x, y: before.y + by.y }, picture, stage);
}

export function lookOf({ scale, x, y }: Placement, picture: Size, stage: Size): Look {
  return {
    scale,
    x: (stage.width / 2 - x) / (picture.width * scale),
    y: (stage.height / 2 - y) / (picture.height * scale),
  };
}

/** The picture so that this of it is looked at, where its edges allow. */
export function placedFor({ scale, x, y }: Look, picture: Size, stage: Size): Placement {
  return settled(
    {
      scale,
      x: stage.width / 2 - x * picture.width * scale,
      y: stage.height / 2 - y * picture.height * scale,
    },
    picture,
    stage,
  );
}

/** Whether something that was kept says what was looked at. */
export function isLook(value: unknown): value is Look {
  if (typeof value !== 'object' || value === null) return false;
  const { scale, x, y } = value as Partial<Record<keyof Look, unknown>>;
  return typeof scale === 'number' && scale > 0 && scale <= LARGEST && [x, y].every(Number.isFinite);
}

/** Whether a part of the picture is out of sight. */
export function isCut({ scale }: Placement, picture: Size, stage: Size): boolean {
  // Half a pixel is an error of rounding.
  return picture.width * scale > stage.width + 0.5 || picture.height * scale > stage.height + 0.5;
}

function settled({ scale, x, y }: Placement, picture: Size, stage: Size): Placement {
  return {
    scale,
    x: settledEdge(x, picture.width * scale, stage.width),
    y: settledEdge(y, picture.height * scale, stage.height),
  };
}

/** In the middle where there is room; else without a gap at either side. */
function settledEdge(edge: number, length: number, room: number): number {
  return length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, edge));
}
