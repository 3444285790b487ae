import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Emulator } from '../../src/emulator/emulator';

/** Addresses of this machine that code-server does not take for its own, at least one of which every system has. */
const HOSTS = ['127.0.0.2', '::1'];

/** A second address of a server on this machine. */
export interface OtherAddress {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Gives a server on this machine another address. Pages at the usual ones are opened by way of code-server's own proxy,
 * which is not there when its workbench is run alone, and which RingCentral's pages never pass.
 */
async function atOtherLoopback(url: string): Promise<OtherAddress> {
  const port = Number(new URL(url).port);
  for (const host of HOSTS) {
    const open = new Set<Socket>();
    const server = createServer((incoming) => {
      open.add(incoming);
      incoming.on('close', () => open.delete(incoming));
      const outgoing = connect(port, '127.0.0.1');
      incoming.pipe(outgoing).pipe(incoming);
      incoming.on('error', () => outgoing.destroy());
      outgoing.on('error', () => incoming.destroy());
    });
    try {
      await once(server.listen(0, host), 'listening');
    } catch {
      // This system has another one.
      continue;
    }
    const { port: own, family } = server.address() as AddressInfo;
    return {
      url: `http://${family === 'IPv6' ? `[${host}]` : host}:${own}`,
      stop: async () => {
        const closed = once(server, 'close');
        server.close();
        // A browser keeps its connections for a while, used or not.
        for (const socket of open) socket.destroy();
        await closed;
      },
    };
  }
  throw new Error('This machine has a single loopback address.');
}

/** A fixture: the emulator of the test where VS Code opens its pages as it opens RingCentral's. */
export async function withOtherAddress(
  { emulator }: { readonly emulator: Emulator },
  use: (address: OtherAddress) => Promise<void>,
): Promise<void> {
  const otherAddress = await atOtherLoopback(emulator.url);
  await use(otherAddress);
  // Its connections pass through.
  await emulator.stop();
  await otherAddress.stop();
}
