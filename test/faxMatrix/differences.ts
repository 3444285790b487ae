/** Where what is shown differs from what libtiff reads, and why. */
import type { Case } from './cases';

export const DAMAGE = 'Damage at random bytes';

export interface Reason {
  readonly what: string;
  readonly libtiff: string;
  readonly here: string;
  readonly why: string;
  /** Of the group and name of a file, with a colon between. */
  readonly of: RegExp;
}

export const WHOLE = 'The page as it was sent';

/** In each file, the first that fits counts. */
export const REASONS: readonly Reason[] = [
  {
    what: 'Tiles that are not compressed, low bits first',
    libtiff: 'Refuses the file',
    here: 'The page',
    why: 'A mistake of the tool that is compared with: of tiles that have the other order, it looks for decoded ones',
    of: /^Faxes: none, lsb2msb, .* tiles$/,
  },
  {
    what: 'Palette of 4 bits without its color map',
    libtiff: 'Refuses the file',
    here: 'Shades of grey, as libtiff shows it for 8 bits',
    why: 'What can be read is better than nothing',
    of: /without a color map$/,
  },
  {
    what: 'JPEG without BitsPerSample',
    libtiff: 'Refuses the file',
    here: 'The page',
    why: 'The JPEG image says itself how many bits it has',
    of: /^JPEG: without BitsPerSample$/,
  },
  {
    what: 'Old-style JPEG without a byte count',
    libtiff: 'Refuses the file',
    here: 'The page',
    why: 'The data go on to what comes next in the file',
    of: /^Old-style JPEG: .* without a byte count$/,
  },
  {
    what: 'Old-style JPEG with strips that are JPEG files of their own',
    libtiff: 'Refuses the file',
    here: 'The page',
    why: 'Each is decoded by itself',
    of: /^Old-style JPEG: two strips, each a JPEG file$/,
  },
  {
    what: 'Group 3 without EOLs, or with none before the first line',
    libtiff: 'Looks for an EOL, and loses lines, or all of them',
    here: WHOLE,
    why: 'It is tried how the lines follow each other',
    of: /: Group 3, (?:no EOLs|an EOL after each line)/,
  },
  {
    what: 'Group 3 said to be two-dimensional though it is not, or the other way round',
    libtiff: 'Noise',
    here: WHOLE,
    why: 'It is tried in which way the first lines have the width that they should have',
    of: /: Group 3, .* said to be /,
  },
  {
    what: 'Group 3 with noise behind the end of the page',
    libtiff: 'Lines of noise',
    here: WHOLE,
    why: 'Nothing belongs to the page that comes after six EOLs',
    of: /: Group 3, RTC early, then noise$/,
  },
  {
    what: 'Group 3 with a width that is not that of the lines',
    libtiff: 'A black run that goes over the edge is white; two-dimensional lines are shifted at the edge',
    here: 'The page as it was sent, cut or padded',
    why: 'Lines are decoded with the width that most of them have',
    of: /: Group 3, .*pixels too (?:long|short)$/,
  },
  {
    what: 'Group 3 with a line that cannot be read to its end',
    libtiff: 'The rest of the line is white',
    here: 'The rest of the line is as in the line above; the page says that a part of it is damaged',
    why: 'Fax machines print it so, for most lines are like the one above',
    of: /: Group 3, (?:ends in the middle of a line|two-dimensional, a wrong code in a line)$/,
  },
  {
    what: 'Huffman lines that begin with words (compression 32771)',
    libtiff: 'Depends on where the strip is in memory',
    here: WHOLE,
    why: 'Words are counted from the beginning of the strip',
    of: /: Huffman, lines begin with words$/,
  },
  {
    what: 'Group 4 that was cut',
    libtiff: 'The rest of the line in which it ends is white',
    here: 'The rest of that line is as in the line above; the page says that a part of it is missing or damaged',
    why: 'As in Group 3',
    of: /: Group 4, cut$/,
  },
  {
    what: 'JPEG with byte counts of 0, too short, or missing',
    libtiff: 'Refuses the file',
    here: 'The page',
    why: 'The data go on to what comes next in the file',
    of: /^JPEG: byte counts/,
  },
  {
    what: 'Byte counts of 0, too short, missing, fewer than strips or tiles, or beyond the end of the file',
    libtiff:
      'Mends a single strip that is not compressed or has a count of 0; otherwise refuses the file or loses a part',
    here: WHOLE,
    why: 'Data go on to what comes next in the file, if they can be read so far',
    of: /: (?:byte counts|one byte count|the last byte count)/,
  },
  {
    what: 'A file that ends in the middle of the data',
    libtiff: 'Refuses the page',
    here: 'What is there; the page says that a part of it is missing',
    why: 'Half a fax is better than none',
    of: /: the file ends in the middle of it$/,
  },
  {
    what: 'A strip or tile that is missing',
    libtiff: 'Repeats the one before it',
    here: 'White; the page says that a part of it is missing',
    why: 'Nothing is shown twice that was sent once',
    of: /: the last block/,
  },
  {
    what: 'RowsPerStrip of 0, or missing or too large for several strips, or too small for one',
    libtiff: 'Refuses the file, or shows the first strip or some lines only',
    here: WHOLE,
    why: 'It is tried how many lines the first strip has',
    of: /: RowsPerStrip/,
  },
  {
    what: 'Photometric that a fax cannot have',
    libtiff: 'Refuses the file',
    here: WHOLE,
    why: 'Faxes are black on white',
    of: /: photometric RGB$/,
  },
  {
    what: 'ImageLength missing',
    libtiff: 'Refuses the file',
    here: 'The page, as high as its strips; the last one may end with some white lines',
    why: 'Strips say how high they are',
    of: /: ImageLength missing$/,
  },
  {
    what: 'Damage in Group 3',
    libtiff: 'The rest of a damaged line is white; lines that refer to it are decoded anyhow',
    here: 'The rest of a damaged line is as in the line above; the page says that a part of it is damaged',
    why: 'As above',
    of: new RegExp(`^${DAMAGE}: g3`),
  },
  {
    what: 'Damage in Group 4',
    libtiff: 'Goes on with noise',
    here: 'White from the damage on, to the end of the strip; the page says that a part of it is damaged',
    why: 'Each line is coded by the one above, so that nothing can be read after the first mistake',
    of: new RegExp(`^${DAMAGE}: g4`),
  },
  {
    what: 'Damage in PackBits',
    libtiff: 'Drops what was read in part',
    here: 'What could be read',
    why: 'It may be what was sent',
    of: new RegExp(`^${DAMAGE}: packbits`),
  },
];

export function reasonFor({ group, name }: Pick<Case, 'group' | 'name'>): Reason | undefined {
  return REASONS.find(({ of }) => of.test(`${group}: ${name}`));
}
