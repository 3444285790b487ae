/** How often each property is tried whenever its test runs, each time with other values; by its name. */
export const PROPERTY_RUNS = {
  'damaged records': 500,
  'damaged TIFFs': 1_500,
  'damaged vCards': 1_500,
  'cut vCards': 300,
  'decoded bytes': 300,
  'sounds of any samples': 500,
  'damaged telephone recordings': 150,
  /** With eight files each. */
  'damaged WAVs': 60,
  'search queries': 1_500,
  /** With 24 queries each. */
  'search queries in stores': 60,
  'filters written as queries': 300,
  'matches that are highlighted': 500,
  snippets: 200,
  'interpreted texts': 1_000,
  labels: 1_000,
  'databases with other bytes': 60,
  'databases with other bytes in their first pages': 60,
  'databases without their end': 60,
  'databases with a page in place of another': 60,
  'databases with an empty page': 60,
  'stores in memory and in SQLite': 100,
  deletions: 25,
} as const;

export type PropertyName = keyof typeof PROPERTY_RUNS;
