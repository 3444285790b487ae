import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AUTHENTICATION_PROVIDER_ID, Command, ContextKey, EXTENSION_ID, Setting, View } from '../../src/ids';

interface Contributed {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly enablement?: string;
  readonly contents?: string;
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly contributes: {
    readonly authentication: readonly { id: string }[];
    readonly commands: readonly (Contributed & { command: string; title: string })[];
    readonly views: Readonly<Record<string, readonly { id: string; when?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { id: string }[] };
    readonly viewsWelcome: readonly (Contributed & { view: string })[];
    readonly submenus: readonly { id: string }[];
    readonly menus: Readonly<Record<string, readonly Contributed[]>>;
    readonly keybindings: readonly Contributed[];
    readonly configuration: { readonly properties: Readonly<Record<string, { scope: string }>> };
  };
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const manifestText = JSON.stringify(read('package.json'));
const manifest = JSON.parse(manifestText) as Manifest;
const strings = read('package.nls.json') as Record<string, string>;
const { contributes } = manifest;
const sorted = (values: Iterable<string>): string[] => [...values].sort();
const everyEntry = [
  ...contributes.commands,
  ...contributes.viewsWelcome,
  ...Object.values(contributes.menus).flat(),
  ...Object.values(contributes.views).flat(),
  ...contributes.keybindings,
] as readonly Contributed[];

describe('package.json and ids.ts', () => {
  it('name the same extension', () => {
    expect(`${manifest.publisher}.${manifest.name}`).toBe(EXTENSION_ID);
  });

  it('name the same commands', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(
      sorted(Object.values(Command)),
    );
  });

  it('name the same views, in containers that package.json contributes', () => {
    const containers = contributes.viewsContainers.activitybar.map(({ id }) => id);
    expect(Object.keys(contributes.views)).toEqual(containers);
    expect(sorted(Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)))).toEqual(
      sorted(Object.values(View)),
    );
  });

  it('name the same settings, of which a workspace cannot override those that say where something is sent', () => {
    const { properties } = contributes.configuration;
    const ids = Object.values(Setting);
    expect(sorted(Object.keys(properties))).toEqual(sorted(ids));
    const { ServerUrl, ServerMediaUrl, ClientId, SignInLocalPort, OpenWith } = Setting;
    for (const setting of [ServerUrl, ServerMediaUrl, ClientId, SignInLocalPort, OpenWith]) {
      expect(properties[setting]?.scope).toBe('application');
    }
  });

  it('name the same authentication provider', () => {
    expect(contributes.authentication.map(({ id }) => id)).toEqual([AUTHENTICATION_PROVIDER_ID]);
  });
});

describe('package.json', () => {
  it('refers to commands and submenus that it contributes', () => {
    const known = new Set<string>(Object.values(Command));
    const submenus = new Set(contributes.submenus.map(({ id }) => id));
    for (const { command, submenu } of Object.values(contributes.menus).flat()) {
      if (command !== undefined) expect(known).toContain(command);
      if (submenu !== undefined) expect(submenus).toContain(submenu);
    }
    for (const { command } of contributes.keybindings) expect(known).toContain(command);
    for (const text of Object.values(strings)) {
      for (const [, command] of text.matchAll(/\(command:([\w.]+)\)/g)) expect(known).toContain(command);
    }
  });

  it('uses only context keys and views that exist in its conditions and welcome texts', () => {
    const known = new Set<string>([...Object.values(ContextKey), ...Object.values(View)]);
    for (const { when = '', enablement = '' } of everyEntry) {
      for (const [key] of `${when} ${enablement}`.matchAll(/\bringcentralMailbox\.\w+/g))
        expect(known).toContain(key);
    }
    for (const { view } of contributes.viewsWelcome) expect(Object.values<string>(View)).toContain(view);
  });

  it('refers to every text in package.nls.json, and to no text that is missing there', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    expect(sorted(new Set(used))).toEqual(sorted(Object.keys(strings)));
  });

  it('offers every command in the palette except four that only make sense on a row or in a menu', () => {
    const hidden = contributes.menus.commandPalette
      ?.filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    expect(sorted(hidden?.map(String) ?? [])).toEqual(
      sorted([
        Command.LoadMore,
        Command.GroupByTypeAndConversation,
        Command.GroupByOtherParty,
        Command.GroupByDate,
      ]),
    );
  });
});
