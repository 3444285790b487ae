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
    case 'Sending':
      return l10n.t('Sending…');
    case 'Sent':
      return l10n.t('Sent');
    case 'Delivered':
      return l10n.t('Delivered');
    default:
      return encodeLabel(message.messageStatus) || undefined;
  }
}
