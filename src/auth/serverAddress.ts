import { isLoopback } from '../api/network';
import type { ServerKind } from '../api/origins';
import type { ServerOrigins } from '../api/transport';
import type { Entered } from './entered';

/** RingCentral's public servers (FACTS, Hosts and authorization). */
export const PRODUCTION: ServerOrigins = {
  rest: 'https://platform.ringcentral.com',
  media: 'https://media.ringcentral.com',
};
export const SANDBOX: ServerOrigins = {
  rest: 'https://platform.devtest.ringcentral.com',
  media: 'https://media.devtest.ringcentral.com',
};

/** Which server has this origin; the sample's is one of this computer, and not to be told by it. */
export function serverKindOf({ rest }: ServerOrigins): Exclude<ServerKind, 'sample'> {
  if (rest === PRODUCTION.rest) return 'production';
  return rest === SANDBOX.rest ? 'sandbox' : 'another';
}

export type AddressProblem = 'empty' | 'notUrl' | 'notHttps' | 'notOrigin';

/**
 * Reads a server address as people write it (`platform.example.com`, `https://platform.example.com/`) into an origin.
 * Plain http would send credentials in the clear, so only this machine may be spoken to that way.
 */
export function readServerAddress(text: string): Entered<AddressProblem> {
  const address = text.trim();
  if (address === '') return { problem: 'empty' };
  const url = URL.parse(address.includes('://') ? address : `https://${address}`);
  if (!url?.hostname) return { problem: 'notUrl' };
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return { problem: 'notHttps' };
  }
  if (url.username || url.password || url.pathname !== '/' || url.search || url.hash) {
    return { problem: 'notOrigin' };
  }
  return { value: url.origin };
}

/** Whether `text` is exactly an origin as `readServerAddress` gives it: what may be stored and spoken to. */
export function isServerOrigin(text: string): boolean {
  const address = readServerAddress(text);
  return 'value' in address && address.value === text;
}

/** The media origin of a REST origin, where RingCentral's naming tells it; for any other server it must be asked. */
export function knownMediaOrigin(rest: string): string | undefined {
  const match = /^https:\/\/platform\.((?:[a-z0-9-]+\.)*ringcentral\.com)$/.exec(rest);
  return match ? `https://media.${match[1]}` : undefined;
}

/** A REST origin together with the most likely media origin. */
export function serverAt(rest: string): ServerOrigins {
  return { rest, media: knownMediaOrigin(rest) ?? rest };
}

/** A server as settings give it; the media address may be empty. Undefined if either address cannot be used. */
export function serverFromSettings(url: string, mediaUrl: string): ServerOrigins | undefined {
  const rest = readServerAddress(url);
  if (!('value' in rest)) return undefined;
  const server = serverAt(rest.value);
  if (mediaUrl.trim() === '') return server;
  const media = readServerAddress(mediaUrl);
  return 'value' in media ? { ...server, media: media.value } : undefined;
}
