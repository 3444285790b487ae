import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isOfThisMachine } from '../../../src/emulator/listener';
import { startTestEmulator } from './testEmulator';

describe('a request that says another name than that of this machine', () => {
  it.each(['127.0.0.1:8080', '127.0.0.2', 'localhost:1', '[::1]:8080'])('is answered for %s', (host) => {
    expect(isOfThisMachine({ headers: { host } })).toBe(true);
  });

  it.each([
    'evil.test',
    'evil.test:8080',
    '127.0.0.1.evil.test',
    '10.0.0.1',
    'localhost.evil.test',
    '',
    undefined,
  ])('is refused for %s', (host) => {
    expect(isOfThisMachine({ headers: { host } })).toBe(false);
  });

  it('is refused on the wire, with and without a token, and not logged', async () => {
    const emulator = await startTestEmulator();
    const { hostname, port } = new URL(emulator.emulator.url);
    const before = await emulator.admin.requests();
    const status = await new Promise((resolve) => {
      const path = '/restapi/v1.0/account/~/extension/~/message-store';
      httpRequest({ hostname, port, path, headers: { host: `evil.test:${port}` } })
        .on('response', (response) => resolve(response.statusCode))
        .end();
    });
    expect(status).toBe(403);
    expect(await emulator.admin.requests()).toEqual(before);
  });

  it('is not made into a WebSocket connection', async () => {
    const emulator = await startTestEmulator();
    const { hostname, port } = new URL(emulator.emulator.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          'GET /restapi/push HTTP/1.1\r\nHost: evil.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
        ),
      );
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
    });
    expect(answer).toBe('');
  });
});

describe('a body without a token', () => {
  it.each([
    ['POST', '/restapi/oauth/token'],
    ['PUT', '/restapi/v1.0/account/~/extension/~/message-store/1'],
    ['POST', '/emulator/deliver'],
  ])('is read up to 64 kB: %s %s', async (method, path) => {
    const emulator = await startTestEmulator();
    const response = await fetch(emulator.emulator.url + path, { method, body: 'x'.repeat(100_000) });
    expect(response.status).toBe(413);
  });
});
