/** Outlines of the icons on a grid of 16 by 16, drawn in the colour of the text. */
const OUTLINES = {
  save: 'M8 2.5v7.25M4.75 6.5 8 9.75l3.25-3.25M2.75 12.75h10.5',
  external: 'M9.25 2.75h4v4M13.25 2.75l-6 6M11.5 9.5v3.75h-8.75V4.5H6.5',
  previous: 'M10 3.5 5.5 8l4.5 4.5',
  next: 'M6 3.5 10.5 8 6 12.5',
  fitPage: 'M4.25 2.25h7.5v11.5h-7.5zM8 4.75v6.5M6.5 6 8 4.5 9.5 6M6.5 10 8 11.5 9.5 10',
  fitWidth: 'M2.25 4.25h11.5v7.5H2.25zM4.75 8h6.5M6 6.5 4.5 8 6 9.5M10 6.5 11.5 8 10 9.5',
  voicemail:
    'M4.25 5.25a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 1 0 0-5.5zM11.75 5.25a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 1 0 0-5.5zM4.25 10.75h7.5',
  fax: 'M4.5 6V1.75h5L11.5 3.75V6M2.75 6h10.5a1 1 0 0 1 1 1v3.5a1 1 0 0 1-1 1H2.75a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM4.5 9.5h7v4.75h-7z',
  message:
    'M2.5 2.75h11a.75.75 0 0 1 .75.75v7a.75.75 0 0 1-.75.75H8L4.75 14v-2.75H2.5a.75.75 0 0 1-.75-.75v-7a.75.75 0 0 1 .75-.75zM4.5 6h7M4.5 8.5h4.5',
  audio: 'M6 12V3.25l7-1.5v8.75M6 12a2 2 0 1 1-4 0 2 2 0 1 1 4 0zM13 10.5a2 2 0 1 1-4 0 2 2 0 1 1 4 0z',
  document: 'M3.75 1.75h5.5l3 3v9.5h-8.5zM9.25 1.75v3h3M6 8h4M6 10.75h4',
  image: 'M1.75 2.75h12.5v10.5H1.75zM1.75 11l3.5-3.5 3 3 2-2 4 4M11.5 5.25v.5',
  video: 'M1.75 3.75h8.5v8.5h-8.5zM10.25 7l4-2.25v6.5l-4-2.25',
  contact:
    'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 1 0 8 8zM2.75 13.75c.5-2.5 2.5-3.75 5.25-3.75s4.75 1.25 5.25 3.75',
  text: 'M2.75 4h10.5M2.75 7h10.5M2.75 10h10.5M2.75 13h6',
  lock: 'M3.75 7.25h8.5v6.5h-8.5zM5.5 7.25V5a2.5 2.5 0 0 1 5 0v2.25M8 9.75v1.5',
  warning: 'M8 2.25 14.25 13.5H1.75zM8 6.5v3.25M8 11.5v.25',
  up: 'M8 13V3.5M4.25 7.25 8 3.5l3.75 3.75',
  close: 'M4 4l8 8M12 4l-8 8',
  clock: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 1 0 0-12.5zM8 4.5V8l2.5 1.75',
  zoomIn: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9zM10.25 10.25 14 14M7 5v4M5 7h4',
  zoomOut: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9zM10.25 10.25 14 14M5 7h4',
  rotate: 'M12.75 5.25A5.5 5.5 0 1 0 13.5 8M13 2v3.5H9.5',
  invert:
    'M8 2.25a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 1 0 0-11.5zM8 2.25v11.5M8 4.75h2.5M8 7h3.75M8 9.25h3.5M8 11.5h2',
  thumbnails: 'M2.25 2.75h11.5v10.5H2.25zM6.25 2.75v10.5M3.75 5h1M3.75 7.5h1M3.75 10h1',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9zM10.25 10.25 14 14',
  print: 'M4.5 6V2.25h7V6M4.5 11.5H2.25V6h11.5v5.5H11.5M4.5 9.5h7v4.25h-7z',
  play: 'M5 2.75v10.5l8-5.25z',
  pause: 'M5 3v10M11 3v10',
  slower: 'M3.5 8h9',
  faster: 'M3.5 8h9M8 3.5v9',
  skipSilence: 'M1.5 8h1M13.5 8h1M4.5 5v6M11.5 5v6M7 8h2M6 6.25 4.75 8 6 9.75',
  volume: 'M2 6v4h2.5L8 13V3L4.5 6zM10.5 5.75a3.25 3.25 0 0 1 0 4.5M12.5 3.75a6 6 0 0 1 0 8.5',
  muted: 'M2 6v4h2.5L8 13V3L4.5 6zM10.5 6l4 4M14.5 6l-4 4',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  trash: 'M2.75 4.25h10.5M6.25 4V2.25h3.5V4M4.25 4.5l.5 9.25h6.5l.5-9.25M6.75 6.75v4.5M9.25 6.75v4.5',
  restore: 'M3 4.75h6.5a3.75 3.75 0 1 1 0 7.5H6M5.5 2.25 3 4.75l2.5 2.5',
  copy: 'M5.75 5.75h7.5v8h-7.5zM10.25 3.25V2.25h-7.5v8h1',
  read: 'M1.75 6.5 8 2.25l6.25 4.25v7.25H1.75zM1.75 6.75 8 10.5l6.25-3.75',
  unread: 'M1.75 3.5h12.5v9H1.75zM1.75 4l6.25 5 6.25-5',
  down: 'M8 3v9.5M4.25 8.75 8 12.5l3.75-3.75',
  reply: 'M6.25 3.25 2.25 7.25l4 4M2.25 7.25h6.5a5 5 0 0 1 5 5v.75',
  call: 'M3.5 2.25h2.25l1.25 3.25-1.75 1.25a8.5 8.5 0 0 0 4 4L10.5 9l3.25 1.25v2.25a1.25 1.25 0 0 1-1.25 1.25A10.25 10.25 0 0 1 2.25 3.5 1.25 1.25 0 0 1 3.5 2.25z',
} as const;

export type IconName = keyof typeof OUTLINES;

const SVG = 'http://www.w3.org/2000/svg';

/** An icon; what it means must be said by the text or label beside it. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', OUTLINES[name]);
  svg.append(path);
  return svg;
}
