import { describe, expect, it } from 'vitest';
import { partyName } from '../../../../src/mailbox/message';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { aMessage } from '../../../builders/message';
import { ALIVE, ALL, alive, idsOf, outline, type StoreUnderTest } from './storeUnderTest';

/** Derives everything anew that is out of date. @returns how often it was asked to */
export function rebuild(store: MessageStore): number {
  let count = 1;
  while (store.rebuildSome()) count += 1;
  return count;
}

/** What every store makes of records, and makes anew when it is to be something else. */
export function describeDerivation(tested: StoreUnderTest): void {
  const from = (phoneNumber: string): { from: { phoneNumber: string } } => ({ from: { phoneNumber } });
  const calls = (...numbers: string[]): ReturnType<typeof aMessage>[] =>
    numbers.map((number) => aMessage({ type: 'VoiceMail', ...from(number) }));

  describe('a message that failed for one of several', () => {
    it('is one that failed', () => {
      const to = [
        { phoneNumber: '+17065550101', messageStatus: 'Delivered' },
        { phoneNumber: '+17065550102', messageStatus: 'DeliveryFailed' },
      ];
      const ours = { direction: 'Outbound', messageStatus: 'Sent' };
      const [one, none] = [aMessage({ ...ours, to }), aMessage({ ...ours, to: to.slice(0, 1) })];
      tested.put(one, none);
      expect(tested.store.ids(alive({ failed: true }))).toEqual([one.id]);
      expect(tested.store.ids(alive({ failed: false }))).toEqual([none.id]);
    });
  });

  describe('the country of an account', () => {
    it('is remembered', () => {
      expect(tested.store.country).toBeUndefined();
      tested.store.setCountry('GB');
      expect(tested.store.country).toBe('GB');
    });

    it('says how numbers are read: what is there already is of one party as soon as it was rebuilt', () => {
      const messages = calls('07700 900123', '+447700900123', '447700900123');
      tested.put(...messages);
      expect(outline(tested.store, ALIVE, 'party')).toEqual(['+447700900123 2/2', '07700900123 1/1']);
      tested.store.setCountry('GB');
      rebuild(tested.store);
      expect(outline(tested.store, ALIVE, 'party')).toEqual(['+447700900123 3/3']);
      for (const phoneNumber of ['07700 900123', '+44 7700 900123', '00447700900123'])
        expect(tested.store.tally(alive({ phoneNumber })).total).toBe(3);
      const terms = [{ in: 'from', text: '07700 900', phrase: true }] as const;
      expect(tested.store.tally(alive({ terms })).total).toBe(3);
    });

    it('says how numbers are written in all that is shown, and in no record', () => {
      const [message] = calls('447700900123');
      if (!message) throw new Error('There is none.');
      tested.put(message);
      tested.store.setCountry('GB');
      const shown = [
        tested.store.get(message.id),
        ...tested.store.messages(ALIVE, ALL),
        ...(['type', 'thread', 'party', 'date'] as const).flatMap((level) =>
          tested.store.groups(ALIVE, level, ALL).map(({ newest }) => newest),
        ),
      ];
      expect(shown.map((each) => partyName(each?.from ?? {}))).toEqual(shown.map(() => '07700 900123'));
      expect(tested.store.confirmed(message.id)).toEqual(message);
    });

    it('counts for what comes later, at once', () => {
      tested.store.setCountry('GB');
      tested.put(...calls('02079460001', '+442079460001'));
      expect(outline(tested.store, ALIVE, 'party')).toEqual(['+442079460001 2/2']);
    });

    it('that was taken for granted, or is known already, changes nothing', () => {
      tested.put(...calls('6505550101'));
      tested.fired.length = 0;
      tested.store.setCountry('US');
      expect([tested.store.rebuildSome(), tested.fired]).toEqual([false, []]);
      tested.store.setCountry('GB');
      rebuild(tested.store);
      const told = tested.fired.length;
      tested.store.setCountry('GB');
      expect([tested.store.rebuildSome(), tested.fired.length]).toEqual([false, told]);
    });

    it('that is another one is told of as a change of everything, and again when it is done', () => {
      tested.put(...calls('6505550101'));
      tested.fired.length = 0;
      tested.store.setCountry('GB');
      expect(tested.fired).toEqual([undefined]);
      rebuild(tested.store);
      expect(tested.fired.at(-1)).toBeUndefined();
    });

    it('is taken account of a part at a time', () => {
      tested.put(...calls(...Array.from({ length: 120 }, (_, index) => `07700 900${100 + index}`)));
      tested.store.setCountry('GB');
      expect(tested.store.ids(ALIVE)).toHaveLength(120);
      expect(rebuild(tested.store)).toBe(3);
      expect(tested.store.tally(alive({ phoneNumber: '+447700900150' })).total).toBe(1);
      expect(tested.store.tally(alive({ phoneNumber: '+447700900219' })).total).toBe(1);
    });

    it('leaves what waits in the outbox as it is', () => {
      const messages = calls('07700 900123', '07700 900124');
      tested.put(...messages);
      const deletion = tested.enqueue('delete', ...messages);
      const before = tested.store.operations();
      tested.store.setCountry('GB');
      rebuild(tested.store);
      expect(tested.store.operations()).toEqual(before);
      expect(tested.store.ids(ALIVE)).toEqual([]);
      tested.store.cancel(deletion);
      expect(new Set(tested.store.ids(ALIVE))).toEqual(new Set(idsOf(messages)));
    });
  });
}
