import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../../workbench/paths';

type Properties = Readonly<Record<string, { readonly default?: unknown }>>;

/** `vscode.workspace.getConfiguration` on settings that never change, with the defaults of package.json. */
export function configurationOf(
  settings: Readonly<Record<string, unknown>>,
): (section: string) => { get(name: string, otherwise?: unknown): unknown; inspect(name: string): unknown } {
  const { contributes } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
    contributes: { configuration: { properties: Properties } };
  };
  const { properties } = contributes.configuration;
  return (section) => ({
    get: (name, otherwise) => {
      const key = `${section}.${name}`;
      return settings[key] ?? properties[key]?.default ?? otherwise;
    },
    inspect: (name) => ({ globalValue: settings[`${section}.${name}`] }),
  });
}
