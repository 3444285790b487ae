import type { TokenSet } from '../api/oauth';
import { SignInRequiredError } from '../api/errors';
import type { SecretSessionStore } from './secretSessionStore';

/** Where the tokens of one session are kept. */
export interface TokenVault {
  /** The latest tokens, whoever wrote them; undefined if there are none. */
  read(): Promise<TokenSet | undefined>;
  /** @throws SignInRequiredError if the session has been signed out meanwhile, which must not bring it back */
  write(tokens: TokenSet): Promise<void>;
}

/** Tokens in SecretStorage, shared by every window. */
export function secretVault(store: SecretSessionStore, sessionId: string): TokenVault {
  const read = async () => {
    const record = await store.get(sessionId);
    return record?.kind === 'sample' ? undefined : record;
  };
  return {
    read: async () => (await read())?.tokens,
    write: async (tokens) => {
      const record = await read();
      if (!record) throw new SignInRequiredError('The session was signed out');
      await store.put({ ...record, tokens });
    },
  };
}

/** Tokens that mean nothing outside this window: those of the embedded emulator. */
export function memoryVault(tokens?: TokenSet): TokenVault {
  return {
    read: () => Promise.resolve(tokens),
    write: (written) => {
      tokens = written;
      return Promise.resolve();
    },
  };
}
