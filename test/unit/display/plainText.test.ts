import { expect, it } from 'vitest';
import { withoutIcons } from '../../../src/display/plainText';

it('what others wrote does not become an icon', () => {
  expect(withoutIcons('pay $(trash) or $(sync~spin), $5 (now)')).toBe(
    'pay \\$(trash) or \\$(sync~spin), $5 (now)',
  );
});
