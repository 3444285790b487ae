import { l10n } from 'vscode';
import type { Message } from '../api/schema';
import { encodeLabel } from '../display/encode';
import { failureText } from '../display/failureText';
import { isInbound } from '../mailbox/message';

/** How far a message of ours has come; undefined for one that we received, or that failed. */
export function deliveryText(message: Message): string | undefined {
  if (isInbound(message) || failureText(message) !== undefined) return undefined;
  switch (message.messageStatus) {
    case 'Queued':
      return l10n.t('Sending…');
    case 'Sent':
      return l10n.t('Sent');
    case 'Delivered':
      return l10n.t('Delivered');
    default:
      return encodeLabel(message.messageStatus) || undefined;
  }
}

/** That a message failed, and why; undefined if it did not. */
export function failureSentence(message: Message): string | undefined {
  const reason = failureText(message);
  return reason === undefined ? undefined : l10n.t('Failed: {0}', reason);
}
