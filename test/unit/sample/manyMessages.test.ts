import { describe, expect, it } from 'vitest';
import { buildMailbox, DAY, NOW } from './buildMailbox';

describe('a sample mailbox of a given size', () => {
  const written = buildMailbox().length;

  it.each([0, 1, 40, written, written + 1, 1000])('has exactly %d messages', (messages) => {
    expect(buildMailbox({ messages })).toHaveLength(messages);
  });

  it('has the newest messages of the default mailbox when the size is smaller', () => {
    const whole = buildMailbox();
    const times = buildMailbox({ messages: 20 }).map(({ creationTime }) => creationTime);
    expect(times).toEqual(whole.slice(-20).map(({ creationTime }) => creationTime));
  });

  describe('of 100,000 messages', () => {
    const mailbox = buildMailbox({ messages: 100_000 });

    it('has exactly 100,000, each with a unique id of 13 digits', () => {
      expect(mailbox).toHaveLength(100_000);
      const ids = new Set(mailbox.map(({ id }) => id));
      expect(ids.size).toBe(100_000);
      expect([...ids].filter((id) => id.length !== 13)).toEqual([]);
    });

    it('reaches back three years, and has no message in the future', () => {
      const times = mailbox.map(({ creationTime }) => Date.parse(creationTime));
      const oldest = times.reduce((a, b) => Math.min(a, b));
      expect(NOW - oldest).toBeGreaterThan(1090 * DAY);
      expect(NOW - oldest).toBeLessThan(1100 * DAY);
      expect(times.reduce((a, b) => Math.max(a, b))).toBeLessThan(NOW);
    });

    it('contains the default mailbox', () => {
      const subjects = new Set(mailbox.map(({ subject }) => subject));
      expect(buildMailbox().filter(({ subject }) => !subjects.has(subject))).toEqual([]);
    });

    it('has messages of all types, many conversations, and unread and Deleted messages', () => {
      expect(new Set(mailbox.map(({ type }) => type))).toEqual(new Set(['SMS', 'Pager', 'VoiceMail', 'Fax']));
      expect(new Set(mailbox.map(({ conversationId }) => conversationId)).size).toBeGreaterThan(1000);
      expect(mailbox.filter(({ readStatus }) => readStatus === 'Unread').length).toBeGreaterThan(300);
      expect(mailbox.filter(({ availability }) => availability === 'Deleted').length).toBeGreaterThan(300);
    });

    it('has no unfilled placeholder in a text', () => {
      expect(mailbox.filter(({ subject = '' }) => /[{}]/.test(subject))).toEqual([]);
    });
  });
});
