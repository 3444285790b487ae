import type { Message } from '../api/schema';
import { creationTime } from '../mailbox/message';
import type { VoicemailDirection } from './protocol';
import type { ViewerSource } from './viewerSource';

/** How many unread voicemails of the account there are besides this message; 0 for a message that is none itself. */
export function otherUnreadVoicemails(source: ViewerSource, accountId: string, message: Message): number {
  if (message.type !== 'VoiceMail') return 0;
  return source.unreadVoicemails(accountId).filter((id) => id !== message.id).length;
}

/**
 * The unread voicemail of the account that comes after or before a message in time; past the last it begins again with
 * the first.
 * @param heard not to be found again
 * @returns its id; undefined if there is no other
 */
export function neighbouringVoicemail(
  source: ViewerSource,
  accountId: string,
  messageId: string,
  direction: VoicemailDirection,
  heard: ReadonlySet<string>,
): string | undefined {
  const timeOf = (id: string): number => {
    const message = source.message(accountId, id);
    return message ? creationTime(message) : 0;
  };
  const time = timeOf(messageId);
  const others = source.unreadVoicemails(accountId).filter((id) => id !== messageId && !heard.has(id));
  return direction === 'next'
    ? (others.find((other) => timeOf(other) >= time) ?? others[0])
    : (others.findLast((other) => timeOf(other) <= time) ?? others.at(-1));
}
