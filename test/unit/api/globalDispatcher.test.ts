import { expect, test } from 'vitest';
import { runBundled } from './bundle';

const USE_CLIENT = `
  const server = require('node:http').createServer((request, response) => response.end('ours'));
  server.listen(0, '127.0.0.1', async () => {
    const client = new HttpClient({ noProxy: [], strictSSL: true, systemCertificates: true, useProxy: true });
    const url = new URL('http://127.0.0.1:' + server.address().port);
    const { status } = await client.send({ method: 'GET', url });
    const dispatchers = ['1', '2'].map((version) => globalThis[Symbol.for('undici.globalDispatcher.' + version)]);
    finish(status, dispatchers, url);
    await client.dispose();
    server.close();
    server.closeAllConnections();
  });`;

test('HttpClient sets no global dispatcher', async () => {
  const script = `
    import { HttpClient } from './src/api/httpClient';
    function finish(status, dispatchers) {
      console.log(JSON.stringify({ status, names: dispatchers.map(String) }));
    }
    ${USE_CLIENT}`;
  expect(JSON.parse(await runBundled(script))).toEqual({ status: 200, names: ['undefined', 'undefined'] });
});

test('HttpClient keeps the global dispatcher that others have set, so that their fetch uses it', async () => {
  const script = `
    const seen = [];
    const theirs = { dispatch(options, handler) { seen.push(options.path); throw new Error('theirs'); } };
    for (const version of ['1', '2']) {
      globalThis[Symbol.for('undici.globalDispatcher.' + version)] = theirs;
    }
    const { HttpClient } = require('./src/api/httpClient');
    async function finish(status, dispatchers, url) {
      const kept = dispatchers.every((dispatcher) => dispatcher === theirs);
      await fetch(new URL('/fetched', url)).catch(() => undefined);
      console.log(JSON.stringify({ status, kept, seen }));
    }
    ${USE_CLIENT}`;
  expect(JSON.parse(await runBundled(script))).toEqual({ status: 200, kept: true, seen: ['/fetched'] });
});

test('importing undici as a whole sets a global dispatcher, so the tests above can fail', async () => {
  const script = `
    import { Agent } from 'undici';
    console.log(typeof Agent, typeof globalThis[Symbol.for('undici.globalDispatcher.1')]);`;
  expect(await runBundled(script)).toBe('function object');
});
