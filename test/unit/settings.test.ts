import { beforeEach, describe, expect, it, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { readNetworkSettings } from '../../src/accounts/networkSettings';
import { StorageSettings } from '../../src/accounts/storageSettings';
import { clientIdSetting } from '../../src/auth/clientIdSetting';
import { readServerAddress } from '../../src/auth/serverAddress';
import { serverSetting } from '../../src/auth/serverSetting';
import { readSetting, readUserSetting, type SettingId, SettingsCheck } from '../../src/settings';

const vscode = vi.hoisted(() => ({
  values: new Map<string, unknown>(),
  warnings: [] as string[],
  changed: (_id: string): void => undefined,
}));

vi.mock('vscode', async () => {
  const { l10n } = await import('../fakes/l10n');
  const { Emitter: EventEmitter } = await import('../../src/util/emitter');
  const changes = new EventEmitter<{ affectsConfiguration(section: string): boolean }>();
  vscode.changed = (id) => changes.fire({ affectsConfiguration: (section) => id.startsWith(section) });
  return {
    EventEmitter,
    l10n,
    commands: { executeCommand: () => Promise.resolve() },
    window: {
      showWarningMessage: (text: string) => {
        vscode.warnings.push(text);
        return Promise.resolve(undefined);
      },
    },
    workspace: {
      onDidChangeConfiguration: changes.event,
      getConfiguration: () => ({
        get: (id: string) => vscode.values.get(id),
        inspect: (id: string) => ({ globalValue: vscode.values.get(id) }),
      }),
    },
  };
});

/** Everything that somebody may write into a settings file, whatever was meant to stand there. */
const WRONG = [null, 0, -1, 1e300, '', 'x', true, false, [], [1], ['x', null], {}, { a: 1 }, [[[]]]];

interface Property {
  readonly default: unknown;
  readonly pattern?: string;
}

const properties = Object.assign(
  {},
  ...manifest.contributes.configuration.map((section) => section.properties),
) as Readonly<Record<string, Property>>;

const NETWORK = [
  'http.proxy',
  'http.proxyAuthorization',
  'http.noProxy',
  'http.proxyStrictSSL',
  'http.systemCertificates',
  'http.proxySupport',
];

describe('a setting of the wrong type', () => {
  beforeEach(() => {
    vscode.values.clear();
    vscode.warnings.length = 0;
  });

  it.each(WRONG.map((value) => [value]))('changes no type of what is read: %j', (value) => {
    for (const id of [...NETWORK, ...Object.keys(properties)]) vscode.values.set(id, value);
    const network = readNetworkSettings();
    expect(network).toMatchObject({
      strictSSL: expect.any(Boolean) as boolean,
      systemCertificates: expect.any(Boolean) as boolean,
      useProxy: expect.any(Boolean) as boolean,
    });
    expect(network.noProxy.every((each) => typeof each === 'string')).toBe(true);
    expect(['string', 'undefined']).toContain(typeof network.proxy);
    expect(['string', 'undefined']).toContain(typeof network.proxyAuthorization);
    const storage = new StorageSettings();
    expect(storage.keepOnDisk).toBeTypeOf('boolean');
    expect(['30 days', '1 year', 'everything']).toContain(storage.history);
    expect(storage.cacheLimit).toSatisfy((bytes: number) => bytes >= 0 && bytes <= 1e15);
    storage.dispose();
    expect(clientIdSetting()).toBeTypeOf('string');
    expect(() => serverSetting()).not.toThrow(TypeError);
    expect(readSetting('ringcentralMailbox.statusBar')).toBeTypeOf('boolean');
    expect(readUserSetting('ringcentralMailbox.signIn.localPort')).toSatisfy(
      (port: number) => Number.isInteger(port) && port >= 1024 && port < 65_536,
    );
  });

  it('counts as what counts without it, and is warned of once, without its value in the log', () => {
    vscode.values.set('http.proxy', null);
    vscode.values.set('http.noProxy', 'secret.example.test');
    const lines: string[] = [];
    const check = new SettingsCheck((line) => lines.push(line));
    expect(readNetworkSettings()).toMatchObject({ noProxy: [], useProxy: true, strictSSL: true });
    expect(readNetworkSettings().proxy).toBeUndefined();
    expect(vscode.warnings).toEqual([
      "The setting http.proxy is ignored because its value isn't valid.",
      "The setting http.noProxy is ignored because its value isn't valid.",
    ]);
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain('secret');
    vscode.changed('http.proxy');
    expect(vscode.warnings).toHaveLength(2);
    vscode.values.set('http.noProxy', 7);
    vscode.changed('http.noProxy');
    expect(vscode.warnings).toHaveLength(3);
    check.dispose();
    vscode.values.set('http.proxy', 7);
    vscode.changed('http.proxy');
    expect(vscode.warnings).toHaveLength(3);
  });

  it('counts as what the manifest says counts without it', () => {
    for (const [id, { default: value }] of Object.entries(properties)) {
      vscode.values.set(id, undefined);
      expect(readSetting(id as SettingId), id).toBe(value);
      vscode.values.set(id, value);
    }
    new SettingsCheck(() => undefined).dispose();
    expect(vscode.warnings).toEqual([]);
  });
});

describe('quiet hours', () => {
  const id = 'ringcentralMailbox.notifications.quietHours';

  it.each([
    ['', true],
    ['22:00-07:00', true],
    ['00:00-23:59', true],
    ['22:00', false],
    ['22:00-24:00', false],
    ['22:60-07:00', false],
    ['9:00-17:00', false],
    ['22:00 - 07:00', false],
    ['22:00-07:00,12:00-13:00', false],
    ['\n22:00-07:00', false],
  ])('are usable as %j: %j, by the manifest and by what reads them', (value, isUsable) => {
    vscode.warnings.length = 0;
    vscode.values.clear();
    vscode.values.set(id, value);
    expect(new RegExp(properties[id]?.pattern ?? '').test(value)).toBe(isUsable);
    expect(readSetting(id)).toBe(isUsable ? value : '');
    new SettingsCheck(() => undefined).dispose();
    expect(vscode.warnings).toHaveLength(isUsable ? 0 : 1);
  });
});

describe('the address of a server', () => {
  beforeEach(() => {
    vscode.values.clear();
    vscode.warnings.length = 0;
  });

  const isWarnedOf = (id: SettingId, value: unknown): boolean => {
    vscode.values.set(id, value);
    new SettingsCheck(() => undefined).dispose();
    return vscode.warnings.splice(0).some((text) => text.includes(id));
  };
  const matches = (id: SettingId, value: string): boolean =>
    new RegExp(properties[id]?.pattern ?? '', 'u').test(value);

  it.each([
    'https://platform.ringcentral.com',
    'https://platform.devtest.ringcentral.com/',
    'platform.example.com',
    'https://platform.example.com:8443',
    'http://127.0.0.1:8080',
    'http://localhost:8080/',
    'http://mailbox.localhost:8080',
    'http://[::1]:8080',
  ])('is taken by the settings editor, when it is read and when one signs in: %s', (value) => {
    expect(readServerAddress(value)).toHaveProperty('value');
    for (const id of ['ringcentralMailbox.server.url', 'ringcentralMailbox.server.mediaUrl'] as const) {
      expect(matches(id, value)).toBe(true);
      expect(isWarnedOf(id, value)).toBe(false);
      expect(readSetting(id)).toBe(value);
    }
  });

  it.each([
    'http://platform.ringcentral.com',
    'http://127.0.0.1.example.com',
    'https://platform.example.com/restapi',
    'https://platform.example.com?a=1',
    'https://user@platform.example.com',
    'ftp://platform.example.com',
    'https://',
    'two words',
  ])('is refused by all three: %s', (value) => {
    expect(readServerAddress(value)).toHaveProperty('problem');
    for (const id of ['ringcentralMailbox.server.url', 'ringcentralMailbox.server.mediaUrl'] as const) {
      expect(matches(id, value)).toBe(false);
      expect(isWarnedOf(id, value)).toBe(true);
      expect(readSetting(id)).toBe(properties[id]?.default);
    }
  });

  it('may be left out for the media host alone', () => {
    expect(matches('ringcentralMailbox.server.mediaUrl', '')).toBe(true);
    expect(isWarnedOf('ringcentralMailbox.server.mediaUrl', '')).toBe(false);
    expect(matches('ringcentralMailbox.server.url', '')).toBe(false);
    expect(isWarnedOf('ringcentralMailbox.server.url', '')).toBe(true);
  });
});

describe('a setting that changes takes effect without a reload', () => {
  beforeEach(() => vscode.values.clear());

  const change = (id: string, value: unknown): void => {
    vscode.values.set(id, value);
    vscode.changed(id);
  };

  it('because it is read whenever it is needed', () => {
    for (const number of [1, 2]) {
      change('ringcentralMailbox.server.url', `https://platform${number}.example.com`);
      change('ringcentralMailbox.server.mediaUrl', `https://media${number}.example.com`);
      change('ringcentralMailbox.clientId', `app-${number}`);
      change('ringcentralMailbox.signIn.localPort', 40_000 + number);
      change('ringcentralMailbox.markVoicemailRead', number === 1 ? 'onPlay' : 'onOpen');
      change('ringcentralMailbox.markReadOnOpen', number === 2);
      expect(serverSetting()).toEqual({
        rest: `https://platform${number}.example.com`,
        media: `https://media${number}.example.com`,
      });
      expect(clientIdSetting()).toBe(`app-${number}`);
      expect(readUserSetting('ringcentralMailbox.signIn.localPort')).toBe(40_000 + number);
      expect(readSetting('ringcentralMailbox.markVoicemailRead')).toBe(number === 1 ? 'onPlay' : 'onOpen');
      expect(readSetting('ringcentralMailbox.markReadOnOpen')).toBe(number === 2);
    }
  });

  it('because who keeps messages is told of it', () => {
    const storage = new StorageSettings();
    const told: unknown[] = [];
    storage.onDidChangeKeepOnDisk(() => told.push(storage.keepOnDisk));
    storage.onDidChangeHistory(() => told.push(storage.history));
    storage.onDidChangeCacheLimit(() => told.push(storage.cacheLimit));
    change('ringcentralMailbox.sync.history', '30days');
    change('ringcentralMailbox.cache.maxSize', 7);
    change('ringcentralMailbox.keepOnDisk', false);
    expect(told).toEqual(['30 days', 7_000_000, false]);
    expect(storage.cacheLimit, 'nothing is cached either').toBe(0);
    storage.dispose();
  });
});
