import { join } from 'node:path';

import { whenNpmIsGone } from '../util/whenNpmIsGone';
import { type CliOptions, readCliOptions, USAGE, UsageError } from './cliOptions';
import { type Emulator, startEmulator } from './emulator';

const FAILED = 1;
const WRONG_USAGE = 2;

/** Serves until SIGINT or SIGTERM, or until the npm that runs it gets one; its one line on stdout tells a client all it needs. */
async function main(args: readonly string[]): Promise<void> {
  const options = readCliOptions(args);
  const emulator = await start(options);
  const { url, mediaUrl, clientId, clientSecret, jwt, adminToken } = emulator;
  process.stdout.write(`${JSON.stringify({ url, mediaUrl, clientId, clientSecret, jwt, adminToken })}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.stop());
  void whenNpmIsGone().then(() => emulator.stop());
}

function start({ messages, ...options }: CliOptions): Promise<Emulator> {
  return startEmulator({
    ...options,
    ...(messages !== undefined && { messages }),
    // This file is bundled into a folder beside `media`.
    mediaDirectory: join(__dirname, '../media/sample'),
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof UsageError ? `${message}\n\n${USAGE}` : `${message}\n`);
  process.exitCode = error instanceof UsageError ? WRONG_USAGE : FAILED;
});
