import { l10n } from 'vscode';
import { readClientId } from './credentialInput';
import type { Step } from './stepFlow';
import type { HelpLink } from './stepInputs';
import { explained, textStep } from './textStep';

const APPS_URL = 'https://developers.ringcentral.com/my-account.html#/applications';

/** Asks for the app that signs in. */
export function askClientId<Draft extends { readonly clientId: string }>(): Step<Draft> {
  return textStep(
    ({ clientId }) => ({
      prompt: l10n.t('Client ID of your app'),
      value: clientId,
      help: appsPage(),
      read: explained(readClientId),
    }),
    (draft, clientId) => ({ ...draft, clientId }),
  );
}

export function appsPage(): HelpLink {
  return { label: l10n.t('Show my apps in the RingCentral developer console'), url: APPS_URL };
}
