import * as vscode from 'vscode';
import type { ServerOrigins } from '../api/transport';
import { Setting, SETTINGS_SECTION } from '../ids';
import { serverFromSettings } from './serverAddress';

/**
 * The server that the user's settings name, if they name one that can be used. Read from the user's settings alone:
 * a workspace must have no say in where credentials are sent.
 */
export function serverSetting(): ServerOrigins | undefined {
  const section = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  const read = (key: string): string => {
    const value = section.inspect<unknown>(key);
    const text = value?.globalValue ?? value?.defaultValue;
    return typeof text === 'string' ? text : '';
  };
  return serverFromSettings(read(Setting.ServerUrl), read(Setting.ServerMediaUrl));
}
