import * as vscode from 'vscode';
import { Setting, SETTINGS_SECTION } from '../ids';
import { readUserSetting } from '../settings';

/** The app that the user's settings name; empty if they name none. Never a workspace's. */
export function clientIdSetting(): string {
  return readUserSetting('ringcentralMailbox.clientId');
}

/** Remembers the app that has signed in, for the next time. */
export async function rememberClientId(clientId: string): Promise<void> {
  if (clientId === clientIdSetting()) return;
  await vscode.workspace
    .getConfiguration(SETTINGS_SECTION)
    .update(Setting.ClientId, clientId, vscode.ConfigurationTarget.Global);
}
