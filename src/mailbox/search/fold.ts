/** What is written over, under or within letters, and what only controls how they are drawn. */
const MARKS = /(?=\p{M})\p{Diacritic}|\p{Cf}/gu;

/**
 * What is left of a character when case, diacritics and ways of writing do not matter: nothing, one character or several.
 * Character by character, so that what is found in folded text can be pointed out in the original.
 */
export function foldCharacter(character: string): string {
  if (character < '\u0080') return character.toLowerCase();
  const bare = character.normalize('NFKD').replace(MARKS, '');
  // There and back, because some letters are the same in upper case only: ß and SS, ς and σ.
  return bare.toLowerCase().toUpperCase().toLowerCase().replace('ς', 'σ').replace(MARKS, '');
}
