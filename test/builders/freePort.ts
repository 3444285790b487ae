import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Systems give ports from 32768 on to whatever asks for any port: every connection, of whatever else runs here. What is below
 * is only taken by those who ask for just that port.
 */
const FIRST = 20_000;
const COUNT = 10_000;

/** A port of 127.0.0.1 that nothing listens on, and nothing will by chance. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
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
