import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { ThemeLook } from '../../builders/themeLook';
import { themeFile, type Theme } from '../../e2e/themes';
import { projectRoot } from '../../workbench/paths';

const looks = new Map<Theme, ThemeLook>();

/** How a theme looked in VS Code when `npm run themes` was run last. */
export function lookOf(theme: Theme): ThemeLook {
  const look =
    looks.get(theme) ??
    (JSON.parse(
      readFileSync(path.join(projectRoot, 'test/fixtures/themes', themeFile(theme)), 'utf8'),
    ) as ThemeLook);
  looks.set(theme, look);
  return look;
}
