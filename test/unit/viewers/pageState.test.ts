import { expect, test } from 'vitest';
import { PageState } from '../../../src/webview/pageState';

function kept(atFirst?: unknown) {
  let state = atFirst;
  const api = { getState: () => state, setState: (next: unknown) => (state = next) };
  return { state: new PageState(api), again: () => new PageState(api) };
}

const fax = { kind: 'message', accountId: '101', messageId: '1' } as const;

test('PageState keeps its values and its subject when the page is reloaded', () => {
  const { state, again } = kept();
  state.begin(fax);
  state.set('scroll', 40);
  const later = again();
  later.begin(fax);
  expect(later.get('scroll')).toBe(40);
  expect(later.get('subject')).toEqual(fax);
});

test('PageState forgets the values of another message', () => {
  const { state, again } = kept();
  state.begin(fax);
  state.set('scroll', 40);
  state.begin({ kind: 'message', accountId: '101', messageId: '2' });
  expect(state.get('scroll')).toBeUndefined();
  expect(again().get('scroll')).toBeUndefined();
});

test('PageState ignores a stored value that is not a state', () => {
  expect(kept('nonsense').state.get('length')).toBeUndefined();
});
