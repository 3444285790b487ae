import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/api/schema';
import type { ServerKind } from '../../../src/api/origins';
import { dialableNumber, groupNumber } from '../../../src/mailbox/dialable';
import type { GroupKey } from '../../../src/mailbox/group';
import { withReadings } from '../../../src/mailbox/message';
import { aMessage } from '../../builders/message';

const ADA = { name: 'Ada Park', phoneNumber: '+16505550101' };
const BEN = { name: 'Ben Ito', phoneNumber: '+16505550102' };
const US = { name: 'Rosa Lind', phoneNumber: '+16505550100' };

const account = { server: 'production' } as const;

const from = (phoneNumber: string): Message => aMessage({ from: { phoneNumber } });

describe('the number to reply to and to call is', () => {
  it.each<[string, Partial<Message>]>([
    ['the sender of a text', { from: ADA }],
    ['the caller of a voicemail', { type: 'VoiceMail', from: ADA }],
    ['the sender of a fax', { type: 'Fax', from: ADA }],
    ['the recipient of what we sent', { direction: 'Outbound', from: US, to: [ADA] }],
    ['the sender of a deleted message', { from: ADA, availability: 'Deleted' }],
  ])('that of %s', (_, fields) => {
    expect(dialableNumber(account, aMessage(fields))).toBe('+16505550101');
  });

  it.each([
    ['(650) 555-0101', '+16505550101'],
    ['16505550101', '+16505550101'],
    ['+44 7700 900123', '+447700900123'],
    ['tel:+1-650-555-0101', '+16505550101'],
  ])('the E.164 form of %s', (phoneNumber, number) => {
    expect(dialableNumber(account, from(phoneNumber))).toBe(number);
  });

  it('read in the home country of the account', () => {
    const message = withReadings(from('030 123456'), 'DE');
    expect(dialableNumber(account, message)).toBe('+4930123456');
  });
});

describe('there is no number to reply to and to call', () => {
  it.each<[string, Partial<Message>]>([
    ['of a group that wrote', { from: ADA, to: [{ ...US, target: true }, BEN] }],
    ['of several recipients', { direction: 'Outbound', from: US, to: [ADA, BEN] }],
    ['of nobody', { from: {} }],
    ['of nobody we sent to', { direction: 'Outbound', from: US, to: [] }],
    ['of a colleague’s extension', { type: 'Pager', from: { name: 'Ada Park', extensionNumber: '102' } }],
  ])('%s', (_, fields) => {
    expect(dialableNumber(account, aMessage(fields))).toBeUndefined();
  });

  it.each([
    '22395',
    '*67',
    '102',
    '555-0101',
    '5550101',
    'MYSHOP24',
    'Anonymous',
    'Unknown',
    'ada@example.com',
    '+16505550101;ext=12',
    '+16505550101&content=Pay',
    '+16505550101?x',
    '+16505550101#',
    'https://example.com',
    'javascript:alert(1)',
    '+1650555010116505550101',
    '+0123456789',
    `+${'1'.repeat(99)}`,
    '',
    ' ',
  ])('in what a record has in the place of one: %j', (phoneNumber) => {
    expect(dialableNumber(account, from(phoneNumber))).toBeUndefined();
  });

  it.each<ServerKind>(['sample', 'sandbox', 'another'])('for an account of this server: %s', (server) => {
    expect(dialableNumber({ server }, aMessage({ from: ADA }))).toBeUndefined();
  });
});

describe('a group has a number', () => {
  const newest = aMessage({ from: ADA });
  const numberOf = (key: GroupKey): string | undefined =>
    groupNumber(account, { key, newest, total: 1, unread: 0 });

  it('if it is a conversation, or all of one party', () => {
    expect(numberOf({ kind: 'thread', type: 'SMS', thread: '1' })).toBe('+16505550101');
    expect(numberOf({ kind: 'party', party: '+16505550101' })).toBe('+16505550101');
  });

  it('not if it holds messages of anybody', () => {
    expect(numberOf({ kind: 'type', type: 'SMS' })).toBeUndefined();
    expect(numberOf({ kind: 'date', span: 'today' })).toBeUndefined();
  });
});
