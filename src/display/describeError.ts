import * as vscode from 'vscode';
import {
  ApiError,
  BrowserSignInError,
  isMailboxError,
  NetworkError,
  SignInRequiredError,
  TooLargeError,
  UntrustedOriginError,
  WrongContentError,
} from '../api/errors';
import type { ContentKind } from '../formats/mediaTypes';
import { databaseTrouble, fileTrouble, type StorageTrouble } from '../storage/storageTrouble';
import { encodeLabel } from './encode';
import { signInProblem } from '../api/signInProblem';
import { signInProblemText } from './signInProblemText';
import { sizeText } from './sizeText';
import { UserError } from './userError';

/**
 * What happened and what to do about it, in a sentence or two for people. The server's own words are left to the log:
 * they are in the server's language, and could hold anything.
 */
export function describeError(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (error instanceof ApiError) return describeApiError(error);
  if (error instanceof NetworkError) return describeNetworkError(error);
  if (error instanceof BrowserSignInError) return describeBrowserSignInError(error);
  if (error instanceof UntrustedOriginError) {
    return vscode.l10n.t(
      'The message refers to {0}, which is not part of the RingCentral server you signed in to. Nothing was sent there.',
      error.host,
    );
  }
  if (error instanceof SignInRequiredError) {
    const problem = signInProblem(error);
    if (problem) return signInProblemText(problem);
    return vscode.l10n.t('RingCentral no longer accepts your sign-in. Sign in again to go on.');
  }
  if (isMailboxError(error, 'responseFormat')) {
    return vscode.l10n.t(
      'RingCentral gave an answer that this extension does not understand. The log has the details.',
    );
  }
  if (error instanceof TooLargeError) {
    return vscode.l10n.t(
      'The server sent more than {0}, far more than it should have, so it was stopped. Nothing of it was kept.',
      sizeText(error.limit),
    );
  }
  if (error instanceof WrongContentError) return describeWrongContent(error);
  if (isMailboxError(error, 'unsafeDelete')) {
    return vscode.l10n.t(
      'The request was stopped, because it could have deleted more than you chose. Nothing was sent.',
    );
  }
  if (isMailboxError(error, 'slowConnection')) {
    return vscode.l10n.t(
      'The connection to RingCentral is too slow to delete messages safely: they could have been changed elsewhere before the request arrives. The deletion waits and is tried again by itself. A faster connection, or one without a VPN, helps.',
    );
  }
  if (isMailboxError(error, 'outcomeUnknown')) {
    return vscode.l10n.t(
      'RingCentral’s answer to the deletion was lost. Whether the messages were deleted is looked up in a moment, and what is left of it is done then.',
    );
  }
  if (isMailboxError(error, 'secretStorage')) {
    return vscode.l10n.t(
      'VS Code’s secret storage, which keeps your sign-in, does not work at the moment. The keyring of this computer may be locked: unlock it and try again.',
    );
  }
  if (isMailboxError(error, 'cancelled')) return vscode.l10n.t('It was cancelled.');
  const trouble = databaseTrouble(error);
  return trouble ? describeStorageTrouble(trouble) : describeSystemError(error);
}

/** What keeps messages from being kept on this computer. */
export function describeStorageTrouble(trouble: StorageTrouble): string {
  switch (trouble) {
    case 'full':
      return vscode.l10n.t(
        'The disk is full. Free some space; messages are kept on this computer again then.',
      );
    case 'forbidden':
      return vscode.l10n.t(
        'The folder in which messages are kept on this computer cannot be read or written. Check its permissions.',
      );
    case 'held':
      return vscode.l10n.t(
        'Another program holds the files in which messages are kept on this computer, such as a backup or a virus scanner. Try again in a moment.',
      );
    case 'failing':
      return vscode.l10n.t(
        'The disk on which messages are kept on this computer reports errors. Check the disk.',
      );
  }
}

function describeApiError(error: ApiError): string {
  const problem = signInProblem(error);
  if (problem) return signInProblemText(problem);
  const permission = encodeLabel(error.permission, 60) || vscode.l10n.t('the one this needs');
  switch (error.kind) {
    case 'unauthorized':
      return vscode.l10n.t('RingCentral no longer accepts your sign-in. Sign in again to go on.');
    case 'appPermission':
      return vscode.l10n.t(
        'The app you signed in with lacks a permission: {0}. Its owner can add it in the RingCentral developer console.',
        permission,
      );
    case 'userPermission':
      return vscode.l10n.t(
        'Your RingCentral user lacks a permission: {0}. An administrator of your account can grant it.',
        permission,
      );
    case 'notFound':
      return vscode.l10n.t('It is no longer on the server.');
    case 'rateLimited':
      return vscode.l10n.t('RingCentral limits how often it can be asked. Wait a minute and try again.');
    case 'temporary':
      return vscode.l10n.t('RingCentral has a problem at the moment. Try again in a few minutes.');
    case 'rendering':
      return vscode.l10n.t('The fax is still being rendered. Try again in a minute.');
    case 'featureUnavailable':
      return vscode.l10n.t(
        'RingCentral does not offer this to your extension ({0}): its type or your plan does not include it. An administrator of your account can find out what is included.',
        codeOf(error),
      );
    default:
      return vscode.l10n.t('RingCentral refused the request ({0}).', codeOf(error));
  }
}

function codeOf({ errorCode, status }: ApiError): string {
  return encodeLabel(errorCode, 60) || `HTTP ${String(status)}`;
}

function describeNetworkError({ host, failure, proxy }: NetworkError): string {
  switch (failure) {
    case 'dns':
      return vscode.l10n.t('{0} could not be found. Check your network connection.', host);
    case 'timeout':
      return vscode.l10n.t('{0} did not answer in time. Check your network connection, or try again.', host);
    case 'tls':
      return vscode.l10n.t(
        'The certificate of {0} could not be verified. Check the settings http.proxyStrictSSL and http.systemCertificates.',
        host,
      );
    case 'tlsDate':
      return vscode.l10n.t(
        'By this computer’s clock, the certificate of {0} has expired or is not valid yet. Check the date and time of this computer; if they are right, the certificate itself is at fault.',
        host,
      );
    case 'proxy':
      return vscode.l10n.t(
        'The proxy {0} did not let the request through. Check the settings http.proxy and http.noProxy.',
        proxy ?? host,
      );
    case 'foreign':
      return vscode.l10n.t(
        'Something between this computer and {0} answered in its place, such as a proxy, or a network that wants you to sign in. Open a page in your browser to see what it wants.',
        host,
      );
    default:
      return vscode.l10n.t('{0} could not be reached. Check your network connection, or try again.', host);
  }
}

function describeWrongContent({ expected, found }: WrongContentError): string {
  if (found === 'data') {
    return vscode.l10n.t(
      'This is not the file: the server sent an answer meant for programs instead. Nothing of it was kept. Try again later.',
    );
  }
  const advice = vscode.l10n.t(
    'The network may want you to sign in: open a page in your browser to see, and then try again.',
  );
  return `${pageInPlace(expected)} ${advice}`;
}

function pageInPlace(expected: ContentKind): string {
  switch (expected) {
    case 'audio':
      return vscode.l10n.t('This is not a recording: the server sent a web page instead.');
    case 'video':
      return vscode.l10n.t('This is not a video: the server sent a web page instead.');
    case 'image':
      return vscode.l10n.t('This is not a picture: the server sent a web page instead.');
    case 'vcard':
      return vscode.l10n.t('This is not a contact card: the server sent a web page instead.');
    default:
      return vscode.l10n.t('This is not a document: the server sent a web page instead.');
  }
}

function describeBrowserSignInError({ problem, detail }: BrowserSignInError): string {
  switch (problem) {
    case 'denied':
      return vscode.l10n.t('You, or an administrator, did not let the app in. Nobody was signed in.');
    case 'refused': {
      const reason = signInProblem({ reason: detail });
      if (reason) return signInProblemText(reason);
      if (detail === 'server_error' || detail === 'temporarily_unavailable')
        return vscode.l10n.t('RingCentral has a problem at the moment. Try again in a few minutes.');
      return vscode.l10n.t(
        'RingCentral refused the sign-in ({0}). Check the app’s settings in the developer console.',
        detail ?? '?',
      );
    }
    case 'timeout':
      return vscode.l10n.t(
        'Nothing came back from the browser in time. Sign in once more. If the browser showed an error such as OAU-109 or OAU-113, register this redirect URI in the app’s settings in the developer console: {0}',
        detail ?? '?',
      );
    case 'notOpened':
      return vscode.l10n.t(
        'The browser was not opened. Sign in once more and allow VS Code to open the page.',
      );
    case 'portTaken':
      return vscode.l10n.t(
        'Another program uses port {0} of this computer. Close it, or set another port in ringcentralMailbox.signIn.localPort and register it as a redirect URI of the app.',
        detail ?? '?',
      );
  }
}

function describeSystemError(error: unknown): string {
  switch (fileTrouble(error)) {
    case 'full':
      return vscode.l10n.t('The disk is full. Free some space and try again.');
    case 'forbidden':
      return vscode.l10n.t('The file may not be written there. Choose another place.');
    case 'held':
      return vscode.l10n.t('Another program holds the file. Close it there, or choose another name.');
    case 'failing':
      return vscode.l10n.t('The disk reports errors. Check the disk, or choose another place.');
    case undefined:
  }
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'FileNotFound':
      return vscode.l10n.t('The folder is no longer there. Choose another place.');
    case 'ENAMETOOLONG':
      return vscode.l10n.t('The file name is too long. Choose a shorter one.');
    default:
      return vscode.l10n.t('Something unexpected went wrong. The log has the details.');
  }
}
