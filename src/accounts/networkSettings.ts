import { workspace, type Disposable } from 'vscode';
import type { NetworkSettings } from '../api/network';

/** VS Code's own settings on proxy and certificates, as they are now. */
export function readNetworkSettings(): NetworkSettings {
  const http = workspace.getConfiguration('http');
  const proxy = http.get<string>('proxy', '').trim();
  const proxyAuthorization = http.get<string | null>('proxyAuthorization', null);
  return {
    ...(proxy && { proxy }),
    ...(proxyAuthorization && { proxyAuthorization }),
    noProxy: http.get<string[]>('noProxy', []),
    strictSSL: http.get<boolean>('proxyStrictSSL', true),
    systemCertificates: http.get<boolean>('systemCertificates', true),
    useProxy: http.get<string>('proxySupport', 'override') !== 'off',
  };
}

/** Tells the new settings whenever they may have changed. */
export function onDidChangeNetworkSettings(listener: (settings: NetworkSettings) => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http')) listener(readNetworkSettings());
  });
}
