import * as vscode from 'vscode';
import { Setting } from '../ids';
import { readUserSetting } from '../settings';

/** The app that the user's settings name; empty if they name none. Never a workspace's. */
export function clientIdSetting(): string {
  return readUserSetting(Setting.ClientId);
}

/** Remembers the app that has signed in, for the next time. */
export async function rememberClientId(clientId: string): Promise<void> {
  if (clientId === clientIdSetting()) return;
  await vscode.workspace
    .getConfiguration()
    .update(Setting.ClientId, clientId, vscode.ConfigurationTarget.Global);
}
