import type { PreparedTerm, Sequence } from '../../search/terms';

/** A query of FTS5 for messages that have all of the terms; empty for no terms. */
export function fullTextQuery(terms: readonly PreparedTerm[]): string {
  return terms
    .map(
      ({ places, clauses }) =>
        `({${places.join(' ')}} : (${clauses.map((each) => `(${each.map(sequenceQuery).join(' OR ')})`).join(' AND ')}))`,
    )
    .join(' AND ');
}

/** A query for one token, wherever it is. */
export function tokenQuery(token: string): string {
  return sequenceQuery({ tokens: [token], prefix: false });
}

/** Tokens have nothing in them that would end a string. */
function sequenceQuery({ tokens, prefix }: Sequence): string {
  return `"${tokens.join(' ')}"${prefix ? '*' : ''}`;
}
