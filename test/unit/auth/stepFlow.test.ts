import { expect, test } from 'vitest';
import { BACK, runSteps, type Answer, type Step } from '../../../src/auth/stepFlow';

interface Draft {
  readonly extra: boolean;
  readonly seen: readonly string[];
}

const EMPTY: Draft = { extra: false, seen: [] };

/** A step that gives its answers in turn, and notes each time where in the flow it was asked. */
function scripted(name: string, answers: ((draft: Draft) => Answer<Draft>)[], log: string[]): Step<Draft> {
  return (draft, { step, totalSteps }) => {
    log.push(`${name} ${step}/${totalSteps}`);
    return Promise.resolve(answers.shift()?.(draft));
  };
}

const sees =
  (name: string, extra?: boolean) =>
  (draft: Draft): Draft => ({ extra: extra ?? draft.extra, seen: [...draft.seen, name] });

test('runSteps asks the steps in order and returns what they gathered', async () => {
  const log: string[] = [];
  const steps = [scripted('a', [sees('a')], log), scripted('b', [sees('b')], log)];
  expect(await runSteps('title', EMPTY, () => steps)).toEqual({ extra: false, seen: ['a', 'b'] });
  expect(log).toEqual(['a 1/2', 'b 2/2']);
});

test('runSteps goes back to the previous step and keeps what was answered', async () => {
  const log: string[] = [];
  const steps = [
    scripted('a', [sees('a'), sees('a again')], log),
    scripted('b', [() => BACK, sees('b')], log),
  ];
  expect(await runSteps('title', EMPTY, () => steps)).toEqual({ extra: false, seen: ['a', 'a again', 'b'] });
  expect(log).toEqual(['a 1/2', 'b 2/2', 'a 1/2', 'b 2/2']);
});

test('runSteps adds and removes steps according to the answers', async () => {
  const log: string[] = [];
  const a = scripted('a', [sees('a', true), sees('a', false)], log);
  const extra = scripted('extra', [() => BACK], log);
  const b = scripted('b', [sees('b')], log);
  await runSteps('title', EMPTY, (draft) => (draft.extra ? [a, extra, b] : [a, b]));
  expect(log).toEqual(['a 1/2', 'extra 2/3', 'a 1/3', 'b 2/2']);
});

test('runSteps returns undefined when the user cancels a step', async () => {
  const log: string[] = [];
  const steps = [scripted('a', [sees('a')], log), scripted('b', [() => undefined], log)];
  expect(await runSteps('title', EMPTY, () => steps)).toBeUndefined();
});
