import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The extension hosts that a VS Code server has started, as it says in its log on standard output. */
export class ExtensionHosts {
  readonly #running = new Set<number>();
  #whenChanged = Promise.withResolvers<void>();

  constructor(server: ChildProcess) {
    if (!server.stdout) throw new Error('The output of the server is not piped.');
    createInterface(server.stdout).on('line', (line) => {
      const [, pid, event] =
        /<(\d+)> (Launched Extension Host Process|Extension Host Process exited)/.exec(line) ?? [];
      if (event === undefined) return;
      if (event.startsWith('Launched')) this.#running.add(Number(pid));
      else this.#running.delete(Number(pid));
      this.#whenChanged.resolve();
      this.#whenChanged = Promise.withResolvers();
    });
  }

  /**
   * Ends all of them and waits until they are gone. By itself the server would keep one for hours after its window was
   * closed, for the case that only the connection was lost.
   */
  async end(): Promise<void> {
    while (this.#running.size > 0) {
      // Another one may have been started meanwhile.
      for (const pid of this.#running) kill(pid);
      await this.#whenChanged.promise;
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
