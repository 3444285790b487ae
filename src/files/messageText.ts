import type { Message } from '../api/schema';
import { encodeJson } from '../display/encode';
import { messageMarkdown } from '../display/messageMarkdown';
import type { Account } from '../mailbox/accounts';
import type { AttachmentContents } from '../mailbox/content/attachmentContents';
import { LONGEST_TRANSCRIPTION } from '../mailbox/content/transcription';
import { messageFiles } from '../mailbox/files/messageFiles';
import { audioTranscription } from '../mailbox/message';
import { inOneStore } from '../mailbox/store/storeReplaced';
import { mayBeCut, wholeTexts } from '../mailbox/wholeText';
import { decodeText } from '../util/decodeText';

/** A message as Markdown, from what is known of it here. */
export function markdownOf({ mailbox }: Account, message: Message): string {
  return messageMarkdown(message, {
    transcription: mailbox.store.transcription(message.id),
    files: messageFiles(message).filter((file) => file.kind === 'attachment'),
  });
}

/** The record of a message as JSON, as the server has it. */
export function jsonOf({ mailbox }: Account, message: Message): string {
  return `${encodeJson(mailbox.store.confirmed(message.id) ?? message)}\n`;
}

/**
 * Makes known what lists leave out: the whole text, or the transcription.
 * @throws MailboxError if that has to be fetched, and cannot be
 */
export function fetchText(account: Account, message: Message, contents: AttachmentContents): Promise<void> {
  return inOneStore(() => fetchTextOnce(account, message, contents));
}

async function fetchTextOnce(
  account: Account,
  message: Message,
  contents: AttachmentContents,
): Promise<void> {
  const { id } = message;
  const { api, store } = account.mailbox;
  const since = store.mark();
  if (mayBeCut(message)) {
    const [text] = await wholeTexts(api, [message]);
    if (text !== undefined) store.putDetails([{ id, text }], since);
  }
  const attachment = audioTranscription(message);
  if (attachment && store.transcription(id) === undefined) {
    const bytes = await contents.read({ account, message, attachment }, { limit: LONGEST_TRANSCRIPTION });
    store.putDetails([{ id, transcription: decodeText(bytes, attachment.contentType) }], since);
  }
}
