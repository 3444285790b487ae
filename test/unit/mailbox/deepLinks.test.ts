import { describe, expect, it } from 'vitest';
import { callLink, replyLink, type OpenWith } from '../../../src/mailbox/deepLinks';

const ADA = '+16505550101';
const EVERY: readonly OpenWith[] = ['web', 'app', 'system'];

/** The parameters of an address, as the app that it opens reads them. */
const parameters = (address: string): Record<string, string> =>
  Object.fromEntries(new URL(address).searchParams);

describe('an address for a text message', () => {
  it.each<[OpenWith, string]>([
    ['web', 'https://app.ringcentral.com/r/sms?type=new&number=%2B16505550101'],
    ['app', 'rcmobile://sms?number=%2B16505550101'],
    ['system', 'sms:+16505550101'],
  ])('is that of the app, with the number (%s)', (openWith, address) => {
    expect(replyLink(openWith, ADA, '')).toEqual({ address, hasText: false });
  });

  it.each([
    'See you at 5 & bring “it”? 50 % off + more #1 = a/b',
    'https://example.com/?number=%2B4930123456&content=x#y',
    '&number=+4930123456&type=old',
    '第一行\nзавтра 🙋🏽‍♀️\t“ends”',
    '%2B%26%00',
    `'";)(!*`,
    '\u0000\u202e',
  ])('has what was typed as its text and nothing else: %j', (text) => {
    const { address, hasText } = replyLink('web', ADA, text);
    expect(hasText).toBe(true);
    expect(address).toMatch(/^[\w!'()*%&=?:/.~-]+$/);
    expect(parameters(address)).toEqual({ type: 'new', number: ADA, content: text });
    expect(new URL(address).host).toBe('app.ringcentral.com');
  });

  it('takes half a character as what stands for one', () => {
    expect(parameters(replyLink('web', ADA, 'a\ud83d').address)['content']).toBe('a\ufffd');
  });

  it.each(['app', 'system'] as const)('has no text where none is taken (%s)', (openWith) => {
    const { address, hasText } = replyLink(openWith, ADA, 'Thanks');
    expect(hasText).toBe(false);
    expect(address).not.toContain('Thanks');
  });

  it.each([
    ['letters', 'a', 1_900],
    ['characters that are encoded', '漢', 212],
  ])('is never longer than Windows opens, and has the number still: %s', (_, character, most) => {
    expect(replyLink('web', ADA, character.repeat(most)).hasText).toBe(true);
    for (const count of [most + 100, 100_000]) {
      const { address, hasText } = replyLink('web', ADA, character.repeat(count));
      expect(hasText).toBe(false);
      expect(address.length).toBeLessThanOrEqual(2_000);
      expect(parameters(address)).toEqual({ type: 'new', number: ADA });
    }
  });
});

describe('an address for a call', () => {
  it.each<[OpenWith, string]>([
    ['web', 'https://app.ringcentral.com/r/call?number=%2B16505550101'],
    ['app', 'rcmobile://call?number=%2B16505550101'],
    ['system', 'tel:+16505550101'],
  ])('is that of the app, with the number (%s)', (openWith, address) => {
    expect(callLink(openWith, ADA)).toBe(address);
  });
});

it('stays an address of one app each', () => {
  const schemes = EVERY.flatMap((openWith) => [
    replyLink(openWith, ADA, 'x').address,
    callLink(openWith, ADA),
  ]);
  expect(schemes.map((address) => new URL(address).protocol)).toEqual([
    'https:',
    'https:',
    'rcmobile:',
    'rcmobile:',
    'sms:',
    'tel:',
  ]);
});
