import { dayKey, type DateFormat } from './dates';

export interface Day<Item> {
  /** YYYY-MM-DD; empty for items without a readable time. */
  readonly key: string;
  /** Never empty. */
  readonly items: readonly Item[];
}

/** Puts the items of each day together; days come in the order of their first item, items in their own. */
export function groupByDay<Item extends { readonly time?: string }>(
  items: readonly Item[],
  format: DateFormat,
): readonly Day<Item>[] {
  const days = new Map<string, Item[]>();
  for (const item of items) {
    const key = dayKey(item.time, format);
    const day = days.get(key);
    if (day) day.push(item);
    else days.set(key, [item]);
  }
  return [...days].map(([key, dayItems]) => ({ key, items: dayItems }));
}
