/** Parameters of a query string: undefined is left out, an array gives its parameter several times. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Adds `query` to those parameters that `url` has. */
export function addQuery(url: URL, query: Query): void {
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const single of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      url.searchParams.append(name, String(single));
    }
  }
}
