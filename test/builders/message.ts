import type { Message } from '../../src/api/schema';

let lastId = 1_724_099_000_000;

/** A plausible inbound text of a moment ago; `fields` say what matters to the test. */
export function aMessage(fields: Partial<Message> = {}): Message {
  lastId += 1;
  return {
    id: String(lastId),
    availability: 'Alive',
    type: 'SMS',
    direction: 'Inbound',
    readStatus: 'Unread',
    messageStatus: 'Received',
    priority: 'Normal',
    creationTime: new Date(lastId).toISOString(),
    subject: 'See you at five',
    from: { name: 'Ada Park', phoneNumber: '+16505550101', location: 'San Mateo, CA' },
    to: [{ name: 'Rosa Lind', phoneNumber: '+16505550100' }],
    attachments: [],
    ...fields,
  };
}
