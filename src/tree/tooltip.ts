import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { failureText } from '../display/failureText';
import { attachmentName, messageNoun, partyDetails } from '../display/messageText';
import { duration, fullTime } from '../display/relativeTime';
import { creationTime, isConversational, openableAttachments } from '../mailbox/message';
import { shorten } from '../util/shorten';

/** A hover is for a glance; the whole text is one click away. */
const TEXT_LENGTH = 600;

/** Everything that is known of a message. The words are other people's, so nothing in them is read as Markdown. */
export function messageTooltip(message: Message): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  const line = (name: string, value: string | undefined): void => {
    if (!value) return;
    tooltip.appendMarkdown(`**${name}** `);
    tooltip.appendMarkdown(escaped(value));
    tooltip.appendMarkdown('\n\n');
  };
  const noun = messageNoun(message);
  line(vscode.l10n.t('Type'), message.priority === 'High' ? vscode.l10n.t('{0}, urgent', noun) : noun);
  line(vscode.l10n.t('From'), message.from && partyDetails(message.from));
  line(vscode.l10n.t('To'), message.to.map(partyDetails).filter(Boolean).join('; '));
  line(vscode.l10n.t('Mailbox of'), message.owner?.name);
  line(vscode.l10n.t('When'), fullTime(creationTime(message)));
  line(vscode.l10n.t('Status'), status(message));
  line(vscode.l10n.t('Pages'), message.faxPageCount === undefined ? undefined : String(message.faxPageCount));
  line(vscode.l10n.t('Transcription'), message.type === 'VoiceMail' ? transcriptionText(message) : undefined);
  line(vscode.l10n.t('Cover page'), message.coverPageText);
  for (const attachment of openableAttachments(message)) {
    const facts = [
      attachmentName(attachment),
      attachment.contentType,
      attachment.vmDuration === undefined ? undefined : duration(attachment.vmDuration),
      attachment.size === undefined ? undefined : fileSize(attachment.size),
    ];
    line(vscode.l10n.t('Attachment'), facts.filter(Boolean).join(', '));
  }
  if (isConversational(message) && message.subject) {
    tooltip.appendMarkdown('---\n\n');
    tooltip.appendMarkdown(escaped(shorten(message.subject, TEXT_LENGTH)));
  }
  return tooltip;
}

function status(message: Message): string | undefined {
  const failure = failureText(message);
  if (failure) return vscode.l10n.t('Failed: {0}', failure);
  const read = message.readStatus === 'Unread' ? vscode.l10n.t('unread') : vscode.l10n.t('read');
  switch (message.messageStatus) {
    case undefined:
    case 'Received':
      return read;
    case 'Queued':
      return vscode.l10n.t('queued');
    case 'Sent':
      return vscode.l10n.t('sent');
    case 'Delivered':
      return vscode.l10n.t('delivered');
    default:
      return message.messageStatus;
  }
}

function transcriptionText(message: Message): string {
  switch (message.vmTranscriptionStatus) {
    case 'Completed':
      return vscode.l10n.t('available');
    case 'CompletedPartially':
      return vscode.l10n.t('available in part');
    case 'InProgress':
      return vscode.l10n.t('in progress');
    case 'TimedOut':
    case 'Failed':
      return vscode.l10n.t('failed');
    default:
      return vscode.l10n.t('not available');
  }
}

function fileSize(bytes: number): string {
  if (bytes < 1000) return vscode.l10n.t('{0} bytes', bytes);
  if (bytes < 1_000_000) return vscode.l10n.t('{0} kB', Math.round(bytes / 1000));
  return vscode.l10n.t('{0} MB', (bytes / 1_000_000).toFixed(1));
}

/**
 * Text that Markdown leaves as it is: a character written by its number is never read as markup. (`appendText` escapes,
 * too, but turns every space into one that does not break, and a long text into a single line.)
 */
function escaped(text: string): string {
  return text
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, (character) => `&#${String(character.charCodeAt(0))};`)
    .replace(/[ \t]*\r?\n[ \t]*/g, '  \n');
}
