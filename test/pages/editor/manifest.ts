import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../../workbench/paths';

type Properties = Readonly<Record<string, { readonly default?: unknown }>>;

/** The extension's package.json, as far as VS Code tells the extension of it. */
export const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly contributes: { readonly configuration: readonly { readonly properties: Properties }[] };
};
