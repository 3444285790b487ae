import * as vscode from 'vscode';
import { Setting, SETTINGS_SECTION } from '../ids';

/** The app that the user's settings name; empty if they name none. Never a workspace's. */
export function clientIdSetting(): string {
  const value = vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect<unknown>(Setting.ClientId);
  return typeof value?.globalValue === 'string' ? value.globalValue : '';
}

/** Remembers the app that has signed in, for the next time. */
export async function rememberClientId(clientId: string): Promise<void> {
  if (clientId === clientIdSetting()) return;
  await vscode.workspace
    .getConfiguration(SETTINGS_SECTION)
    .update(Setting.ClientId, clientId, vscode.ConfigurationTarget.Global);
}
