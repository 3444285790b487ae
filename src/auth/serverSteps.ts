import { l10n } from 'vscode';
import type { ServerOrigins } from '../api/transport';
import { knownMediaOrigin, PRODUCTION, readServerAddress, SANDBOX, serverAt } from './serverAddress';
import { BACK, type Step } from './stepFlow';
import { askChoice, type Choice } from './stepInputs';
import { explained, textStep } from './textStep';

/** The server of a sign-in that is being entered. */
export interface ServerDraft {
  readonly server: ServerOrigins;
  /** The server is none of those offered: its address is asked for. */
  readonly otherServer: boolean;
}

/** The steps that are still needed to know the server, given what has been answered. */
export function serverSteps<Draft extends ServerDraft>({ otherServer, server }: Draft): Step<Draft>[] {
  return [
    askServer,
    ...(otherServer ? [askAddress<Draft>()] : []),
    ...(otherServer && knownMediaOrigin(server.rest) === undefined ? [askMediaAddress<Draft>()] : []),
  ];
}

async function askServer<Draft extends ServerDraft>(
  draft: Draft,
  position: Parameters<Step<Draft>>[1],
): ReturnType<Step<Draft>> {
  const choices: Choice<ServerOrigins | 'other'>[] = [
    { value: PRODUCTION, label: l10n.t('Production'), description: PRODUCTION.rest },
    { value: SANDBOX, label: l10n.t('Sandbox'), description: SANDBOX.rest },
    ...(isOffered(draft.server) ? [] : [{ value: draft.server, label: draft.server.rest }]),
    { value: 'other', label: l10n.t('Other…'), description: l10n.t('Enter the address') },
  ];
  const current = choices.find(({ value }) => value !== 'other' && value.rest === draft.server.rest);
  const answer = await askChoice(l10n.t('Select the server your account is on'), choices, current, position);
  if (answer === undefined || answer === BACK) return answer;
  return answer === 'other'
    ? { ...draft, otherServer: true }
    : { ...draft, otherServer: false, server: answer };
}

function askAddress<Draft extends ServerDraft>(): Step<Draft> {
  return textStep(
    ({ server }) => ({
      prompt: l10n.t('Address of the server'),
      placeholder: 'https://platform.example.com',
      value: isOffered(server) ? '' : server.rest,
      read: explained(readServerAddress),
    }),
    // The same address again keeps the media address that was entered with it.
    (draft, rest) => (rest === draft.server.rest ? draft : { ...draft, server: serverAt(rest) }),
  );
}

function askMediaAddress<Draft extends ServerDraft>(): Step<Draft> {
  return textStep(
    ({ server }) => ({
      prompt: l10n.t('Address that this server sends attachments from (often the same)'),
      value: server.media,
      read: explained(readServerAddress),
    }),
    (draft, media) => ({ ...draft, server: { ...draft.server, media } }),
  );
}

function isOffered({ rest }: ServerOrigins): boolean {
  return rest === PRODUCTION.rest || rest === SANDBOX.rest;
}
