import { l10n } from 'vscode';
import { appsPage, askClientId } from './appSteps';
import { readClientSecret, readJwt } from './credentialInput';
import { serverSteps, type ServerDraft } from './serverSteps';
import type { JwtCredential } from './signIn';
import type { Step } from './stepFlow';
import { explained, textStep } from './textStep';

const JWT_GUIDE_URL = 'https://developers.ringcentral.com/guide/authentication/jwt/create-jwt';

/** A JWT credential that is being entered. */
export type JwtDraft = JwtCredential & ServerDraft;

/** The steps that are still needed, given what has been answered. */
export function jwtSteps(draft: JwtDraft): Step<JwtDraft>[] {
  return [...serverSteps(draft), askClientId(), askClientSecret, askJwt];
}

const askClientSecret: Step<JwtDraft> = textStep(
  ({ clientSecret }) => ({
    prompt: l10n.t('Client secret of your app'),
    value: clientSecret,
    password: true,
    help: appsPage(),
    read: explained(readClientSecret),
  }),
  (draft, clientSecret) => ({ ...draft, clientSecret }),
);

const askJwt: Step<JwtDraft> = textStep(
  ({ jwt }) => ({
    prompt: l10n.t('JWT credential that you created for this app'),
    value: jwt,
    password: true,
    help: { label: l10n.t('How to create a JWT credential'), url: JWT_GUIDE_URL },
    read: explained(readJwt),
  }),
  (draft, jwt) => ({ ...draft, jwt }),
);
