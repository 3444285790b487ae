/** The answer of a step that wants to return to the one before. */
export const BACK = Symbol('back');

/** What came of asking: the answer, a wish to go back, or undefined if the user gave up. */
export type Answer<T> = T | typeof BACK | undefined;

/** Where a step stands in its flow, as people see it. */
export interface Position {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
}

/** Asks for one thing and answers with the draft that includes it. */
export type Step<Draft> = (draft: Draft, position: Position) => Promise<Answer<Draft>>;

/**
 * Goes through steps, forwards and back, until the last is answered. Which steps there are may depend on the answers
 * before; those stay in the draft, so that going back loses nothing.
 * @returns the finished draft, or undefined if the user gave up
 */
export async function runSteps<Draft extends object>(
  title: string,
  start: Draft,
  stepsFor: (draft: Draft) => readonly Step<Draft>[],
): Promise<Draft | undefined> {
  let draft = start;
  for (let index = 0; ;) {
    const steps = stepsFor(draft);
    const step = steps[index];
    if (!step) return draft;
    const answer = await step(draft, { title, step: index + 1, totalSteps: steps.length });
    if (answer === undefined) return undefined;
    if (answer === BACK) index = Math.max(0, index - 1);
    else {
      draft = answer;
      index += 1;
    }
  }
}
