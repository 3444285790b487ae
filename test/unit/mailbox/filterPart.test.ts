import { expect, it } from 'vitest';
import { withPart } from '../../../src/mailbox/filterPart';

it('one part of a filter is replaced, the others stay', () => {
  const filter = { readStatus: 'Unread', types: ['Fax'] } as const;
  expect(withPart(filter, 'readStatus', 'Read')).toEqual({ readStatus: 'Read', types: ['Fax'] });
  expect(withPart(filter, 'failed', true)).toEqual({ ...filter, failed: true });
});

it('a part that is taken away leaves nothing behind, so that an empty filter is empty', () => {
  expect(Object.keys(withPart({ readStatus: 'Unread' }, 'readStatus', undefined))).toEqual([]);
});
