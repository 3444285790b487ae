import type { Party } from '../../api/schema';
import { failureCode, recipientFailure } from '../../mailbox/delivery';
import { isInbound, openableAttachments, otherParties } from '../../mailbox/message';
import { encodeJson } from '../encode';
import type { Entry, TranscriptFormat } from './transcript';

/** For programs: names and values as the server gives them, whatever language VS Code is shown in. */
export const jsonTranscript: TranscriptFormat = {
  extension: 'json',

  begin(message) {
    const head = message && {
      conversationId: message.conversationId,
      with: otherParties(message).map(partyFields),
    };
    return `${head ? `${encodeJson(head).replace(/\n}$/, '')},` : '{'}\n  "messages": [\n`;
  },

  entry(entry, before) {
    const text = encodeJson(messageFields(entry)).replace(/^/gm, '    ');
    return before ? `,\n${text}` : text;
  },

  end: () => '\n  ]\n}\n',
};

function messageFields({ message, text }: Entry): object {
  return {
    id: message.id,
    type: message.type,
    time: message.creationTime,
    direction: isInbound(message) ? 'Inbound' : 'Outbound',
    from: message.from && partyFields(message.from),
    to: message.to.map((party) => ({
      ...partyFields(party),
      status: party.messageStatus,
      failure: recipientFailure(party, message.deliveryErrorCode),
    })),
    text,
    status: message.messageStatus,
    failure: failureCode(message),
    priority: message.priority,
    readStatus: message.readStatus,
    availability: message.availability,
    attachments: openableAttachments(message).map(({ id, fileName, contentType, size }) => ({
      id,
      fileName,
      contentType,
      size,
    })),
  };
}

function partyFields({ name, phoneNumber, extensionNumber, location }: Party): object {
  return { name, phoneNumber, extensionNumber, location };
}
