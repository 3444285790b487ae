import * as vscode from 'vscode';
import type { Message, Party } from '../api/schema';
import { type Failure, failureOf, recipientFailure } from '../mailbox/delivery';
import { isInbound } from '../mailbox/message';
import { encodeLabel } from './encode';
import { clausesText } from './language';
import { partiesText, partyDetails } from './messageText';

/** That a message failed, for whom, and why; undefined if it did not. */
export function failureText(message: Message): string | undefined {
  const failure = failureOf(message);
  if (!failure) return undefined;
  const isPartial = failedForSome(message, failure);
  const text = reasonsText(failure, isPartial);
  return isPartial
    ? vscode.l10n.t(
        'Failed for {0} of {1} recipients: {2}',
        failure.recipients.length,
        message.to.length,
        text,
      )
    : vscode.l10n.t('Failed: {0}', text);
}

/** Why a message failed for all of its recipients; undefined if it did not. */
export function failureReason(message: Message): string | undefined {
  const failure = failureOf(message);
  return failure && reasonsText(failure, false);
}

/** A recipient and, if there are several, how far the message has come with this one. */
export function recipientText(message: Message, party: Party): string {
  const status = message.to.length > 1 ? recipientStatus(message, party) : undefined;
  return withStatus(partyDetails(party), status);
}

/** Who or what something is, and how far it has come if that is known. */
export function withStatus(what: string, status: string | undefined): string {
  return what && status ? vscode.l10n.t('{0}: {1}', what, status) : what || (status ?? '');
}

/**
 * How far a message of ours has come with one of its recipients: of several, each has a status of its own. Undefined if the
 * record does not say, or if the message is not ours.
 */
export function recipientStatus(message: Message, party: Party): string | undefined {
  if (isInbound(message)) return undefined;
  const code = recipientFailure(party, message.deliveryErrorCode);
  return code === undefined ? statusText(party.messageStatus) : codeText(code);
}

/** How far something has come that did not fail; undefined if there is nothing to say. */
export function statusText(status: Message['messageStatus']): string | undefined {
  switch (status) {
    case undefined:
    case 'Received':
      return undefined;
    case 'Queued':
      return vscode.l10n.t('queued');
    case 'Sending':
      return vscode.l10n.t('sending');
    case 'Sent':
      return vscode.l10n.t('sent');
    case 'Delivered':
      return vscode.l10n.t('delivered');
    default:
      return encodeLabel(status) || undefined;
  }
}

/** Why it failed. If recipients differ in that, each reason is followed by those it concerns. */
function reasonsText({ code, recipients }: Failure, isPartial: boolean): string {
  const parties = new Map<string, Party[]>();
  for (const each of recipients) {
    const reason = codeText(each.code);
    const others = parties.get(reason);
    if (others) others.push(each.party);
    else parties.set(reason, [each.party]);
  }
  if (parties.size <= 1 && !isPartial) return codeText(code);
  const reasons = Array.from(parties, ([reason, who]) =>
    vscode.l10n.t('{0} ({1})', reason, partiesText(who)),
  );
  return clausesText([...reasons.slice(0, MOST_REASONS), reasons.length > MOST_REASONS ? '…' : '']);
}

/** Reasons that are told of one message. */
const MOST_REASONS = 5;

/** Whether a message failed for some of its recipients, and not as a whole. */
function failedForSome({ to }: Message, { recipients }: Failure): boolean {
  return recipients.length > 0 && recipients.length < to.length;
}

/**
 * A code for people. Those of faxes are the server's (`FaxErrorCodeEnum`); what is not in the table, such as the gateway
 * codes of texts, is shown as it came, so that support can look it up.
 */
function codeText(code: string): string {
  return reason(code) ?? vscode.l10n.t('not delivered (code {0})', encodeLabel(code));
}

function reason(code: string): string | undefined {
  switch (code) {
    case 'LineBusy':
      return vscode.l10n.t('line busy');
    case 'NoAnswer':
      return vscode.l10n.t('no answer');
    case 'NoFaxMachine':
      return vscode.l10n.t('no fax machine answered');
    case 'CallerHungUp':
      return vscode.l10n.t('the other side hung up');
    case 'CallDeclined':
    case 'NotAccepted':
      return vscode.l10n.t('the call was declined');
    case 'CallFailed':
      return vscode.l10n.t("the call didn't go through");
    case 'InvalidNumber':
    case 'WrongNumber':
    case 'UnknownCountryCode':
      return vscode.l10n.t("the number isn't valid");
    case 'ProhibitedNumber':
    case 'ProhibitedDestination':
    case 'ThePhoneIsBlacklisted':
      return vscode.l10n.t("calls to this number aren't allowed");
    case 'AllLinesInUse':
    case 'TooManyCallsPerLine':
      return vscode.l10n.t('all lines were in use');
    case 'NoFaxSendPermission':
    case 'FaxSendingProhibited':
      return vscode.l10n.t("you're not allowed to send faxes");
    case 'NoInternationalPermission':
    case 'InternationalCallingDisabled':
    case 'InternationalDisabled':
    case 'DestinationCountryDisabled':
      return vscode.l10n.t("international calls aren't allowed");
    case 'NotEnoughCredits':
    case 'SkypeBillingFailed':
      return vscode.l10n.t('not enough credit');
    case 'AccountSuspended':
      return vscode.l10n.t('the account is suspended');
    case 'SentPartially':
      return vscode.l10n.t('only some pages were sent');
    case 'TooManyPages':
      return vscode.l10n.t('too many pages');
    case 'RenderingFailed':
    case 'ConvertError':
      return vscode.l10n.t("the document couldn't be converted");
    case 'SendingFailed':
      return vscode.l10n.t('unable to send');
    case 'DeliveryFailed':
      return vscode.l10n.t('not delivered');
    default:
      return undefined;
  }
}
