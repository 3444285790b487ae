import * as vscode from 'vscode';
import { clausesText, listText, numberText } from '../display/language';
import type { Message } from '../api/schema';
import { encodeLabel, encodeMarkdownBlock } from '../display/encode';
import { failureText, recipientText, statusText } from '../display/failureText';
import { attachmentName, messageNoun, partiesText, partyDetails } from '../display/messageText';
import { duration, fullTime } from '../display/relativeTime';
import { sizeText } from '../display/sizeText';
import { untrustedMarkdown } from '../display/untrustedMarkdown';
import type { Group } from '../mailbox/group';
import {
  creationTime,
  faxPages,
  isConversational,
  openableAttachments,
  otherParties,
  writtenText,
} from '../mailbox/message';
import { shorten } from '../util/shorten';

/** A hover is for a glance; the whole text is one click away. */
const TEXT_LENGTH = 600;

/** How many recipients and attachments are named. */
const NAMED = 20;

/** Everything that is known of a message. The words are other people's, so nothing in them is read as Markdown. */
export function messageTooltip(message: Message): vscode.MarkdownString {
  const tooltip = untrustedMarkdown();
  const line = (name: string, value: string | undefined): void => {
    if (!value) return;
    tooltip.appendMarkdown(`**${name}** `);
    tooltip.appendMarkdown(encodeMarkdownBlock(shorten(value, TEXT_LENGTH)));
    tooltip.appendMarkdown('\n\n');
  };
  const noun = messageNoun(message);
  line(vscode.l10n.t('Type'), listText([noun, message.priority === 'High' ? vscode.l10n.t('urgent') : '']));
  line(vscode.l10n.t('From'), message.from && partyDetails(message.from));
  line(vscode.l10n.t('To'), recipientsText(message));
  line(vscode.l10n.t('Mailbox of'), encodeLabel(message.owner?.name));
  line(vscode.l10n.t('When'), fullTime(creationTime(message)));
  line(vscode.l10n.t('Status'), status(message));
  const pages = faxPages(message);
  line(vscode.l10n.t('Pages'), pages === undefined ? undefined : numberText(pages));
  line(
    vscode.l10n.t('Transcription'),
    message.type === 'VoiceMail' ? (message.transcription ?? transcriptionText(message)) : undefined,
  );
  line(vscode.l10n.t('Cover page'), message.coverPageText);
  const attachments = openableAttachments(message);
  for (const attachment of attachments.slice(0, NAMED)) {
    const facts = [
      attachmentName(attachment),
      encodeLabel(attachment.contentType),
      attachment.vmDuration === undefined ? '' : duration(attachment.vmDuration),
      attachment.size === undefined ? '' : sizeText(attachment.size),
    ];
    line(vscode.l10n.t('Attachment'), listText(facts));
  }
  const others = attachments.length - NAMED;
  line(vscode.l10n.t('Attachments'), others > 0 ? moreText(others) : undefined);
  appendText(tooltip, isConversational(message) ? writtenText(message) : '');
  return tooltip;
}

/** With whom messages are, how many there are, and what the newest says. @param tally how many there are, in words */
export function groupTooltip({ newest }: Group, tally: string): vscode.MarkdownString {
  const tooltip = untrustedMarkdown();
  const parties = otherParties(newest);
  const others = parties.length - NAMED;
  const who = clausesText([...parties.slice(0, NAMED).map(partyDetails), others > 0 ? moreText(others) : '']);
  for (const paragraph of [who || partiesText(parties), tally])
    tooltip.appendMarkdown(`${encodeMarkdownBlock(paragraph)}\n\n`);
  appendText(
    tooltip,
    isConversational(newest) ? writtenText(newest) : (newest.transcription ?? newest.coverPageText ?? ''),
  );
  return tooltip;
}

/** What was said, under a line; nothing if it is empty. */
function appendText(tooltip: vscode.MarkdownString, text: string): void {
  if (!text) return;
  tooltip.appendMarkdown('---\n\n');
  tooltip.appendMarkdown(encodeMarkdownBlock(shorten(text, TEXT_LENGTH)));
}

function recipientsText(message: Message): string {
  const { to } = message;
  const names = to.slice(0, NAMED).map((party) => recipientText(message, party));
  const others = to.length - NAMED;
  return clausesText([...names, others > 0 ? moreText(others) : '']);
}

function moreText(count: number): string {
  return vscode.l10n.t('{0} more', numberText(count));
}

function status(message: Message): string {
  const failure = failureText(message);
  if (failure) return failure;
  const read = message.readStatus === 'Unread' ? vscode.l10n.t('unread') : vscode.l10n.t('read');
  return statusText(message.messageStatus) ?? read;
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
      return vscode.l10n.t({ message: 'failed', comment: ['A transcription.'] });
    default:
      return vscode.l10n.t('not available');
  }
}
