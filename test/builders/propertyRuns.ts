/** How often each property is tried whenever its test runs, each time with other values; by its name. */
export const PROPERTY_RUNS = {
  'damaged records': 1_000,
  'damaged TIFFs': 2_000,
  'damaged vCards': 3_000,
  'sounds of any samples': 1_000,
  /** With eight files each. */
  'damaged WAVs': 130,
  'search queries': 3_000,
  /** With 24 queries each. */
  'search queries in stores': 130,
  'filters written as queries': 500,
  'matches that are highlighted': 1_000,
  snippets: 300,
  'interpreted texts': 2_000,
  labels: 2_000,
  'databases with other bytes': 60,
  'databases with other bytes in their first pages': 60,
  'databases without their end': 60,
  'databases with a page in place of another': 60,
  'databases with an empty page': 60,
  'stores in memory and in SQLite': 150,
  deletions: 40,
} as const;

export type PropertyName = keyof typeof PROPERTY_RUNS;
