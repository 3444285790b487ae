import type { ServerOrigins } from '../api/transport';
import { Setting } from '../ids';
import { readUserSetting } from '../settings';
import { serverFromSettings } from './serverAddress';

/**
 * The server that the user's settings name, if they name one that can be used. Read from the user's settings alone:
 * a workspace must have no say in where credentials are sent.
 */
export function serverSetting(): ServerOrigins | undefined {
  return serverFromSettings(readUserSetting(Setting.ServerUrl), readUserSetting(Setting.ServerMediaUrl));
}
