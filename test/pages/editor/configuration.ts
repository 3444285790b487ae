import { manifest } from './manifest';

/** `vscode.workspace.getConfiguration` on settings that never change, with the defaults of package.json. */
export function configurationOf(
  settings: Readonly<Record<string, unknown>>,
): (section?: string) => { get(name: string, otherwise?: unknown): unknown; inspect(name: string): unknown } {
  const defaults = new Map(
    manifest.contributes.configuration
      .flatMap(({ properties }) => Object.entries(properties))
      .map(([id, property]) => [id, property.default]),
  );
  return (section) => {
    const idOf = (name: string): string => (section === undefined ? name : `${section}.${name}`);
    return {
      get: (name, otherwise) => settings[idOf(name)] ?? defaults.get(idOf(name)) ?? otherwise,
      inspect: (name) => ({
        globalValue: settings[idOf(name)],
        defaultValue: defaults.get(idOf(name)),
      }),
    };
  };
}
