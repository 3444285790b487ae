import type { Searchable } from './searchable';
import type { PreparedTerm, Sequence } from './terms';

/** Whether all of the terms are in a message. */
export function findsAll(terms: readonly PreparedTerm[], searchable: Searchable): boolean {
  return terms.every(({ places, clauses }) =>
    clauses.every((sequences) =>
      sequences.some((sequence) =>
        places.some((place) =>
          searchable[place].some((_, index) => startsAt(sequence, searchable[place], index)),
        ),
      ),
    ),
  );
}

/** Whether `sequence` is in `tokens` from `index` on. */
export function startsAt(
  { tokens: wanted, prefix }: Sequence,
  tokens: readonly string[],
  index: number,
): boolean {
  return wanted.every((token, offset) => {
    const found = tokens[index + offset];
    return prefix && offset === wanted.length - 1 ? found?.startsWith(token) : found === token;
  });
}
