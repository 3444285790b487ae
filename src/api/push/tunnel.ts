import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type NetworkSettings, proxyFor } from '../network';
import { systemSecureContext } from '../systemSecureContext';

/** A proxy that is there but does not let us through. */
export class ProxyRefusal extends Error {}

/**
 * Opens a connection to the host of `url` as the user's network needs it: through the proxy, with the certificates.
 * Written by hand because what there is for this (https-proxy-agent) brings Kerberos and a debug log that would print
 * the proxy's password.
 * @param url `https:` or `http:`
 * @throws Error of Node's networking, or ProxyRefusal
 */
export async function openConnection(
  url: URL,
  network: NetworkSettings,
  signal: AbortSignal,
): Promise<Socket> {
  const proxy = proxyFor(url, network, process.env);
  if (!proxy) return url.protocol === 'https:' ? encrypted(url, network, signal) : plain(url, signal);
  const toProxy = await (proxy.protocol === 'https:'
    ? encrypted(proxy, network, signal)
    : plain(proxy, signal));
  const tunnel = await openTunnel(toProxy, url, proxyAuthorization(proxy, network), signal);
  return url.protocol === 'https:' ? encrypted(url, network, signal, tunnel) : tunnel;
}

async function plain(url: URL, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  return established(connectPlain(addressOf(url)), 'connect', signal);
}

async function encrypted(
  url: URL,
  { strictSSL, systemCertificates }: NetworkSettings,
  signal: AbortSignal,
  socket?: Socket,
): Promise<Socket> {
  signal.throwIfAborted();
  const { host, port } = addressOf(url);
  const options = {
    ...(socket ? { socket } : { host, port }),
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: strictSSL,
    ...(systemCertificates && { secureContext: systemSecureContext() }),
  };
  return established(connectTls(options), 'secureConnect', signal);
}

async function established(socket: Socket, event: string, signal: AbortSignal): Promise<Socket> {
  try {
    await once(socket, event, { signal });
    return socket;
  } catch (error) {
    discard(socket);
    throw error;
  }
}

async function openTunnel(
  proxy: Socket,
  target: URL,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<Socket> {
  const { hostname } = target;
  const host = `${hostname}:${addressOf(target).port}`;
  const connecting = request({
    method: 'CONNECT',
    path: host,
    headers: { host, ...(authorization !== undefined && { 'proxy-authorization': authorization }) },
    createConnection: () => proxy,
    // Never used, because the connection is given; without it VS Code's proxy agent would ignore that: see `ipcUrl`.
    socketPath: '/',
    signal,
  });
  try {
    const answered = once(connecting, 'connect') as Promise<[IncomingMessage, Socket, Buffer]>;
    connecting.end();
    const [{ statusCode }, socket, head] = await answered;
    if (statusCode !== 200) throw new ProxyRefusal(`The proxy answers ${statusCode}`);
    if (head.length > 0) socket.unshift(head);
    return socket;
  } catch (error) {
    discard(proxy);
    throw error;
  }
}

function addressOf({ protocol, hostname, port }: URL): { host: string; port: number } {
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
}

/** Its errors are heard no more. */
function discard(socket: Socket): void {
  socket.on('error', () => undefined).destroy();
}

function proxyAuthorization(proxy: URL, network: NetworkSettings): string | undefined {
  if (network.proxyAuthorization) return network.proxyAuthorization;
  if (!proxy.username && !proxy.password) return undefined;
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
