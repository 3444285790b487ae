import { describe, expect, it } from 'vitest';
import { media, type MediaFile } from '../../../src/emulator/sample/media';
import { recordings } from '../../../src/emulator/sample/recordings';
import type { StoredMessage } from '../../../src/emulator/record';
import { buildMailbox, DAY, NOW } from './buildMailbox';

const mailbox = buildMailbox();

function having(predicate: (message: StoredMessage) => boolean): StoredMessage[] {
  return mailbox.filter(predicate);
}

function ofType(type: string): StoredMessage[] {
  return having((message) => message.type === type);
}

function values<Value>(
  messages: readonly StoredMessage[],
  value: (message: StoredMessage) => Value,
): Set<Value> {
  return new Set(messages.map(value));
}

function conversation(id: string | undefined): StoredMessage[] {
  return having((message) => message.conversationId === id);
}

/** The texts of each conversation in the order of its messages. */
function subjectsByConversation(messages: readonly StoredMessage[]): object {
  const conversations = messages.filter(({ conversationId }) => conversationId !== undefined);
  return Object.groupBy(
    conversations.map(({ conversationId = '', subject }) => ({ conversationId, subject })),
    ({ conversationId }) => conversationId,
  );
}

function texts(): string[] {
  return mailbox.flatMap(({ subject }) => subject ?? []);
}

describe('the sample mailbox', () => {
  it('is the same for the same seed, and different for another seed', () => {
    expect(buildMailbox()).toEqual(mailbox);
    expect(buildMailbox({ seed: 2 })).not.toEqual(mailbox);
    expect(buildMailbox({ messages: 2000 })).toEqual(buildMailbox({ messages: 2000 }));
  });

  it('has a few hundred messages of the last two months', () => {
    expect(mailbox.length).toBeGreaterThan(250);
    expect(mailbox.length).toBeLessThan(600);
    const oldest = Math.min(...mailbox.map(({ creationTime }) => Date.parse(creationTime)));
    expect(NOW - oldest).toBeGreaterThan(55 * DAY);
    expect(NOW - oldest).toBeLessThan(63 * DAY);
  });

  it('is sorted oldest first, with ascending ids', () => {
    const times = mailbox.map(({ creationTime }) => creationTime);
    expect(times).toEqual(times.toSorted());
    const ids = mailbox.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('has unique ids of 13 digits for messages and attachments', () => {
    const ids = mailbox.flatMap(({ id, attachments }) => [
      id,
      ...attachments.map((attachment) => attachment.id).filter((attachmentId) => attachmentId !== id),
    ]);
    expect(ids.filter((id) => !/^\d{13}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has conversation ids beyond 2^53, some of which are equal as JavaScript numbers', () => {
    const ids = [...new Set(mailbox.flatMap(({ conversationId }) => conversationId ?? []))];
    expect(ids.length).toBeGreaterThan(20);
    for (const id of ids) {
      expect(BigInt(id)).toBeGreaterThan(2n ** 53n);
      expect(BigInt(id)).toBeLessThan(2n ** 63n);
    }
    expect(new Set(ids.map(Number)).size).toBeLessThan(ids.length);
  });

  it('has a conversationId in every text and pager message, and in no other', () => {
    const threaded = having(({ conversationId }) => conversationId !== undefined);
    expect(values(threaded, ({ type }) => type)).toEqual(new Set(['SMS', 'Pager']));
    expect(threaded).toHaveLength(ofType('SMS').length + ofType('Pager').length);
  });

  // Whatever the hour, also just after midnight and where clocks go back.
  it.each(['2026-03-11T00:00:10', '2026-03-11T06:30:00', '2026-11-01T02:10:00', '2026-12-31T23:59:00'])(
    'has no message in the future, and every conversation in its order, when built at %s',
    (localTime) => {
      const now = Date.parse(localTime);
      const messages = buildMailbox({ now });
      for (const { creationTime, lastModifiedTime, removedAt = 0 } of messages) {
        expect(Date.parse(creationTime)).toBeLessThan(now);
        expect(Date.parse(lastModifiedTime)).toBeLessThanOrEqual(now);
        expect(lastModifiedTime >= creationTime).toBe(true);
        expect(removedAt).toBeLessThanOrEqual(now);
      }
      expect(subjectsByConversation(messages)).toEqual(subjectsByConversation(mailbox));
    },
  );

  it('has messages that are less than ten minutes old, some of them unread', () => {
    const recent = having(({ creationTime }) => NOW - Date.parse(creationTime) < 10 * 60_000);
    expect(recent.length).toBeGreaterThan(0);
    expect(recent.some(({ readStatus }) => readStatus === 'Unread')).toBe(true);
  });

  it('has a conversation of more than 60 messages, and one of fewer than four', () => {
    const lengths = [...values(mailbox, ({ conversationId }) => conversationId)]
      .filter((id) => id !== undefined)
      .map((id) => conversation(id).length);
    expect(Math.max(...lengths)).toBeGreaterThan(60);
    expect(Math.min(...lengths)).toBeLessThan(4);
  });

  it('has senders with a name, with only a number and a place, with only an extension, and with nothing', () => {
    const senders = having(({ direction }) => direction === 'Inbound').map(({ from }) =>
      Object.keys(from ?? {})
        .sort()
        .join(),
    );
    expect(senders).toEqual(
      expect.arrayContaining([
        'location,name,phoneNumber',
        'location,phoneNumber',
        'phoneNumber',
        'extensionId,extensionNumber',
        'extensionId,extensionNumber,name',
        '',
      ]),
    );
  });

  it('has only phone numbers that are reserved for fiction', () => {
    const numbers = mailbox.flatMap(({ from, to }) =>
      [from, ...to].flatMap((party) => party?.phoneNumber ?? []),
    );
    expect(numbers.length).toBeGreaterThan(0);
    const fiction = /^\+1\d{3}55501\d\d$|^\(\d{3}\) 555-01\d\d$|^\+44207946\d{4}$/;
    expect(numbers.filter((number) => !fiction.test(number))).toEqual([]);
  });

  it('has a group MMS whose inbound messages mark the user as the target among the recipients', () => {
    const inbound = having(({ to, direction }) => direction === 'Inbound' && to.length > 1);
    expect(inbound.length).toBeGreaterThan(3);
    for (const { to, type } of inbound) {
      expect(type).toBe('SMS');
      expect(to.filter(({ target }) => target).map(({ name }) => name)).toEqual(['Robin Whitlock']);
    }
    expect(
      having(({ to, direction, type }) => type === 'SMS' && direction === 'Outbound' && to.length > 1),
    ).not.toEqual([]);
  });

  it('has an inbound text longer than 1000 characters, with all of it in its attachment', () => {
    const [long] = having(({ subject = '', direction }) => direction === 'Inbound' && subject.length > 1000);
    const [attachment] = long?.attachments ?? [];
    expect(long?.files.get(attachment?.id ?? '')).toEqual({ kind: 'text', text: long?.subject });
  });

  it.each([
    ['emoji', /\p{Emoji_Presentation}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Hebrew', /\p{Script=Hebrew}/u],
    ['Chinese', /\p{Script=Han}/u],
    ['Japanese', /\p{Script=Hiragana}/u],
    ['right-to-left and left-to-right characters mixed', /\p{Script=Arabic}.*[A-Za-z]/u],
    ['a link', /https:\/\/\S+/],
    ['several paragraphs', /\n\n/],
  ])('has texts with %s', (_, pattern) => {
    expect(texts().some((text) => pattern.test(text))).toBe(true);
  });

  it('addresses the user by name, and has no unfilled placeholder in a text', () => {
    expect(texts().some((text) => text.includes('Dear Robin'))).toBe(true);
    expect(texts().filter((text) => /[{}]/.test(text))).toEqual([]);
  });

  it('has voicemails with every vmTranscriptionStatus, and a transcription attached to the completed ones', () => {
    const voicemails = ofType('VoiceMail');
    expect(values(voicemails, ({ vmTranscriptionStatus }) => vmTranscriptionStatus)).toEqual(
      new Set([
        'NotAvailable',
        'InProgress',
        'TimedOut',
        'Completed',
        'CompletedPartially',
        'Failed',
        'Unknown',
      ]),
    );
    for (const { attachments, vmTranscriptionStatus } of voicemails) {
      const isTranscribed = vmTranscriptionStatus?.startsWith('Completed') === true;
      expect(attachments.map(({ type }) => type)).toEqual(
        isTranscribed ? ['AudioRecording', 'AudioTranscription'] : ['AudioRecording'],
      );
    }
  });

  it('has transcriptions that say what their recordings say', () => {
    const completed = ofType('VoiceMail').filter(
      ({ vmTranscriptionStatus }) => vmTranscriptionStatus === 'Completed',
    );
    const words: Readonly<Record<string, string>> = recordings;
    expect(completed.length).toBeGreaterThan(0);
    for (const { files } of completed) {
      const [recording, transcription] = [...files.values()];
      const path = recording?.kind === 'file' ? recording.path : '';
      expect(transcription).toEqual({ kind: 'text', text: words[path] });
    }
  });

  it('has an unread urgent voicemail, and a voicemail that is shared by a call queue', () => {
    expect(
      ofType('VoiceMail').some(({ readStatus, priority }) => readStatus === 'Unread' && priority === 'High'),
    ).toBe(true);
    expect(ofType('VoiceMail').flatMap(({ owner }) => owner ?? [])).toContainEqual(
      expect.objectContaining({ extensionType: 'Department', name: 'New Projects' }),
    );
  });

  it('has faxes in both resolutions: received, sent, queued, and failed with a faxErrorCode', () => {
    const faxes = ofType('Fax');
    expect(values(faxes, ({ faxResolution }) => faxResolution)).toEqual(new Set(['High', 'Low']));
    expect(values(faxes, ({ messageStatus }) => messageStatus)).toEqual(
      new Set(['Received', 'Sent', 'SendingFailed', 'Queued']),
    );
    for (const { messageStatus, to } of faxes) {
      const reasons = to.flatMap(({ faxErrorCode }) => faxErrorCode ?? []);
      expect(reasons.length > 0, String(messageStatus)).toBe(messageStatus === 'SendingFailed');
    }
    expect(faxes.some(({ to }) => to.length > 1)).toBe(true);
    expect(faxes.some(({ coverPageText }) => coverPageText !== undefined)).toBe(true);
  });

  it('states the number of pages of each fax', () => {
    const described: Readonly<Record<string, MediaFile>> = media;
    for (const { faxPageCount, attachments } of ofType('Fax')) {
      expect(faxPageCount).toBeGreaterThan(0);
      expect(faxPageCount).toBe(described[attachments[0]?.fileName ?? '']?.pages);
    }
  });

  it('has text messages that failed, each with a deliveryErrorCode', () => {
    const failed = ofType('SMS').filter(({ messageStatus = '' }) => messageStatus.endsWith('Failed'));
    expect(values(failed, ({ messageStatus }) => messageStatus)).toEqual(
      new Set(['DeliveryFailed', 'SendingFailed']),
    );
    for (const { deliveryErrorCode } of failed) expect(deliveryErrorCode).toMatch(/^SMS-\w+-\d+$/);
  });

  it('has pager messages in both directions between extensions, some to a department', () => {
    const pager = ofType('Pager');
    expect(values(pager, ({ direction }) => direction)).toEqual(new Set(['Inbound', 'Outbound']));
    expect(values(pager, ({ pgToDepartment }) => pgToDepartment)).toEqual(new Set([true, false]));
    for (const { from, to } of pager) {
      for (const party of [from, ...to]) {
        expect(party).toHaveProperty('extensionNumber');
        expect(party).not.toHaveProperty('phoneNumber');
      }
    }
  });

  it('has a Deleted message of each type, deleted after its creation and not yet due to be Purged', () => {
    const deleted = having(({ availability }) => availability === 'Deleted');
    expect(values(deleted, ({ type }) => type)).toEqual(new Set(['SMS', 'Pager', 'VoiceMail', 'Fax']));
    for (const { removedAt = 0, creationTime } of deleted) {
      expect(removedAt).toBeGreaterThan(Date.parse(creationTime));
      expect(NOW - removedAt).toBeLessThan(4.5 * DAY);
    }
    expect(
      having(({ availability, removedAt }) => availability === 'Alive' && removedAt !== undefined),
    ).toEqual([]);
  });

  it('has records in the old format', () => {
    expect(having(({ oldFormat }) => oldFormat === true).length).toBeGreaterThan(2);
  });

  it('attaches every sample file to a message, with its size, content type and file name', () => {
    const described: Readonly<Record<string, MediaFile>> = media;
    const used = new Set<string>();
    for (const { attachments, files } of mailbox) {
      expect([...files.keys()]).toEqual(attachments.map(({ id }) => id));
      for (const attachment of attachments) {
        const file = files.get(attachment.id);
        if (file?.kind !== 'file') continue;
        used.add(file.path);
        const { size, contentType, fileName } = attachment;
        expect({ size, contentType, fileName }).toEqual({
          size: described[file.path]?.size,
          contentType: described[file.path]?.contentType,
          fileName: file.path,
        });
      }
    }
    expect([...used].sort()).toEqual(Object.keys(media).sort());
  });

  it('states the durations of recordings, and the dimensions of pictures and videos', () => {
    const attachments = mailbox.flatMap((message) => message.attachments);
    const recorded = attachments.filter(({ type }) => type === 'AudioRecording');
    expect(recorded.length).toBeGreaterThan(0);
    expect(recorded.filter(({ vmDuration = 0 }) => vmDuration < 6 || vmDuration > 20)).toEqual([]);
    const visual = attachments.filter(
      ({ type, contentType = '' }) => type === 'MmsAttachment' && /^(image|video)/.test(contentType),
    );
    const kinds = visual.map(({ contentType = '' }) => contentType.split('/')[0]);
    expect(new Set(kinds)).toEqual(new Set(['image', 'video']));
    expect(visual.filter(({ width, height }) => width === undefined || height === undefined)).toEqual([]);
  });
});
