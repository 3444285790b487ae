import { expect, it } from 'vitest';
import { withPart } from '../../../src/mailbox/filterPart';

it('replacing one part of a filter keeps the other parts', () => {
  const filter = { readStatus: 'Unread', types: ['Fax'] } as const;
  expect(withPart(filter, 'readStatus', 'Read')).toEqual({ readStatus: 'Read', types: ['Fax'] });
  expect(withPart(filter, 'failed', true)).toEqual({ ...filter, failed: true });
});

it('removing the last part of a filter leaves an empty filter', () => {
  expect(Object.keys(withPart({ readStatus: 'Unread' }, 'readStatus', undefined))).toEqual([]);
});
