import { readExtension } from '../api/account';
import { type ErrorKind, MailboxError } from '../api/errors';
import type { TokenSet } from '../api/oauth';
import type { Extension } from '../api/schema';
import type { Transport } from '../api/transport';
import { encodeLabel } from '../display/encode';

/** Whoever opens the sample mailbox opens the same one. */
export const SAMPLE_ACCOUNT_ID = 'sample';

/** What keeps a server from telling who has signed in, while it may have messages for them all the same. */
const UNTOLD: readonly ErrorKind[] = [
  'appPermission',
  'userPermission',
  'featureUnavailable',
  'invalidParameter',
  'responseFormat',
];

/**
 * Who has signed in. If the server does not tell, only what came with the token is known. Throws as `readExtension` does
 * otherwise.
 */
export async function whoSignedIn(
  transport: Transport,
  { ownerId }: TokenSet,
  signal?: AbortSignal,
): Promise<Extension> {
  try {
    return await readExtension(transport, signal);
  } catch (error) {
    if (ownerId === undefined || !(error instanceof MailboxError) || !UNTOLD.includes(error.kind))
      throw error;
    return { id: ownerId };
  }
}

/** Tells one mailbox from another; extension ids are unique within a server only. */
export function accountIdOf({ id }: Extension, rest: string): string {
  return `${id}@${new URL(rest).host}`;
}

/** What people call a mailbox, such as `Ada Park · 101`. */
export function labelOf({ id, name, extensionNumber }: Extension): string {
  return [encodeLabel(name), encodeLabel(extensionNumber)].filter(Boolean).join(' · ') || id;
}
