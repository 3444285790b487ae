import { expect, onTestFinished, test, vi } from 'vitest';
import { Emitter } from '../../../src/util/emitter';

test('a listener that throws stops neither the others nor whoever fires, and its error is not lost', () => {
  const left: (() => void)[] = [];
  const spy = vi
    .spyOn(globalThis, 'queueMicrotask')
    .mockImplementation((callback) => void left.push(callback));
  onTestFinished(() => spy.mockRestore());
  const emitter = new Emitter<string>();
  const heard: string[] = [];
  emitter.event(() => {
    throw new Error('of a listener');
  });
  emitter.event((event) => heard.push(event));
  emitter.fire('something');
  expect(heard).toEqual(['something']);
  expect(left).toHaveLength(1);
  expect(left[0]).toThrow('of a listener');
});
