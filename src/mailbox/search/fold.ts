/** What is written over, under or within letters, and what only controls how they are drawn. */
const MARKS = /(?=\p{M})\p{Diacritic}|\p{Cf}|\p{Variation_Selector}/gu;

const LETTERLIKE = /(?=\p{So})[\u2100-\u214f]/u;

/** Texts have few different characters, and folding one makes several strings. */
const MEMORY_LIMIT = 2_000;

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
  if (folded.size >= MEMORY_LIMIT) folded.clear();
  folded.set(character, result);
  return result;
}

function fold(character: string): string {
  const bare = character.normalize('NFKD').replace(MARKS, '');
  // An accent that stands alone is composed of a space and an accent.
  if (bare === ' ' && !/\s/u.test(character)) return character;
  // A sign such as ™ or № is no word, though it is drawn with letters.
  if (LETTERLIKE.test(character) && /^\p{L}+$/u.test(bare)) return character;
  // There and back, because some letters are the same in upper case only: ß and SS, ς and σ.
  return bare.toLowerCase().toUpperCase().toLowerCase().replace('ς', 'σ').replace(MARKS, '');
}
