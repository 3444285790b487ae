import { describe, expect, it } from 'vitest';
import { monthOf, monthRange, monthsIn } from '../../../../src/mailbox/files/months';
import { foldersIn, folderQuery } from '../../../../src/mailbox/files/folders';
import { NO_FILTER } from '../../../../src/mailbox/query';
import { aMessage } from '../../../builders/message';
import { EACH_STORE } from '../stores';

describe('months', () => {
  it('begin and end at local midnight', () => {
    const { since = NaN, until = NaN } = monthRange('2026-12') ?? {};
    expect([since, until]).toEqual([new Date(2026, 11, 1).getTime(), new Date(2027, 0, 1).getTime()]);
    expect([since, until - 1, until].map(monthOf)).toEqual(['2026-12', '2026-12', '2027-01']);
  });

  it.each(['2026-13', '2026-6', 'x', ''])('do not include %j', (text) => {
    expect(monthRange(text)).toBeUndefined();
  });
});

describe.each(EACH_STORE)('the folders of a mailbox (%s)', (_name, { create }) => {
  it('are those of the types and months that have messages', () => {
    const { store } = create()();
    const at = (year: number, month: number): string => new Date(year, month - 1, 1).toISOString();
    const { creationTime, ...undated } = aMessage({ type: 'Fax' });
    store.apply({
      put: [
        aMessage({ type: 'Fax', creationTime: at(2026, 6) }),
        aMessage({ type: 'Fax', creationTime: at(2026, 6) }),
        aMessage({ type: 'Fax', creationTime: at(2025, 12) }),
        aMessage({ type: 'SMS', creationTime: at(2024, 1) }),
        aMessage({ type: 'Hologram', creationTime: at(2024, 2) }),
        aMessage({ type: 'SMS', availability: 'Deleted', creationTime: at(2023, 3) }),
        undated,
      ],
    });
    expect(foldersIn(store)).toEqual(['Text Messages', 'Faxes', 'Hologram', 'Deleted']);
    const months = (folder: string): string[] | undefined => {
      const query = folderQuery(store, folder);
      return query && monthsIn(store, query);
    };
    expect(months('Faxes')).toEqual(['2026-06', '2025-12', 'Undated']);
    expect(months('Hologram')).toEqual(['2024-02']);
    expect(months('Deleted')).toEqual(['2023-03']);
    expect(months('Voicemail')).toEqual([]);
    expect(months('Telegrams')).toBeUndefined();
    expect(monthsIn(store, { availability: 'Alive', filter: NO_FILTER })).toHaveLength(5);
    store.dispose();
  });
});
