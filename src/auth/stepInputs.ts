import * as vscode from 'vscode';
import { createPicker, createTextQuestion, encodedItem, type EncodedItem } from '../display/window';
import { DisposableStore } from '../util/disposable';
import type { Entered } from './entered';
import { BACK, type Answer, type Position } from './stepFlow';

/** A page on the web that helps with a step, opened by a button. */
export interface HelpLink {
  readonly label: string;
  readonly url: string;
}

export interface TextQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  /** What stands there to begin with. */
  readonly value: string;
  readonly password?: boolean;
  readonly help?: HelpLink;
  /** Makes the answer of what was typed or pasted, or says in a sentence what is wrong with it. */
  readonly read: (text: string) => Entered<string>;
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks for a line of text as one step of several. */
export function askText(question: TextQuestion, position: Position): Promise<Answer<string>> {
  const input = createTextQuestion();
  input.prompt = question.prompt;
  input.placeholder = question.placeholder;
  input.value = question.value;
  input.password = question.password ?? false;
  const clearing = input.onDidChangeValue(() => (input.validationMessage = undefined));
  return ask(input, position, question.help, () => {
    const entered = question.read(input.value);
    if ('value' in entered) return entered.value;
    input.validationMessage = entered.problem;
    return undefined;
  }).finally(() => void clearing.dispose());
}

/** Asks for one of several things as one step of several. */
export function askChoice<T>(
  placeholder: string,
  choices: readonly Choice<T>[],
  active: Choice<T> | undefined,
  position: Position,
): Promise<Answer<T>> {
  const pick = createPicker<Choice<T> & EncodedItem>();
  pick.placeholder = placeholder;
  const items = choices.map((choice) => encodedItem(choice));
  pick.items = items;
  pick.activeItems = items.filter((_item, index) => choices[index] === active);
  return ask(pick, position, undefined, () => pick.selectedItems[0]?.value);
}

/** What an input box and a quick pick have in common. */
type StepInput = vscode.QuickInput & Pick<vscode.InputBox, 'buttons' | 'onDidAccept' | 'onDidTriggerButton'>;

/** Shows `input` until `accepted` finds an answer in it, or the user goes back or gives up. */
function ask<T>(
  input: StepInput,
  { title, step, totalSteps }: Position,
  help: HelpLink | undefined,
  accepted: () => T | undefined,
): Promise<Answer<T>> {
  const { Back } = vscode.QuickInputButtons;
  const helpButton = help && { iconPath: new vscode.ThemeIcon('link-external'), tooltip: help.label };
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  // The values asked for are copied from other windows.
  input.ignoreFocusOut = true;
  input.buttons = [...(step > 1 ? [Back] : []), ...(helpButton ? [helpButton] : [])];

  return new Promise((resolve) => {
    const disposables = new DisposableStore();
    const end = (answer: Answer<T>): void => {
      resolve(answer);
      disposables.dispose();
    };
    disposables.add(input);
    disposables.add(input.onDidHide(() => end(undefined)));
    disposables.add(
      input.onDidAccept(() => {
        const answer = accepted();
        if (answer !== undefined) end(answer);
      }),
    );
    disposables.add(
      input.onDidTriggerButton((button) => {
        if (button === Back) end(BACK);
        else if (help) void vscode.env.openExternal(vscode.Uri.parse(help.url));
      }),
    );
    input.show();
  });
}
