import type { MessageFilter } from './query';

/** `filter` with another value for one of its parts; undefined takes the part away. */
export function withPart<Key extends keyof MessageFilter>(
  filter: MessageFilter,
  key: Key,
  value: MessageFilter[Key] | undefined,
): MessageFilter {
  const parts: [string, unknown][] = Object.entries({ ...filter, [key]: value });
  return Object.fromEntries(parts.filter(([, each]) => each !== undefined));
}
