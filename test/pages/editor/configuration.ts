import { manifest } from './manifest';

/** `vscode.workspace.getConfiguration` on settings that never change, with the defaults of package.json. */
export function configurationOf(
  settings: Readonly<Record<string, unknown>>,
): (section: string) => { get(name: string, otherwise?: unknown): unknown; inspect(name: string): unknown } {
  const { properties } = manifest.contributes.configuration;
  return (section) => ({
    get: (name, otherwise) => {
      const key = `${section}.${name}`;
      return settings[key] ?? properties[key]?.default ?? otherwise;
    },
    inspect: (name) => ({ globalValue: settings[`${section}.${name}`] }),
  });
}
