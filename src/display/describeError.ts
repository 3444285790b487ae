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
import { sentencesText } from './language';
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
      "The message refers to {0}, which isn't part of the RingCentral server you signed in to. Nothing was sent there.",
      error.host,
    );
  }
  if (error instanceof SignInRequiredError) {
    const problem = signInProblem(error);
    if (problem) return signInProblemText(problem);
    return vscode.l10n.t('Your sign-in is no longer valid. Sign in again.');
  }
  if (isMailboxError(error, 'responseFormat')) {
    return vscode.l10n.t('Unexpected response from RingCentral. See the log.');
  }
  if (error instanceof TooLargeError) {
    return vscode.l10n.t(
      'The server sent more than {0}, far more than expected, so the request was stopped. Nothing was saved.',
      sizeText(error.limit),
    );
  }
  if (error instanceof WrongContentError) return describeWrongContent(error);
  if (isMailboxError(error, 'unsafeDelete')) {
    return vscode.l10n.t(
      'The request was stopped because it could have deleted more than you selected. Nothing was sent.',
    );
  }
  if (isMailboxError(error, 'slowConnection')) {
    return vscode.l10n.t(
      'The connection to RingCentral is too slow to delete messages safely because they could change elsewhere before the request arrives. The deletion is pending and will be retried automatically. Use a faster connection, or one without a VPN.',
    );
  }
  if (isMailboxError(error, 'outcomeUnknown')) {
    return vscode.l10n.t(
      "RingCentral's response to the deletion was lost. In a moment, the extension will check which messages were deleted, and then delete the rest.",
    );
  }
  if (isMailboxError(error, 'secretStorage')) {
    return vscode.l10n.t(
      "VS Code's secret storage, which holds your sign-in, isn't available right now. This computer's keyring may be locked. Unlock it and try again.",
    );
  }
  if (isMailboxError(error, 'cancelled')) return vscode.l10n.t('The operation was canceled.');
  const trouble = databaseTrouble(error);
  return trouble ? describeStorageTrouble(trouble) : describeSystemError(error);
}

/** What keeps messages from being kept on this computer. */
export function describeStorageTrouble(trouble: StorageTrouble): string {
  switch (trouble) {
    case 'full':
      return vscode.l10n.t('The disk is full. Free up some space to store messages on this computer again.');
    case 'forbidden':
      return vscode.l10n.t(
        "The folder where messages are stored on this computer can't be read or written. Check its permissions.",
      );
    case 'held':
      return vscode.l10n.t(
        'Another program, such as a backup or a virus scanner, is using the files where messages are stored on this computer. Try again in a moment.',
      );
    case 'failing':
      return vscode.l10n.t(
        'The disk where messages are stored on this computer reports errors. Check the disk.',
      );
  }
}

function describeApiError(error: ApiError): string {
  const problem = signInProblem(error);
  if (problem) return signInProblemText(problem);
  const permission = encodeLabel(error.permission, 60);
  switch (error.kind) {
    case 'unauthorized':
      return vscode.l10n.t('Your sign-in is no longer valid. Sign in again.');
    case 'appPermission':
      if (!permission)
        return vscode.l10n.t(
          'The app lacks a required permission. Its owner can add it in the RingCentral developer console.',
        );
      return vscode.l10n.t(
        'The app lacks a required permission: {0}. Its owner can add it in the RingCentral developer console.',
        permission,
      );
    case 'userPermission':
      if (!permission)
        return vscode.l10n.t(
          'Your RingCentral user lacks a required permission. An administrator of your account can grant it.',
        );
      return vscode.l10n.t(
        'Your RingCentral user lacks a required permission: {0}. An administrator of your account can grant it.',
        permission,
      );
    case 'notFound':
      return vscode.l10n.t('This item is no longer on the server.');
    case 'rateLimited':
      return vscode.l10n.t('Rate limit reached. Wait a minute and try again.');
    case 'temporary':
      return vscode.l10n.t('RingCentral is temporarily unavailable. Try again in a few minutes.');
    case 'rendering':
      return vscode.l10n.t('This fax is still processing. Try again in a minute.');
    case 'featureUnavailable':
      return vscode.l10n.t(
        "This feature isn't available for your extension ({0}): its type or your plan doesn't include it. Ask an administrator of your account what is included.",
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
      return vscode.l10n.t("Couldn't find {0}. Check your network connection.", host);
    case 'timeout':
      return vscode.l10n.t("{0} didn't respond in time. Check your network connection, or try again.", host);
    case 'tls':
      return vscode.l10n.t(
        "Couldn't verify the certificate of {0}. Check the settings http.proxyStrictSSL and http.systemCertificates.",
        host,
      );
    case 'tlsDate':
      return vscode.l10n.t(
        "According to this computer's clock, the certificate of {0} has expired or isn't valid yet. Check the date and time of this computer. If they're correct, the problem is the certificate itself.",
        host,
      );
    case 'proxy':
      return vscode.l10n.t(
        'The proxy {0} blocked the request. Check the settings http.proxy and http.noProxy.',
        proxy ?? host,
      );
    case 'foreign':
      return vscode.l10n.t(
        'Something between this computer and {0} responded instead, such as a proxy, or a network that requires you to sign in. Open a page in your browser to find out.',
        host,
      );
    default:
      return vscode.l10n.t("Couldn't reach {0}. Check your network connection, or try again.", host);
  }
}

function describeWrongContent({ expected, found }: WrongContentError): string {
  if (found === 'data') {
    return vscode.l10n.t(
      "This isn't the file. The server sent a response meant for programs instead, and nothing was saved. Try again later.",
    );
  }
  const advice = vscode.l10n.t(
    'The network may require you to sign in. Open a page in your browser to check, and then try again.',
  );
  return sentencesText([pageInPlace(expected), advice]);
}

function pageInPlace(expected: ContentKind): string {
  switch (expected) {
    case 'audio':
      return vscode.l10n.t("This isn't a recording. The server sent a web page instead.");
    case 'video':
      return vscode.l10n.t("This isn't a video. The server sent a web page instead.");
    case 'image':
      return vscode.l10n.t("This isn't an image. The server sent a web page instead.");
    case 'vcard':
      return vscode.l10n.t("This isn't a contact card. The server sent a web page instead.");
    default:
      return vscode.l10n.t("This isn't a document. The server sent a web page instead.");
  }
}

function describeBrowserSignInError({ problem, detail }: BrowserSignInError): string {
  switch (problem) {
    case 'denied':
      return vscode.l10n.t("Access denied. You're not signed in.");
    case 'refused': {
      const reason = signInProblem({ reason: detail });
      if (reason) return signInProblemText(reason);
      if (detail === 'server_error' || detail === 'temporarily_unavailable')
        return vscode.l10n.t('RingCentral is temporarily unavailable. Try again in a few minutes.');
      return vscode.l10n.t(
        "RingCentral refused the sign-in ({0}). Check the app's settings in the developer console.",
        detail ?? '?',
      );
    }
    case 'timeout':
      return vscode.l10n.t(
        "The browser didn't respond in time. Sign in again. If the browser showed an error such as OAU-109 or OAU-113, register this redirect URI in the app's settings in the developer console: {0}",
        detail ?? '?',
      );
    case 'notOpened':
      return vscode.l10n.t("The browser wasn't opened. Sign in again and allow VS Code to open the page.");
    case 'portTaken':
      return vscode.l10n.t(
        'Another program is using port {0} on this computer. Close it, or set another port in ringcentralMailbox.signIn.localPort and register it as a redirect URI of the app.',
        detail ?? '?',
      );
  }
}

function describeSystemError(error: unknown): string {
  switch (fileTrouble(error)) {
    case 'full':
      return vscode.l10n.t('The disk is full. Free up some space and try again.');
    case 'forbidden':
      return vscode.l10n.t("You don't have permission to save the file there. Choose another location.");
    case 'held':
      return vscode.l10n.t('Another program is using the file. Close it there, or choose another name.');
    case 'failing':
      return vscode.l10n.t('The disk reports errors. Check the disk, or choose another location.');
    case undefined:
  }
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'FileNotFound':
      return vscode.l10n.t('The folder no longer exists. Choose another location.');
    case 'ENAMETOOLONG':
      return vscode.l10n.t('The file name is too long. Choose a shorter one.');
    default:
      return vscode.l10n.t('An unexpected error occurred. See the log for details.');
  }
}
