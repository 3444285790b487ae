import type { ServerOrigins } from '../api/transport';

/** What gets tokens without the user, as often as needed. */
export interface JwtCredential {
  readonly server: ServerOrigins;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Created by a person at RingCentral; it outlives many tokens, so it is as secret as a password. */
  readonly jwt: string;
}

export interface JwtSignIn extends JwtCredential {
  readonly kind: 'jwt';
}

/** The sample mailbox of the embedded emulator, whose credentials are new at every start. */
export interface SampleSignIn {
  readonly kind: 'sample';
}

/** A way to sign in. */
export type SignIn = SampleSignIn | JwtSignIn;
