import { describe, expect, it } from 'vitest';
import { otherParties, otherPartyKey, partyName } from '../../../src/mailbox/message';
import { readPhoneNumber } from '../../../src/mailbox/phoneNumber';
import { aMessage } from '../../builders/message';

describe('the other party of a message', () => {
  const ada = { name: 'Ada Park', phoneNumber: '+16505550101' };
  const ben = { name: 'Ben Ito', phoneNumber: '+16505550102' };
  const us = { name: 'Rosa Lind', phoneNumber: '+16505550100', target: true };

  it('is the sender of an inbound message and the recipients of an outbound one', () => {
    expect(otherParties(aMessage({ from: ada, to: [us] }))).toEqual([ada]);
    expect(otherParties(aMessage({ direction: 'Outbound', from: us, to: [ada, ben] }))).toEqual([ada, ben]);
  });

  it('is everybody else in a group message', () => {
    expect(otherParties(aMessage({ from: ada, to: [us, ben] }))).toEqual([ada, ben]);
  });

  it('has the same key whoever of the group writes and however the numbers are formatted', () => {
    const fromAda = aMessage({ from: ada, to: [us, { ...ben, phoneNumber: '(650)555-0102' }] });
    const fromBen = aMessage({ from: ben, to: [{ ...ada, phoneNumber: '16505550101' }, us] });
    expect(otherPartyKey(fromAda)).toBe(otherPartyKey(fromBen));
    expect(otherPartyKey(fromAda)).not.toBe(otherPartyKey(aMessage({ from: ada, to: [us] })));
  });

  it('is empty for a record that names nobody', () => {
    const { from: _from, ...message } = aMessage({ to: [] });
    expect(otherParties(message)).toEqual([]);
    expect(otherPartyKey(message)).toBe('');
  });

  it('is shown by name, else by number, else by place', () => {
    expect(partyName(ada)).toBe('Ada Park');
    expect(partyName({ phoneNumber: '+16505550101', location: 'San Mateo, CA' })).toBe('(650) 555-0101');
    expect(partyName({ extensionNumber: '102' })).toBe('102');
    expect(partyName({ location: 'San Mateo, CA' })).toBe('San Mateo, CA');
    expect(partyName({})).toBe('');
  });
});

describe('phone numbers', () => {
  it.each([
    ['+16505550101', '(650) 555-0101'],
    ['16505550101', '(650) 555-0101'],
    ['(650)555-0101', '(650) 555-0101'],
    ['+442079460018', '+44 20 7946 0018'],
    ['anonymous', 'anonymous'],
    ['72245', '72245'],
  ])('are shown readably: %s as %s', (raw, text) => {
    expect(readPhoneNumber(raw).text).toBe(text);
  });

  it('are recognized as the same number in different spellings', () => {
    const spellings = ['+16505550101', '16505550101', '6505550101', '(650)555-0101', '+1 650 555 0101'];
    expect(new Set(spellings.map((each) => readPhoneNumber(each).key))).toEqual(new Set(['+16505550101']));
  });
});
