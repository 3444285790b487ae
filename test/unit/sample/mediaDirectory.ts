import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const mediaDirectory = join(import.meta.dirname, '../../../media/sample');

/** Names of the files that messages carry; what makes them, in a folder of its own, is not among them. */
export function mediaNames(): string[] {
  return readdirSync(mediaDirectory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

export function mediaPath(name: string): string {
  return join(mediaDirectory, name);
}
