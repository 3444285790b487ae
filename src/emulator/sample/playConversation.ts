import type { Party } from '../../api/schema';
import { lastChange } from './changes';
import { type Draft, mediaPart, textPart } from './draft';
import { timeOf } from './moment';
import type { Random } from './random';
import { byExtension, byNumber, ourExtension, ourNumber, type SampleContext } from './sampleContext';
import type { Line, Script, Session } from './script';

/** All messages of a conversation, in the order of its script. */
export function playConversation(script: Script, context: SampleContext): Draft[] {
  const conversationId = context.conversationIds.next();
  return script.sessions.flatMap((session) => {
    const times = lineTimes(session, context);
    return session.lines.map((line, index) =>
      draftLine(script, line, times[index] ?? context.now, conversationId, context),
    );
  });
}

function draftLine(
  script: Script,
  line: Line,
  time: number,
  conversationId: string,
  context: SampleContext,
): Draft {
  const text = line.text?.replace('{me}', context.extension.name.replace(/ .*/, ''));
  const media = (line.media ?? []).map((name) => mediaPart(name, 'MmsAttachment'));
  return {
    type: script.type,
    conversationId,
    ...sides(script, line.from, context),
    readStatus: line.unread ? 'Unread' : 'Read',
    priority: line.priority ?? 'Normal',
    messageStatus: line.status ?? usualStatus(script, line),
    ...(line.errorCode !== undefined && { deliveryErrorCode: line.errorCode }),
    ...(text !== undefined && { subject: text }),
    ...(script.oldFormat && { oldFormat: script.oldFormat }),
    ...(script.type === 'Pager' && { pgToDepartment: script.toDepartment === true }),
    time,
    ...lastChange(line, time, context),
    parts: [...(text === undefined ? [] : [textPart(text)]), ...media],
  };
}

function usualStatus(script: Script, line: Line): string {
  if (line.from) return 'Received';
  return script.type === 'SMS' ? 'Delivered' : 'Sent';
}

function sides(
  script: Script,
  from: Party | undefined,
  context: SampleContext,
): Pick<Draft, 'direction' | 'from' | 'to'> {
  const isText = script.type === 'SMS';
  const named = isText ? byNumber : byExtension;
  const us = isText ? ourNumber(context) : ourExtension(context);
  if (!from) return { direction: 'Outbound', from: us, to: script.others.map(named) };
  const rest = script.others.filter((other) => other !== from).map(named);
  // Only a group says which of the recipients is us.
  const to = rest.length > 0 ? [{ ...us, target: true }, ...rest] : [us];
  return { direction: 'Inbound', from: named(from), to };
}

/** One time for each line, ms since the epoch: people take a while to type. */
function lineTimes({ time, lines }: Session, { now, random }: SampleContext): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const line of lines) {
    offsets.push(offset);
    offset += pause(line, random);
  }
  const told = timeOf(time, now);
  const first = 'minutesAgo' in time ? told - (offsets.at(-1) ?? 0) : told + random.integer(0, 59_999);
  return offsets.map((after) => first + after);
}

/** ms until the next line. */
function pause({ text = '' }: Line, random: Random): number {
  const reading = Math.min(text.length, 300) * random.integer(60, 240);
  return 9000 + reading + random.integer(0, 60_000);
}
