import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { failureCode } from '../mailbox/message';
import { encodeLabel } from './encode';

/**
 * Why a message failed, for people; undefined if it did not. Fax codes are the server's (`FaxErrorCodeEnum`); what is
 * not in the table, such as the gateway codes of texts, is shown as it came, so that support can look it up.
 */
export function failureText(message: Message): string | undefined {
  const code = failureCode(message);
  return code === undefined
    ? undefined
    : (reason(code) ?? vscode.l10n.t('not delivered (code {0})', encodeLabel(code)));
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
      return vscode.l10n.t('the call failed');
    case 'InvalidNumber':
    case 'WrongNumber':
    case 'UnknownCountryCode':
      return vscode.l10n.t('the number is not valid');
    case 'ProhibitedNumber':
    case 'ProhibitedDestination':
    case 'ThePhoneIsBlacklisted':
      return vscode.l10n.t('the number may not be called');
    case 'AllLinesInUse':
    case 'TooManyCallsPerLine':
      return vscode.l10n.t('all lines were in use');
    case 'NoFaxSendPermission':
    case 'FaxSendingProhibited':
      return vscode.l10n.t('you may not send faxes');
    case 'NoInternationalPermission':
    case 'InternationalCallingDisabled':
    case 'InternationalDisabled':
    case 'DestinationCountryDisabled':
      return vscode.l10n.t('international calls are not allowed');
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
      return vscode.l10n.t('the document could not be converted');
    case 'SendingFailed':
      return vscode.l10n.t('sending failed');
    case 'DeliveryFailed':
      return vscode.l10n.t('delivery failed');
    default:
      return undefined;
  }
}
