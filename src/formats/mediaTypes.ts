import { ALL_MARKUP, type Markup } from './markup';

/** How something is shown. `unknown` must be looked into first; `file` can only be saved or opened elsewhere. */
export type ContentKind =
  | 'audio'
  | 'video'
  | 'image'
  | 'pdf'
  | 'tiff'
  | 'vcard'
  | 'text'
  | 'file'
  | 'unknown';

declare const normalized: unique symbol;

/**
 * A media type under the one name that this extension has for it; empty if nothing is said. Only `formatOf` makes them, so
 * that what is decided by a type is decided here.
 */
export type MediaType = string & { readonly [normalized]: true };

/** What is known of a kind of file. */
export interface Format {
  readonly type: MediaType;
  readonly kind: ContentKind;
  /** The endings, without the dot and in small letters, that people know it by; it is saved under the first. */
  readonly endings: readonly string[];
  /** Whether the program that the system has for the first ending shows it, and runs nothing that is in it. */
  readonly isOpenable: boolean;
  /** What its files may be written in; undefined if it is not in the table, so that nobody knows. */
  readonly markup?: readonly Markup[];
  /** The type that a browser's `canPlayType` understands. */
  readonly playerType: string;
  /** What decodes it, or some files of it, where browsers do not. */
  readonly decoder?: Decoder;
}

/** Those that the viewers have; that of AMR is WebAssembly, which not every page may run. */
export type Decoder = 'telephoneWav' | 'gsm' | 'amr';

interface Entry extends Pick<Format, 'kind' | 'decoder'> {
  readonly type: string;
  /** See `Format`. None for what would run or act under its ending. */
  readonly endings: readonly string[];
  /** Other names of the type. Forms with `x-`, and those made of an ending, need not be named. */
  readonly names?: readonly string[];
  readonly opens?: true;
  /** Its files may be written in HTML or XML, as those of all texts may. */
  readonly isMarkup?: boolean;
  readonly playerType?: string;
}

/**
 * All that is known of media types. Of two formats with the same ending, files that have nothing else to be known by are
 * of the first.
 */
const ENTRIES: readonly Entry[] = [
  {
    type: 'video/mp4',
    kind: 'video',
    endings: ['mp4', 'm4v', 'mpg4'],
    names: ['video/mp4v-es', 'video/mpeg4', 'video/mpeg-4', 'application/mp4'],
    opens: true,
  },
  {
    type: 'video/quicktime',
    kind: 'video',
    endings: ['mov', 'qt'],
    opens: true,
    playerType: 'video/mp4',
  },
  { type: 'video/3gpp', kind: 'video', endings: ['3gp', '3gpp'], opens: true },
  { type: 'video/3gpp2', kind: 'video', endings: ['3g2', '3gp2', '3gpp2'], opens: true },
  { type: 'video/mpeg', kind: 'video', endings: ['mpg', 'mpeg', 'mpe'], opens: true },
  { type: 'video/webm', kind: 'video', endings: ['webm'], opens: true },
  { type: 'video/ogg', kind: 'video', endings: ['ogv'], opens: true },
  { type: 'video/matroska', kind: 'video', endings: ['mkv'], opens: true },
  {
    type: 'video/vnd.avi',
    kind: 'video',
    endings: ['avi'],
    names: ['video/msvideo'],
    opens: true,
  },
  // They may name addresses that their players open.
  { type: 'video/x-ms-wmv', kind: 'video', endings: ['wmv'] },
  { type: 'audio/x-ms-wma', kind: 'audio', endings: ['wma'] },

  {
    type: 'audio/wav',
    kind: 'audio',
    endings: ['wav', 'wave'],
    names: ['audio/vnd.wave', 'audio/pn-wav'],
    opens: true,
    decoder: 'telephoneWav',
  },
  {
    type: 'audio/mpeg',
    kind: 'audio',
    endings: ['mp3', 'mp2', 'mpga'],
    names: ['audio/mpeg3', 'audio/mpeg-3', 'audio/mpegaudio', 'audio/mpg'],
    opens: true,
  },
  {
    type: 'audio/mp4',
    kind: 'audio',
    endings: ['m4a', 'm4b', 'mp4'],
    names: ['audio/mp4a-latm', 'audio/mpeg4', 'audio/mpeg-4'],
    opens: true,
  },
  {
    type: 'audio/aac',
    kind: 'audio',
    endings: ['aac', 'adts'],
    names: ['audio/aacp', 'audio/hx-aac-adts'],
    opens: true,
  },
  {
    type: 'audio/ogg',
    kind: 'audio',
    endings: ['ogg', 'oga', 'opus', 'spx'],
    names: ['application/ogg', 'audio/vorbis', 'audio/speex'],
    opens: true,
  },
  { type: 'audio/webm', kind: 'audio', endings: ['weba', 'webm'], opens: true },
  { type: 'audio/flac', kind: 'audio', endings: ['flac'], opens: true },
  {
    type: 'audio/amr',
    kind: 'audio',
    endings: ['amr'],
    names: ['audio/amr-nb'],
    opens: true,
    decoder: 'amr',
  },
  { type: 'audio/amr-wb', kind: 'audio', endings: ['awb'], opens: true, decoder: 'amr' },
  { type: 'audio/3gpp', kind: 'audio', endings: ['3gp', '3gpp', '3ga'], opens: true },
  { type: 'audio/3gpp2', kind: 'audio', endings: ['3g2', '3gp2', '3gpp2'], opens: true },
  { type: 'audio/gsm', kind: 'audio', endings: ['gsm'], opens: true, decoder: 'gsm' },
  { type: 'audio/aiff', kind: 'audio', endings: ['aif', 'aiff', 'aifc'], opens: true },
  { type: 'audio/basic', kind: 'audio', endings: ['au', 'snd'], opens: true },
  { type: 'audio/midi', kind: 'audio', endings: ['mid', 'midi'], names: ['audio/sp-midi'], opens: true },
  { type: 'audio/x-caf', kind: 'audio', endings: ['caf'], opens: true },

  {
    type: 'image/jpeg',
    kind: 'image',
    endings: ['jpg', 'jpeg', 'jpe', 'jfif'],
    names: ['image/pjpeg', 'image/pjp'],
    opens: true,
  },
  { type: 'image/png', kind: 'image', endings: ['png'], names: ['image/apng'], opens: true },
  { type: 'image/gif', kind: 'image', endings: ['gif'], opens: true },
  { type: 'image/webp', kind: 'image', endings: ['webp'], opens: true },
  {
    type: 'image/bmp',
    kind: 'image',
    endings: ['bmp', 'dib'],
    names: ['image/ms-bmp', 'image/windows-bmp', 'image/bitmap'],
    opens: true,
  },
  { type: 'image/avif', kind: 'image', endings: ['avif'], opens: true },
  { type: 'image/heic', kind: 'image', endings: ['heic'], names: ['image/heic-sequence'], opens: true },
  {
    type: 'image/heif',
    kind: 'image',
    endings: ['heif', 'hif'],
    names: ['image/heif-sequence'],
    opens: true,
  },
  { type: 'image/vnd.microsoft.icon', kind: 'image', endings: ['ico'], names: ['image/icon'], opens: true },
  { type: 'image/tiff', kind: 'tiff', endings: ['tif', 'tiff'], names: ['image/tiff-fx'], opens: true },
  // A drawing of a few bytes can take for ever to be drawn, and a browser runs the scripts in it.
  { type: 'image/svg+xml', kind: 'file', endings: [], names: ['image/svg', 'image/svg-xml'], isMarkup: true },

  {
    type: 'application/pdf',
    kind: 'pdf',
    endings: ['pdf'],
    names: ['application/acrobat', 'application/vnd.pdf', 'text/pdf'],
    opens: true,
  },
  {
    type: 'application/rtf',
    kind: 'file',
    endings: ['rtf'],
    names: ['text/rtf', 'text/richtext'],
    opens: true,
  },
  // Many programs write HTML or XML under the older types of Office, which reads that.
  // Office asks before it runs the macros of the older formats; the newer ones have none, and those with macros, which have
  // types of their own, are not here.
  {
    type: 'application/msword',
    kind: 'file',
    endings: ['doc'],
    names: ['application/vnd.ms-word', 'application/word'],
    isMarkup: true,
    opens: true,
  },
  {
    type: 'application/vnd.ms-excel',
    kind: 'file',
    endings: ['xls'],
    names: ['application/ms-excel', 'application/msexcel', 'application/excel'],
    isMarkup: true,
    opens: true,
  },
  {
    type: 'application/vnd.ms-powerpoint',
    kind: 'file',
    endings: ['ppt', 'pps'],
    names: ['application/ms-powerpoint', 'application/mspowerpoint', 'application/powerpoint'],
    isMarkup: true,
    opens: true,
  },
  {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    kind: 'file',
    endings: ['docx'],
    opens: true,
  },
  {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    kind: 'file',
    endings: ['xlsx'],
    opens: true,
  },
  {
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    kind: 'file',
    endings: ['pptx'],
    names: ['application/vnd.openxmlformats-officedocument.presentationml.slideshow'],
    opens: true,
  },
  { type: 'application/vnd.oasis.opendocument.text', kind: 'file', endings: ['odt'], opens: true },
  { type: 'application/vnd.oasis.opendocument.spreadsheet', kind: 'file', endings: ['ods'], opens: true },
  { type: 'application/vnd.oasis.opendocument.presentation', kind: 'file', endings: ['odp'], opens: true },

  {
    type: 'text/vcard',
    kind: 'vcard',
    endings: ['vcf', 'vcard'],
    names: ['text/directory'],
    opens: true,
  },
  {
    type: 'text/calendar',
    kind: 'text',
    endings: ['ics', 'vcs'],
    names: ['text/vcalendar', 'application/ics'],
    opens: true,
  },
  {
    type: 'text/csv',
    kind: 'text',
    endings: ['csv'],
    names: ['text/comma-separated-values'],
    opens: true,
  },
  { type: 'text/plain', kind: 'text', endings: ['txt', 'text', 'log'], opens: true },
  { type: 'application/json', kind: 'text', endings: ['json'], names: ['text/json'] },
  // A browser runs the scripts that may be in it.
  { type: 'application/xml', kind: 'text', endings: [], names: ['text/xml'] },
  { type: 'text/html', kind: 'text', endings: [], names: ['application/xhtml+xml'] },

  {
    type: 'application/zip',
    kind: 'file',
    endings: ['zip'],
    names: ['application/zip-compressed'],
    opens: true,
  },
  {
    type: 'application/gzip',
    kind: 'file',
    endings: ['gz', 'tgz'],
    names: ['application/gzip-compressed', 'application/gunzip'],
    opens: true,
  },
  // How the parts of an MMS are laid out on a screen.
  {
    type: 'application/smil',
    kind: 'file',
    endings: ['smil', 'smi'],
    names: ['application/smil+xml'],
    isMarkup: true,
  },
  { type: 'application/x-tar', kind: 'file', endings: ['tar'] },
  { type: 'application/x-7z-compressed', kind: 'file', endings: ['7z'] },
  { type: 'application/vnd.rar', kind: 'file', endings: ['rar'], names: ['application/rar-compressed'] },
];

/** What servers say that do not know. */
const SAYING_NOTHING: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'application/octetstream',
  'application/octet',
  'application/binary',
  'application/unknown',
  'application/download',
  'application/force-download',
  'application/save',
  'binary/octet-stream',
  'unknown/unknown',
  'unknown/application',
  'content/unknown',
  '*/*',
  'application/*',
]);

const FAMILIES = ['audio', 'video', 'image', 'text'] as const satisfies readonly ContentKind[];

const { byName, byEnding } = index();

function index(): Record<'byName' | 'byEnding', ReadonlyMap<string, Format>> {
  const formats = ENTRIES.map((entry) => ({ entry, format: formatOfEntry(entry) }));
  const names = new Map<string, Format>();
  const endings = new Map<string, Format>();
  const add = (to: Map<string, Format>, key: string, format: Format): void => {
    if (!to.has(key)) to.set(key, format);
  };
  // What is written above comes before what is made of it.
  for (const { entry, format } of formats)
    for (const name of [entry.type, ...(entry.names ?? [])]) add(names, plain(name), format);
  for (const { entry, format } of formats) {
    const [family = '', subtype = ''] = plain(entry.type).split('/');
    for (const ending of entry.endings) {
      add(endings, ending, format);
      add(names, `${family}/${ending}`, format);
      add(names, `application/${ending}`, format);
    }
    add(names, `application/${subtype}`, format);
  }
  return { byName: names, byEnding: endings };
}

function formatOfEntry({
  type,
  kind,
  endings,
  opens,
  isMarkup = kind === 'text',
  playerType = type,
  decoder,
}: Entry): Format {
  return {
    type: type as MediaType,
    kind,
    endings,
    isOpenable: opens === true,
    markup: isMarkup ? ALL_MARKUP : [],
    playerType,
    ...(decoder && { decoder }),
  };
}

/** A type without the signs that it was not registered when it got its name. */
function plain(type: string): string {
  return type.replace(/(^|\/)x[-.]/g, '$1');
}

/**
 * What something is by what is said of it, before its bytes are there: by its type, however that is written, or if that
 * says nothing by the ending of its name.
 * @param contentType as a server writes it, with parameters
 */
export function formatOf(contentType: string | undefined, fileName = ''): Format {
  const [said = ''] = (contentType ?? '').split(/[;,]/, 1);
  const type = plain(said.trim().toLowerCase());
  const known = byName.get(type);
  if (known) return known;
  const [family = '', subtype] = type.split('/', 2);
  const byItsName = formatOfEnding(endingOf(fileName));
  // A family alone, as in `audio/*`, leaves open which of its formats it is.
  const kind = FAMILIES.find((each) => each === family);
  if (kind && (subtype === '*' || subtype === 'unknown' || subtype === 'octet-stream'))
    return byItsName?.kind === kind ? byItsName : unknown('', kind);
  if (subtype === undefined || SAYING_NOTHING.has(type)) return byItsName ?? unknown('', 'unknown');
  return unknown(type, kind ?? 'file');
}

/** The format of files with this ending. @param ending without the dot */
export function formatOfEnding(ending: string): Format | undefined {
  return byEnding.get(ending.toLowerCase());
}

/** The last part of a name behind a dot, without it; empty if there is none. */
export function endingOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot < 0 ? '' : fileName.slice(dot + 1).trim();
}

/** A format that is not in the table: what belongs to a family may still be shown, but is known by no ending. */
function unknown(type: string, kind: ContentKind): Format {
  return { type: type as MediaType, kind, endings: [], isOpenable: false, playerType: type };
}

/** What a server may answer with that has no file to give. */
export const HTML = formatNamed('text/html');
export const JSON_TEXT = formatNamed('application/json');

/** What an MMS has beside what was sent in it. */
export const LAYOUT = formatNamed('application/smil');

/** The format of a type in the table. @throws TypeError if there is none */
export function formatNamed(type: string): Format {
  const found = byName.get(plain(type));
  if (!found) throw new TypeError(`There is no format ${type}.`);
  return found;
}
