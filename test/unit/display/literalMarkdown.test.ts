import { describe, expect, it } from 'vitest';
import { literalMarkdown } from '../../../src/display/literalMarkdown';

describe('literalMarkdown', () => {
  it.each([
    ['See you at 5, (650) 555-0101!', 'See you at 5, (650) 555-0101!'],
    ['# not a heading', '\\# not a heading'],
    ['- no list', '\\- no list'],
    ['1. no list', '1\\. no list'],
    ['2026 is fine', '2026 is fine'],
    ['> no quote', '\\> no quote'],
    ['*bold* _em_ ~~gone~~ `code`', '\\*bold\\* \\_em\\_ \\~\\~gone\\~\\~ \\`code\\`'],
    ['![x](http://evil.test/y.png)', '!\\[x\\](http://evil.test/y.png)'],
    ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['AT&amp;T $x$ a|b c\\d', 'AT\\&amp;T \\$x\\$ a\\|b c\\\\d'],
    ['title\n===', 'title\\\n\\==='],
    ['one\r\ntwo\n\nthree', 'one\\\ntwo\n\nthree'],
    ['x\n    code', 'x\\\n\u00a0\u00a0\u00a0\u00a0code'],
  ])('writes the plain text %j as %j', (text, markdown) => {
    expect(literalMarkdown(text)).toBe(markdown);
  });
});
