import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './freePort';

/** A server as its clients reach it over a line that can be cut, and mended. */
export interface CuttableServer {
  readonly url: string;
  /** From now on nobody reaches the server, and whoever was connected is no more. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts a line in front of the server at `url`. */
export async function cuttable(url: string): Promise<CuttableServer> {
  const { port } = new URL(url);
  const open = new Set<Socket>();
  const track = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // Ends come in pairs: what breaks on one side is ended on the other.
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((client) => {
    const upstream = connect(Number(port), '127.0.0.1');
    for (const socket of [client, upstream]) track(socket);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  // While the line is cut, nobody else may take the port.
  const own = await freePort();
  await listen(server, own);

  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${String(own)}`,
    cut,
    mend: () => listen(server, own),
    stop: async () => {
      if (server.listening) await cut();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
