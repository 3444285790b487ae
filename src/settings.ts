import * as vscode from 'vscode';
import { showWarning } from './display/window';
import { Setting, SETTINGS_SECTION } from './ids';

/** A setting, and which of its values can be used: anybody can write anything into a settings file. */
interface Rule<Value> {
  readonly fallback: Value;
  readonly isValid: (value: unknown) => value is Value;
}

function textOr(fallback: string): Rule<string> {
  return { fallback, isValid: (value) => typeof value === 'string' };
}

const text = textOr('');

/** A server's address as people write it, as package.json has it: https, unless it is this computer; no path. */
const ADDRESS =
  /^(?:https:\/\/|http:\/\/(?=(?:localhost|[^\s/?#@]+\.localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?\/?$))?[^\s/?#@]+\/?$/;

/** @param or counts as an address, too */
function address(fallback: string, or?: string): Rule<string> {
  return {
    fallback,
    isValid: (value): value is string =>
      typeof value === 'string' && (value.trim() === or || ADDRESS.test(value.trim())),
  };
}

function flag(fallback: boolean): Rule<boolean> {
  return { fallback, isValid: (value) => typeof value === 'boolean' };
}

function number(fallback: number, from: number, to: number): Rule<number> {
  return {
    fallback,
    isValid: (value): value is number => typeof value === 'number' && value >= from && value <= to,
  };
}

/** @param values the first is the fallback */
function oneOf<const Value extends string>(...values: readonly [Value, ...Value[]]): Rule<Value> {
  return {
    fallback: values[0],
    isValid: (value): value is Value => values.some((each) => each === value),
  };
}

const texts: Rule<readonly string[]> = {
  fallback: [],
  isValid: (value): value is readonly string[] =>
    Array.isArray(value) && value.every((each) => typeof each === 'string'),
};

const textOrNone: Rule<string | null> = {
  fallback: null,
  isValid: (value) => value === null || typeof value === 'string',
};

const port: Rule<number> = {
  fallback: 53931,
  isValid: (value): value is number =>
    Number.isInteger(value) && Number(value) >= 1024 && Number(value) < 65_536,
};

/** Two times of the day, such as `22:00-07:00`; empty for none. The manifest has the same pattern. */
const quietHours: Rule<string> = {
  fallback: '',
  isValid: (value): value is string =>
    typeof value === 'string' && /^(?:(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)?$/.test(value),
};

/** Every setting that is read, VS Code's own included. */
const RULES = {
  'http.proxy': text,
  'http.proxyAuthorization': textOrNone,
  'http.noProxy': texts,
  'http.proxyStrictSSL': flag(true),
  'http.systemCertificates': flag(true),
  'http.proxySupport': textOr('override'),
  'explorer.decorations.badges': flag(true),
  [Setting.ServerUrl]: address('https://platform.ringcentral.com'),
  [Setting.ServerMediaUrl]: address('', ''),
  [Setting.ClientId]: text,
  [Setting.SignInLocalPort]: port,
  [Setting.MarkReadOnOpen]: flag(true),
  [Setting.MarkVoicemailRead]: oneOf('onOpen', 'onPlay'),
  [Setting.StatusBar]: flag(true),
  [Setting.SyncHistory]: oneOf('everything', '1year', '30days'),
  [Setting.KeepOnDisk]: flag(true),
  [Setting.CacheMaxSize]: number(500, 0, 1e6),
  [Setting.OpenWith]: oneOf('web', 'app', 'system'),
  [Setting.NotificationsMode]: oneOf('important', 'off', 'all'),
  [Setting.NotificationsShowText]: flag(false),
  [Setting.NotificationsQuietHours]: quietHours,
} as const;

export type SettingId = keyof typeof RULES;
type ValueOf<Id extends SettingId> = (typeof RULES)[Id]['fallback'];

/** What the setting says; if that cannot be used, what counts without it (`SettingsCheck` tells people). */
export function readSetting<Id extends SettingId>(id: Id): ValueOf<Id> {
  return usable(id, vscode.workspace.getConfiguration().get<unknown>(id));
}

/** Likewise, of the user's settings alone: a workspace must have no say in it. */
export function readUserSetting<Id extends SettingId>(id: Id): ValueOf<Id> {
  const { globalValue, defaultValue } = vscode.workspace.getConfiguration().inspect<unknown>(id) ?? {};
  return usable(id, globalValue ?? defaultValue);
}

/**
 * Changes the user's settings.
 * @throws Error of VS Code if it cannot: the file cannot be written, or a policy decides
 */
export async function writeUserSetting<Id extends SettingId>(id: Id, value: ValueOf<Id>): Promise<void> {
  await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
}

/** Tells people, once for each value, of settings that are ignored because their values cannot be used. */
export class SettingsCheck implements vscode.Disposable {
  readonly #told = new Set<string>();
  readonly #following: vscode.Disposable;

  constructor(private readonly log: (line: string) => void) {
    this.#following = vscode.workspace.onDidChangeConfiguration((event) => {
      if (['http', SETTINGS_SECTION].some((section) => event.affectsConfiguration(section))) this.#look();
    });
    this.#look();
  }

  dispose(): void {
    this.#following.dispose();
  }

  #look(): void {
    for (const id of Object.keys(RULES) as SettingId[]) {
      const value = vscode.workspace.getConfiguration().get<unknown>(id);
      if (value === undefined || RULES[id].isValid(value)) continue;
      const which = `${id} ${JSON.stringify(value)}`;
      if (this.#told.has(which)) continue;
      this.#told.add(which);
      // The value may be a secret, such as the password of a proxy.
      this.log(`The setting ${id} is ignored, because its value cannot be used.`);
      const open = vscode.l10n.t('Open Settings');
      const sentence = vscode.l10n.t("The setting {0} is ignored because its value isn't valid.", id);
      void showWarning(sentence, open).then((chosen) => {
        if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettings', id);
      });
    }
  }
}

function usable<Id extends SettingId>(id: Id, value: unknown): ValueOf<Id> {
  const rule: Rule<unknown> = RULES[id];
  return (rule.isValid(value) ? value : rule.fallback) as ValueOf<Id>;
}
