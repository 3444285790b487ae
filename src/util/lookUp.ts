/** What a table has for a key that may be anything: never what every object has, such as `constructor`. */
export function lookUp<Value>(
  table: Readonly<Partial<Record<string, Value>>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
