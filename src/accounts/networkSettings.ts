import { workspace, type Disposable } from 'vscode';
import type { NetworkSettings } from '../api/network';
import { readSetting } from '../settings';

/** VS Code's own settings on proxy and certificates, as they are now. */
export function readNetworkSettings(): NetworkSettings {
  const proxy = readSetting('http.proxy').trim();
  const proxyAuthorization = readSetting('http.proxyAuthorization');
  return {
    ...(proxy && { proxy }),
    ...(proxyAuthorization && { proxyAuthorization }),
    noProxy: readSetting('http.noProxy'),
    strictSSL: readSetting('http.proxyStrictSSL'),
    systemCertificates: readSetting('http.systemCertificates'),
    useProxy: readSetting('http.proxySupport') !== 'off',
  };
}

/** Tells the new settings whenever they may have changed. */
export function onDidChangeNetworkSettings(listener: (settings: NetworkSettings) => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http')) listener(readNetworkSettings());
  });
}
