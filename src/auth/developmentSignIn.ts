import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { ReadySignIn } from './signIn';

/**
 * Names a file with a JWT credential as JSON (see `credential` below): an extension under development signs in with it
 * without asking. Nothing happens while there is no such file.
 */
const CREDENTIAL_VARIABLE = 'RINGCENTRAL_MAILBOX_CREDENTIAL';

/** Set to 1 by `npm start` and a launch configuration: an extension under development opens the sample mailbox without asking. */
const SAMPLE_VARIABLE = 'RINGCENTRAL_MAILBOX_SAMPLE';

const credential = v.object({
  server: v.object({ rest: v.string(), media: v.string() }),
  clientId: v.string(),
  clientSecret: v.string(),
  jwt: v.string(),
});

/**
 * The sign-in that whoever develops or tests the extension has asked for in the environment; undefined if none.
 * @throws SyntaxError or ValiError if the file holds no credential
 */
export async function developmentSignIn(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReadySignIn | undefined> {
  if (environment[SAMPLE_VARIABLE] === '1') return { kind: 'sample' };
  const file = environment[CREDENTIAL_VARIABLE];
  const text = file && (await readIfPresent(file));
  return text ? { kind: 'jwt', ...v.parse(credential, JSON.parse(text)) } : undefined;
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
