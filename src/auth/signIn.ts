import type { CodeGrant } from '../api/authorization';
import type { ServerOrigins } from '../api/transport';

/** The registered app that a session belongs to. */
export interface AppCredential {
  readonly server: ServerOrigins;
  readonly clientId: string;
  /** Missing for a public client. */
  readonly clientSecret?: string;
}

/** What gets tokens without the user, as often as needed. */
export interface JwtCredential extends AppCredential {
  readonly clientSecret: string;
  /** Created by a person at RingCentral; it outlives many tokens, so it is as secret as a password. */
  readonly jwt: string;
}

/** What renews the tokens of a session. Without a JWT only its refresh token does, and after that the user. */
export type Credential = AppCredential | JwtCredential;

export interface JwtSignIn extends JwtCredential {
  readonly kind: 'jwt';
}

/** In the user's browser (authorization code with PKCE). */
export interface BrowserSignIn extends AppCredential {
  readonly kind: 'pkce';
}

/** A sign-in that the user has agreed to in the browser. */
export interface GrantedSignIn extends BrowserSignIn {
  readonly grant: CodeGrant;
}

/** The sample mailbox of the embedded emulator, whose credentials are new at every start. */
export interface SampleSignIn {
  readonly kind: 'sample';
}

/** A way to sign in, as a person chooses it. */
export type SignIn = SampleSignIn | JwtSignIn | BrowserSignIn;

/** A sign-in that needs nothing more from the person. */
export type ReadySignIn = SampleSignIn | JwtSignIn | GrantedSignIn;
