/** Fills `{0}`, `{1}` … of a localized sentence. */
export function fill(sentence: string, ...values: readonly (string | number)[]): string {
  return sentence.replace(/\{(\d+)\}/g, (placeholder, index: string) =>
    String(values[Number(index)] ?? placeholder),
  );
}

export interface SizeStrings {
  readonly bytes: string;
  readonly kilobytes: string;
  readonly megabytes: string;
}

/** A number of bytes as people read it. */
export function fileSize(bytes: number, strings: SizeStrings, locale?: string): string {
  const number = (value: number, digits: number): string =>
    value.toLocaleString(locale, { maximumFractionDigits: digits });
  if (bytes < 1000) return fill(strings.bytes, number(bytes, 0));
  if (bytes < 999_500) return fill(strings.kilobytes, number(bytes / 1000, 0));
  return fill(strings.megabytes, number(bytes / 1_000_000, 1));
}
