/** The words that come more than once in what a screen reader says of one thing: whatever they tell is told twice. */
export function saidTwice(text: string): readonly string[] {
  const words = wordsOf(text);
  return [...new Set(words.filter((word, index) => words.indexOf(word) !== index))];
}

/** Words of more than two letters, numbers, and names of files, all in small letters. Little words may come again. */
function wordsOf(text: string): readonly string[] {
  // The third of three, and three unread ones of three, are two numbers.
  const counted = text.replace(/\b(\d+)( unread)? of \1\b/g, '$1 of all');
  const words = counted.toLowerCase().match(/[\p{L}\p{N}](?:[\p{L}\p{N}.:/'’_-]*[\p{L}\p{N}])?/gu) ?? [];
  return words.filter((word) => /\p{N}/u.test(word) || (word.length > 2 && !LITTLE.has(word)));
}

const LITTLE: ReadonlySet<string> = new Set([
  'after',
  'and',
  'are',
  'for',
  'from',
  'has',
  'the',
  'them',
  'was',
  'you',
]);
