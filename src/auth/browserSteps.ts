import { l10n } from 'vscode';
import { appsPage, askClientId } from './appSteps';
import { readOptionalClientSecret } from './credentialInput';
import { serverSteps, type ServerDraft } from './serverSteps';
import type { Step } from './stepFlow';
import { explained, textStep } from './textStep';

/** The app of a sign-in in the browser, while it is being entered. */
export interface BrowserDraft extends ServerDraft {
  readonly clientId: string;
  /** Empty for a public client. */
  readonly clientSecret: string;
}

/** The steps that are still needed, given what has been answered. */
export function browserSteps(draft: BrowserDraft): Step<BrowserDraft>[] {
  return [...serverSteps(draft), askClientId(), askClientSecret];
}

const askClientSecret: Step<BrowserDraft> = textStep(
  ({ clientSecret }) => ({
    prompt: l10n.t('Client secret of your app. Leave empty if it has none.'),
    value: clientSecret,
    password: true,
    help: appsPage(),
    read: explained(readOptionalClientSecret),
  }),
  (draft, clientSecret) => ({ ...draft, clientSecret }),
);
