/**
 * JSON whose integers survive. Conversation ids are int64 values beyond 2^53 (FACTS, Messages), which a plain
 * `JSON.parse` rounds to another id. Both functions rest on "JSON.parse source text access", in V8 since 2023.
 */
declare global {
  interface JSON {
    rawJSON(text: string): unknown;
  }
}

type SourceReviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

const keepUnsafeIntegers: SourceReviver = (_key, value, context) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context.source ?? '')
    ? context.source
    : value;

/**
 * Parses JSON; integers that a JavaScript number cannot hold come back as decimal strings.
 * @throws SyntaxError if `text` is not JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, keepUnsafeIntegers as (key: string, value: unknown) => unknown);
}

/**
 * A decimal string as a JSON integer, for `JSON.stringify`: ids are strings in our model and int64 on the wire.
 * @throws SyntaxError if `id` is not a decimal integer.
 */
export function integer(id: string): unknown {
  if (!/^-?\d+$/.test(id)) throw new SyntaxError(`Not an integer: ${id}`);
  return JSON.rawJSON(id);
}
