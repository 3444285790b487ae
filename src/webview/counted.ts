import type { DateFormat } from './dates';
import { fill } from './text';

/** A sentence about so many things: `one`, or `many` with the number written as VS Code's language has it. */
export function counted(
  count: number,
  one: string,
  many: string,
  { locale }: Pick<DateFormat, 'locale'>,
): string {
  return count === 1 ? one : fill(many, count.toLocaleString(locale));
}
