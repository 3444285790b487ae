import { l10n } from 'vscode';
import { pickOne } from '../display/window';
import { browserSteps, type BrowserDraft } from './browserSteps';
import { clientIdSetting } from './clientIdSetting';
import { jwtSteps, type JwtDraft } from './jwtSteps';
import { PRODUCTION } from './serverAddress';
import { serverSetting } from './serverSetting';
import type { BrowserSignIn, JwtSignIn, SignIn } from './signIn';
import { runSteps } from './stepFlow';
import type { Choice } from './stepInputs';

/** Asks which way to sign in, and what that way takes; undefined if the user gives up. */
export async function askHowToSignIn(): Promise<SignIn | undefined> {
  const choices: Choice<SignIn['kind']>[] = [
    {
      value: 'pkce',
      label: l10n.t('Browser'),
      detail: l10n.t(
        'Your RingCentral account, with the client ID of an app that can sign in with the browser.',
      ),
    },
    {
      value: 'jwt',
      label: l10n.t('JWT credential'),
      detail: l10n.t('Your RingCentral account, with the client ID, client secret, and JWT of your own app.'),
    },
    {
      value: 'sample',
      label: l10n.t('Sample mailbox'),
      detail: l10n.t('Sample data, served by this computer. No account needed.'),
    },
  ];
  const chosen = await pickOne(choices, {
    title: l10n.t('Sign in to RingCentral'),
    placeHolder: l10n.t('How do you want to sign in?'),
  });
  switch (chosen?.value) {
    case 'sample':
      return { kind: 'sample' };
    case 'jwt':
      return askForJwtCredential();
    case 'pkce':
      return askForBrowserSignIn();
    case undefined:
      return undefined;
  }
}

/**
 * Asks step by step for what a sign-in with a JWT credential takes; undefined if the user gives up.
 * @param previous what was entered before and is to be corrected
 */
export async function askForJwtCredential(previous?: JwtSignIn): Promise<JwtSignIn | undefined> {
  const start: JwtDraft = {
    otherServer: false,
    server: previous?.server ?? serverSetting() ?? PRODUCTION,
    clientId: previous?.clientId ?? '',
    clientSecret: previous?.clientSecret ?? '',
    jwt: previous?.jwt ?? '',
  };
  const draft = await runSteps(l10n.t('Sign in with a JWT credential'), start, jwtSteps);
  if (!draft) return undefined;
  const { server, clientId, clientSecret, jwt } = draft;
  return { kind: 'jwt', server, clientId, clientSecret, jwt };
}

/**
 * Asks step by step for the app that a sign-in in the browser takes; undefined if the user gives up.
 * @param previous what was entered before and is to be corrected
 */
export async function askForBrowserSignIn(previous?: BrowserSignIn): Promise<BrowserSignIn | undefined> {
  const start: BrowserDraft = {
    otherServer: false,
    server: previous?.server ?? serverSetting() ?? PRODUCTION,
    clientId: previous?.clientId ?? clientIdSetting(),
    clientSecret: previous?.clientSecret ?? '',
  };
  const draft = await runSteps(l10n.t('Sign in with your browser'), start, browserSteps);
  if (!draft) return undefined;
  const { server, clientId, clientSecret } = draft;
  return { kind: 'pkce', server, clientId, ...(clientSecret !== '' && { clientSecret }) };
}
