import type { Message } from '../api/schema';
import type { Emulator } from '../emulator/emulator';
import type { JwtCredential } from './signIn';

/**
 * The emulator inside this extension host, started when a sample session first needs it. Its code is a bundle of its
 * own, loaded then and not before, so that it costs nothing to people who never use it.
 */
export class SampleServer {
  #emulator: Promise<Emulator> | undefined;

  /** @param mediaDirectory folder of the sample media files */
  constructor(private readonly mediaDirectory: string) {}

  /** The credential of the running emulator, which is started if it does not run yet. */
  async start(): Promise<JwtCredential> {
    const starting = (this.#emulator ??= launch(this.mediaDirectory));
    try {
      const { url, mediaUrl, clientId, clientSecret, jwt } = await starting;
      return { server: { rest: url, media: mediaUrl }, clientId, clientSecret, jwt };
    } catch (error) {
      // A start that failed is not kept, so that the next sign-in tries again.
      if (this.#emulator === starting) this.#emulator = undefined;
      throw error;
    }
  }

  /** Has a new message come to the sample mailbox, if that is open. @returns what is told of it without opening it */
  async deliver(): Promise<Message | undefined> {
    const emulator = await this.#emulator;
    return emulator?.deliverSample();
  }

  /** Ends the emulator, and with it every change made to the sample mailbox. */
  async stop(): Promise<void> {
    const running = this.#emulator;
    this.#emulator = undefined;
    const emulator = await running?.catch(() => undefined);
    await emulator?.stop();
  }
}

async function launch(mediaDirectory: string): Promise<Emulator> {
  const { startEmulator } = await import('../emulator/emulator');
  return startEmulator({ mediaDirectory });
}
