import * as vscode from 'vscode';
import { FakeQuickPick } from '../fakes/quickPick';

type Dialog =
  | 'showInformationMessage'
  | 'showWarningMessage'
  | 'showErrorMessage'
  | 'showQuickPick'
  | 'showInputBox'
  | 'showSaveDialog'
  | 'showOpenDialog';

type Items = readonly vscode.QuickPickItem[];

export interface Asked {
  readonly dialog: Dialog;
  /** The arguments that the extension gave. */
  readonly args: readonly unknown[];
}

const DIALOGS: readonly Dialog[] = [
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'showQuickPick',
  'showInputBox',
  'showSaveDialog',
  'showOpenDialog',
];

/** Stands in for the person at the keyboard: answers what VS Code would ask, and remembers what was asked. */
export class Person {
  readonly asked: Asked[] = [];
  readonly #answers = new Map<Dialog, ((...args: never[]) => unknown)[]>();
  readonly #always = new Map<Dialog, (...args: never[]) => unknown>();
  readonly #originals = new Map<Dialog, unknown>();
  readonly #createQuickPick = vscode.window.createQuickPick;
  readonly #lists: FakeQuickPick[] = [];
  readonly #createStatusBarItem = vscode.window.createStatusBarItem;
  readonly #statusBarItems: vscode.StatusBarItem[] = [];

  constructor() {
    const window = vscode.window as unknown as Record<Dialog, unknown>;
    for (const dialog of DIALOGS) {
      this.#originals.set(dialog, window[dialog]);
      window[dialog] = (...args: unknown[]): Promise<unknown> => {
        this.asked.push({ dialog, args });
        const answer = (this.#answers.get(dialog)?.shift() ?? this.#always.get(dialog)) as
          | ((...args: unknown[]) => unknown)
          | undefined;
        return Promise.resolve(answer?.(...args));
      };
    }
    const create = this.#createStatusBarItem as (...args: unknown[]) => vscode.StatusBarItem;
    (window as unknown as { createStatusBarItem: unknown }).createStatusBarItem = (...args: unknown[]) => {
      const item = create(...args);
      this.#statusBarItems.push(item);
      return item;
    };
  }

  /** What was told in the status bar so far, as a screen reader reads it out. */
  get announced(): string[] {
    return this.#statusBarItems.map((item) => item.accessibilityInformation?.label ?? '');
  }

  /** From now on lists that stay open are this person's; `openList` is the one that is open. */
  takesLists(): void {
    const create = (): FakeQuickPick => {
      const list = new FakeQuickPick();
      this.#lists.push(list);
      return list;
    };
    Object.assign(vscode.window, { createQuickPick: create });
  }

  get openList(): FakeQuickPick | undefined {
    return this.#lists.findLast(({ isShown }) => isShown);
  }

  /** Answers the next dialog of this kind; one that nobody answers is dismissed. */
  answers(dialog: Dialog, answer: (...args: never[]) => unknown): void {
    this.#answers.set(dialog, [...(this.#answers.get(dialog) ?? []), answer]);
  }

  /** Answers every dialog of this kind for which nothing else was said. */
  alwaysAnswers(dialog: Dialog, answer: (...args: never[]) => unknown): void {
    this.#always.set(dialog, answer);
  }

  /** Chooses in the next quick pick every item that `chooses` accepts; the first one if only one can be chosen. */
  picks(chooses: (item: vscode.QuickPickItem) => boolean): void {
    this.answers(
      'showQuickPick',
      async (items: Items | Promise<Items>, options?: vscode.QuickPickOptions) => {
        const chosen = (await items).filter(chooses);
        return options?.canPickMany ? chosen : chosen[0];
      },
    );
  }

  /** Text of every message shown so far in dialogs of this kind. */
  texts(dialog: Dialog): string[] {
    return this.asked.filter((each) => each.dialog === dialog).map(({ args }) => String(args[0]));
  }

  /** Gives VS Code its own dialogs back. */
  leave(): void {
    const window = vscode.window as unknown as Record<Dialog, unknown>;
    for (const [dialog, original] of this.#originals) window[dialog] = original;
    Object.assign(vscode.window, { createQuickPick: this.#createQuickPick });
    (window as unknown as { createStatusBarItem: unknown }).createStatusBarItem = this.#createStatusBarItem;
  }
}
