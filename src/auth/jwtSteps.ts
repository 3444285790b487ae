import { l10n } from 'vscode';
import type { ServerOrigins } from '../api/transport';
import { readClientId, readClientSecret, readJwt, type CredentialProblem } from './credentialInput';
import type { Entered } from './entered';
import { problemText } from './problemText';
import {
  knownMediaOrigin,
  PRODUCTION,
  readServerAddress,
  SANDBOX,
  serverAt,
  type AddressProblem,
} from './serverAddress';
import type { JwtCredential } from './signIn';
import { BACK, type Step } from './stepFlow';
import { askChoice, askText, type Choice, type HelpLink, type TextQuestion } from './stepInputs';

const JWT_GUIDE_URL = 'https://developers.ringcentral.com/guide/authentication/jwt/create-jwt';
const APPS_URL = 'https://developers.ringcentral.com/my-account.html#/applications';

/** A JWT credential that is being entered. */
export interface JwtDraft extends JwtCredential {
  /** The server is none of those offered: its address is asked for. */
  readonly otherServer: boolean;
}

/** The steps that are still needed, given what has been answered. */
export function jwtSteps({ otherServer, server }: JwtDraft): Step<JwtDraft>[] {
  return [
    askServer,
    ...(otherServer ? [askAddress] : []),
    ...(otherServer && knownMediaOrigin(server.rest) === undefined ? [askMediaAddress] : []),
    askClientId,
    askClientSecret,
    askJwt,
  ];
}

const askServer: Step<JwtDraft> = async (draft, position) => {
  const choices: Choice<ServerOrigins | 'other'>[] = [
    { value: PRODUCTION, label: l10n.t('Production'), description: PRODUCTION.rest },
    { value: SANDBOX, label: l10n.t('Sandbox environment'), description: SANDBOX.rest },
    ...(isOffered(draft.server) ? [] : [{ value: draft.server, label: draft.server.rest }]),
    { value: 'other', label: l10n.t('Other…'), description: l10n.t('enter the address') },
  ];
  const current = choices.find(({ value }) => value !== 'other' && value.rest === draft.server.rest);
  const answer = await askChoice(l10n.t('Server that the account is on'), choices, current, position);
  if (answer === undefined || answer === BACK) return answer;
  return answer === 'other'
    ? { ...draft, otherServer: true }
    : { ...draft, otherServer: false, server: answer };
};

const askAddress = textStep(
  ({ server }) => ({
    prompt: l10n.t('Address of the server'),
    placeholder: 'https://platform.example.com',
    value: isOffered(server) ? '' : server.rest,
    read: explained(readServerAddress),
  }),
  // The same address again keeps the media address that was entered with it.
  (draft, rest) => (rest === draft.server.rest ? draft : { ...draft, server: serverAt(rest) }),
);

const askMediaAddress = textStep(
  ({ server }) => ({
    prompt: l10n.t('Address that this server sends attachments from, often the same'),
    value: server.media,
    read: explained(readServerAddress),
  }),
  (draft, media) => ({ ...draft, server: { ...draft.server, media } }),
);

const askClientId = textStep(
  ({ clientId }) => ({
    prompt: l10n.t('Client ID of your app'),
    value: clientId,
    help: appsPage(),
    read: explained(readClientId),
  }),
  (draft, clientId) => ({ ...draft, clientId }),
);

const askClientSecret = textStep(
  ({ clientSecret }) => ({
    prompt: l10n.t('Client secret of your app'),
    value: clientSecret,
    password: true,
    help: appsPage(),
    read: explained(readClientSecret),
  }),
  (draft, clientSecret) => ({ ...draft, clientSecret }),
);

const askJwt = textStep(
  ({ jwt }) => ({
    prompt: l10n.t('JWT credential that you created for this app'),
    value: jwt,
    password: true,
    help: { label: l10n.t('How to create a JWT credential'), url: JWT_GUIDE_URL },
    read: explained(readJwt),
  }),
  (draft, jwt) => ({ ...draft, jwt }),
);

function textStep(
  question: (draft: JwtDraft) => TextQuestion,
  answered: (draft: JwtDraft, value: string) => JwtDraft,
): Step<JwtDraft> {
  return async (draft, position) => {
    const answer = await askText(question(draft), position);
    return typeof answer === 'string' ? answered(draft, answer) : answer;
  };
}

function explained(
  read: (text: string) => Entered<AddressProblem | CredentialProblem>,
): (text: string) => Entered<string> {
  return (text) => {
    const entered = read(text);
    return 'value' in entered ? entered : { problem: problemText(entered.problem) };
  };
}

function appsPage(): HelpLink {
  return { label: l10n.t('Show my apps in the RingCentral developer console'), url: APPS_URL };
}

function isOffered({ rest }: ServerOrigins): boolean {
  return rest === PRODUCTION.rest || rest === SANDBOX.rest;
}
