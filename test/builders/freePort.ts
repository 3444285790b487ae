import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Systems give ports from 32768 on to whatever asks for any port: every connection, of whatever else runs here. What is below
 * is only taken by those who ask for just that port.
 */
const FIRST = 20_000;
const COUNT = 10_000;

/** On the global object because every file of integration tests is a bundle of its own, with its own copy of this module. */
const given = ((globalThis as { portsGiven?: Set<number> }).portsGiven ??= new Set());

/** A port of 127.0.0.1 that nothing listens on, nothing will by chance, and nothing in this process was given before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (given.has(port)) continue;
    given.add(port);
    const server = createServer();
    try {
      await once(server.listen(port, '127.0.0.1'), 'listening');
    } catch {
      continue;
    }
    await once(server.close(), 'close');
    return port;
  }
}
