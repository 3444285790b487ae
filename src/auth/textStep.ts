import type { CredentialProblem } from './credentialInput';
import type { Entered } from './entered';
import { problemText } from './problemText';
import type { AddressProblem } from './serverAddress';
import type { Step } from './stepFlow';
import { askText, type TextQuestion } from './stepInputs';

/** A step that asks for a line of text. */
export function textStep<Draft>(
  question: (draft: Draft) => TextQuestion,
  answered: (draft: Draft, value: string) => Draft,
): Step<Draft> {
  return async (draft, position) => {
    const answer = await askText(question(draft), position);
    return typeof answer === 'string' ? answered(draft, answer) : answer;
  };
}

/** Reads as `read` does, with a sentence for what is wrong. */
export function explained(
  read: (text: string) => Entered<AddressProblem | CredentialProblem>,
): (text: string) => Entered<string> {
  return (text) => {
    const entered = read(text);
    return 'value' in entered ? entered : { problem: problemText(entered.problem) };
  };
}
