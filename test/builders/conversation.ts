import type { EmulatorAdmin } from './emulatorAdmin';

/** With whom the conversation is. */
export const FRIEND = { name: 'Lena Long', phoneNumber: '+14155550199' };
export const CONVERSATION = '8234962969801171948';

const FIRST_ID = 5_000_000_000;
/** Makes texts of many lengths, in which no word comes twice. */
const WORDS = 'Well. Fine. Sure. Okay. Good. Next. Then. Soon. Here. Done. Nice. Wait. '.split(/(?<= )/);
/** Milliseconds. */
const MINUTE = 60_000;

/** The id of a message of `deliverConversation`, which are counted from 0, the oldest. */
export function idOf(index: number): string {
  return String(FIRST_ID + index);
}

/**
 * Delivers a conversation of so many messages. Each third is ours. Every thousandth, and the last but two, is about a
 * quokka. The last two are unread, unless they are ours.
 */
export async function deliverConversation(admin: EmulatorAdmin, count: number): Promise<void> {
  const messages = Array.from({ length: count }, (_, index) => ({
    id: idOf(index),
    conversationId: CONVERSATION,
    text: `Message ${String(index)}.${index % 1_000 === 500 || index === count - 3 ? ' A quokka!' : ''} ${WORDS.slice(0, index % 13).join('')}`,
    readStatus: index >= count - 2 ? 'Unread' : 'Read',
    creationTime: new Date(Date.now() - (count - index) * 10 * MINUTE).toISOString(),
    ...(index % 3 === 1
      ? { direction: 'Outbound', to: [FRIEND], messageStatus: 'Delivered', readStatus: 'Read' }
      : { from: FRIEND }),
  }));
  for (let start = 0; start < count; start += 1_000)
    await admin.deliverAll(messages.slice(start, start + 1_000));
}
