import { l10n } from 'vscode';
import type { Message } from '../api/schema';
import { encodeLabel } from '../display/encode';
import { failureText } from '../display/failureText';
import { faxName, otherSideText, pagesText } from '../display/messageText';
import { duration } from '../display/relativeTime';
import { faxProgress } from '../mailbox/delivery';
import { audioRecording, audioTranscription, isConversational, isInbound } from '../mailbox/message';
import { attachmentViews } from './attachmentView';
import { badges } from './badges';
import { deliveryText } from './deliveryText';
import { deliveryDetails } from './partyDetails';
import type { MessageIcon, MessageView, TextView } from './protocol';
import { textView } from './textView';

/**
 * Everything that a page shows of a single message.
 * @param otherUnread how many other voicemails are unread; told of voicemails only
 */
export function messageView(message: Message, otherUnread = 0): MessageView {
  const failure = failureText(message);
  const text = messageText(message);
  return {
    id: message.id,
    icon: messageIcon(message),
    heading: heading(message),
    party: otherSideText(message),
    details: deliveryDetails(message),
    ...(message.creationTime !== undefined && { time: message.creationTime }),
    facts: facts(message),
    badges: badges(message),
    ...(failure !== undefined && { failure }),
    ...(text && { text }),
    ...(message.type === 'VoiceMail' && { transcription: transcription(message), otherUnread }),
    attachments: attachmentViews(message),
  };
}

/** Undefined stands for a message that is not there. */
export function messageIcon(message: Message | undefined): MessageIcon {
  switch (message?.type) {
    case 'VoiceMail':
      return 'voicemail';
    case 'Fax':
      return 'fax';
    default:
      return 'message';
  }
}

function heading(message: Message): string {
  const inbound = isInbound(message);
  switch (message.type) {
    case 'VoiceMail':
      return l10n.t({ message: 'Voicemail', comment: ['One message.'] });
    case 'Fax':
      return faxName(message);
    case 'SMS':
      return inbound ? l10n.t('Text message received') : l10n.t('Text message sent');
    case 'Pager':
      return inbound ? l10n.t('Pager message received') : l10n.t('Pager message sent');
    case 'Text':
      return l10n.t('Message');
    default:
      return encodeLabel(message.type) || l10n.t('Message');
  }
}

function facts(message: Message): readonly string[] {
  const seconds = audioRecording(message)?.vmDuration;
  // What is being sent is called so.
  const isOnItsWay = message.type === 'Fax' && ['queued', 'sending'].includes(faxProgress(message));
  const owner = encodeLabel(message.owner?.name);
  return [
    seconds === undefined ? undefined : duration(seconds),
    pagesText(message) || undefined,
    isOnItsWay ? undefined : deliveryText(message),
    owner ? l10n.t('Mailbox of {0}', owner) : undefined,
  ].filter((fact) => fact !== undefined);
}

/** What was written: the text of a text message, the cover page of a fax. */
function messageText(message: Message): TextView | undefined {
  const view = isConversational(message) ? textView(message) : { text: message.coverPageText ?? '' };
  return view.text || view.whole ? view : undefined;
}

function transcription(message: Message): NonNullable<MessageView['transcription']> {
  const attachment = audioTranscription(message);
  const note = transcriptionNote(message, attachment !== undefined);
  return {
    ...(attachment && { attachment: { messageId: message.id, attachmentId: attachment.id } }),
    ...(note !== undefined && { note }),
  };
}

function transcriptionNote(message: Message, available: boolean): string | undefined {
  switch (message.vmTranscriptionStatus) {
    case 'CompletedPartially':
      return l10n.t('Only part of this voicemail could be transcribed.');
    case 'InProgress':
      return l10n.t('This voicemail is being transcribed.');
    case 'Failed':
      return l10n.t("This voicemail couldn't be transcribed.");
    case 'TimedOut':
      return l10n.t('Transcribing this voicemail took too long and was stopped.');
    default:
      return available ? undefined : l10n.t('This voicemail has no transcription.');
  }
}
