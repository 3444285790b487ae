import { expect, it } from 'vitest';
import { withoutIcons } from '../../../src/display/plainText';

it('withoutIcons escapes what VS Code would show as an icon, and leaves other dollar signs alone', () => {
  expect(withoutIcons('pay $(trash) or $(sync~spin), $5 (now)')).toBe(
    'pay \\$(trash) or \\$(sync~spin), $5 (now)',
  );
});
