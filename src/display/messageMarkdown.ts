import * as vscode from 'vscode';
import type { Attachment, Message } from '../api/schema';
import { creationTime, faxPages, isConversational, writtenText } from '../mailbox/message';
import { failureText, recipientText } from './failureText';
import { encodeLabel, encodeMarkdownBlock, encodeMarkdownLine } from './encode';
import { clausesText, numberText } from './language';
import { messageHeading, partyDetails } from './messageText';
import { duration, fullTime } from './relativeTime';

/** What a message holds beside its record. */
export interface MessageContent {
  /** Of a voicemail; undefined if there is none, or it is not known. */
  readonly transcription?: string | undefined;
  /** Its attachments, and the names of their files in the same folder. */
  readonly files: readonly { readonly name: string; readonly attachment: Attachment }[];
}

/** A message as a document for people; other people's words in it stand there literally. */
export function messageMarkdown(message: Message, content: MessageContent): string {
  return [
    `# ${encodeMarkdownLine(messageHeading(message))}`,
    facts(message)
      .map(([name, value]) => `- **${name}** ${encodeMarkdownLine(value)}`)
      .join('\n'),
    ...texts(message, content),
    attachmentList(content),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

function pageCount(message: Message): string | undefined {
  const pages = faxPages(message);
  return pages === undefined ? undefined : numberText(pages);
}

function facts(message: Message): readonly (readonly [name: string, value: string])[] {
  const seconds = message.attachments.find(({ vmDuration }) => vmDuration !== undefined)?.vmDuration;
  const all: [string, string | undefined][] = [
    [vscode.l10n.t('From:'), message.from && partyDetails(message.from)],
    [vscode.l10n.t('To:'), recipientsText(message)],
    [vscode.l10n.t('Mailbox of:'), encodeLabel(message.owner?.name)],
    [vscode.l10n.t('When:'), fullTime(creationTime(message))],
    [vscode.l10n.t('Length:'), seconds === undefined ? undefined : duration(seconds)],
    [vscode.l10n.t('Pages:'), pageCount(message)],
    [vscode.l10n.t('Priority:'), message.priority === 'High' ? vscode.l10n.t('urgent') : undefined],
    [vscode.l10n.t('Status:'), failureText(message)],
    [
      vscode.l10n.t('Deleted:'),
      message.availability === 'Deleted' ? vscode.l10n.t('can be restored for a few days') : undefined,
    ],
  ];
  return all.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function recipientsText(message: Message): string {
  return clausesText(message.to.map((party) => recipientText(message, party)));
}

function texts(message: Message, { transcription }: MessageContent): string[] {
  const section = (title: string, text: string): string[] => [`## ${title}`, encodeMarkdownBlock(text)];
  if (transcription) return section(vscode.l10n.t('Transcription'), transcription);
  const text = writtenText(message);
  if (isConversational(message) && text) return [encodeMarkdownBlock(text)];
  return message.coverPageText ? section(vscode.l10n.t('Cover page'), message.coverPageText) : [];
}

function attachmentList({ files }: MessageContent): string {
  if (files.length === 0) return '';
  const items = files.map(({ name, attachment: { contentType } }) => {
    const link = `- [${encodeMarkdownLine(name)}](${linkTo(name)})`;
    return contentType ? `${link} (${encodeMarkdownLine(contentType)})` : link;
  });
  return [`## ${vscode.l10n.t('Attachments')}`, items.join('\n')].join('\n\n');
}

/** A name as a link within the same folder. */
function linkTo(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll('(', '%28').replaceAll(')', '%29');
}
