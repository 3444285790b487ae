/** What is written over, under or within letters, and what only controls how they are drawn. */
const MARKS = /(?=\p{M})\p{Diacritic}|\p{Cf}|\p{Variation_Selector}/gu;

/**
 * Signs that are drawn with letters or digits, and mean something as a whole: ™, №, ℹ, ª, what is in a circle or in another
 * frame. Not units and letters of another form (㎏, ﬁ, ℌ), which people type letter by letter.
 */
const DRAWN_WITH_LETTERS =
  /(?=\p{So})[\u2100-\u214f]|[\u2139\u00aa\u00ba\u2460-\u24ff\u3200-\u3250\u3260-\u32bf\u32d0-\u32fe\u{1f100}-\u{1f2ff}]/u;

/** Whether a character is drawn with letters or digits, without being a part of a word. */
export function isDrawnWithLetters(character: string): boolean {
  return DRAWN_WITH_LETTERS.test(character);
}

/** Texts have few different characters, and folding one makes several strings. */
const CACHE_LIMIT = 2_000;

const folded = new Map<string, string>();

/**
 * What is left of a character when case, diacritics and ways of writing do not matter: nothing, one character or several.
 * Character by character, so that what is found in folded text can be pointed out in the original.
 */
export function foldCharacter(character: string): string {
  if (character < '\u0080') return character.toLowerCase();
  const known = folded.get(character);
  if (known !== undefined) return known;
  const result = fold(character);
  if (folded.size >= CACHE_LIMIT) folded.clear();
  folded.set(character, result);
  return result;
}

function fold(character: string): string {
  const bare = character.normalize('NFKD').replace(MARKS, '');
  // An accent that stands alone is composed of a space and an accent.
  if (bare === ' ' && !/\s/u.test(character)) return character;
  // A sign such as ™ or № is no word. One of which more is drawn is as it is typed: ℃.
  if (isDrawnWithLetters(character) && /^[\p{L}\p{N}().]+$/u.test(bare)) return character;
  // There and back, because some letters are the same in upper case only: ß and SS, ς and σ.
  return bare.toLowerCase().toUpperCase().toLowerCase().replace('ς', 'σ').replace(MARKS, '');
}
