/**
 * What VS Code's window shows of texts that it interprets. Nothing else in the extension calls these of its functions, so
 * that other people's words never act: see `encodeInterpreted`.
 */
import * as vscode from 'vscode';
import { encodeInterpreted } from './encode';

/** A link of ours in a notification, which runs a command. */
export interface CommandLink {
  readonly label: string;
  readonly command: string;
}

export interface ProgressStep {
  readonly message?: string;
  /** Comes after the message. */
  readonly link?: CommandLink;
  /** Percent of the whole, since the last step. */
  readonly increment?: number;
}

export interface StepProgress {
  report(step: ProgressStep): void;
}

/** @returns the button that was chosen */
export function showInformation<Button extends string>(
  text: string,
  ...buttons: readonly Button[]
): Thenable<Button | undefined> {
  return vscode.window.showInformationMessage(encodeInterpreted(text), ...buttons);
}

/** Likewise. */
export function showWarning<Button extends string>(
  text: string,
  ...buttons: readonly Button[]
): Thenable<Button | undefined> {
  return vscode.window.showWarningMessage(encodeInterpreted(text), ...buttons);
}

/** Likewise. */
export function showError<Button extends string>(
  text: string,
  ...buttons: readonly Button[]
): Thenable<Button | undefined> {
  return vscode.window.showErrorMessage(encodeInterpreted(text), ...buttons);
}

/** Asks in a dialog that has to be answered. @returns the button that was chosen, undefined for Cancel */
export function ask<Button extends string>(
  question: string,
  detail: string,
  ...buttons: readonly Button[]
): Thenable<Button | undefined> {
  const options = { modal: true, detail: encodeInterpreted(detail) };
  return vscode.window.showWarningMessage(encodeInterpreted(question), options, ...buttons);
}

/** Tells of a failure in a dialog that has to be answered. */
export function askAfterError<Button extends string>(
  text: string,
  ...buttons: readonly Button[]
): Thenable<Button | undefined> {
  return vscode.window.showErrorMessage(encodeInterpreted(text), { modal: true }, ...buttons);
}

/** Runs `task` under a notification with progress; its Cancel button aborts the signal. */
export function withCancellableProgress<T>(
  title: string,
  task: (signal: AbortSignal, progress: StepProgress) => Promise<T>,
): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: encodeInterpreted(title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const cancel = new AbortController();
    const subscription = token.onCancellationRequested(() => cancel.abort());
    try {
      return await task(cancel.signal, { report: (step) => progress.report(encodedStep(step)) });
    } finally {
      subscription.dispose();
    }
  });
}

/** Shows that something is going on in a view. */
export function withProgressIn<T>(viewId: string, task: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId } }, task);
}

/**
 * Something in the status bar, for a while.
 * @param icon name of one of VS Code's icons
 * @param milliseconds how long
 */
export function showStatus(icon: string, text: string, milliseconds: number): vscode.Disposable {
  return vscode.window.setStatusBarMessage(`$(${icon}) ${encodeInterpreted(text)}`, milliseconds);
}

/**
 * Like `showStatus`, for something that screen readers are to read out, and perhaps with a command for those who click it.
 * @param options.name what people hide it by
 */
export function announceStatus(
  icon: string,
  text: string,
  milliseconds: number,
  { command, name }: { readonly command?: string; readonly name: string },
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('announcement', vscode.StatusBarAlignment.Left);
  item.name = name;
  item.text = `$(${icon}) ${encodeInterpreted(text)}`;
  // VS Code's own messages in the status bar are silent.
  item.accessibilityInformation = { label: text, role: 'alert' };
  item.command = command;
  item.show();
  const timer = setTimeout(() => item.dispose(), milliseconds);
  return {
    dispose: () => {
      clearTimeout(timer);
      item.dispose();
    },
  };
}

/** An item of a list to pick from whose texts are encoded. */
export interface EncodedItem extends vscode.QuickPickItem {
  readonly encoded: true;
}

export function encodedItem<Item extends vscode.QuickPickItem>(item: Item): Item & EncodedItem {
  const { label, description, detail } = item;
  return {
    ...item,
    label: encodeInterpreted(label),
    ...(description !== undefined && { description: encodeInterpreted(description) }),
    ...(detail !== undefined && { detail: encodeInterpreted(detail) }),
    encoded: true,
  };
}

/** Lets one of `items` be picked. @returns that one; undefined if the list was closed */
export async function pickOne<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Promise<Item | undefined> {
  const shown = items.map((item) => encodedItem(item));
  const picked = await vscode.window.showQuickPick(shown, { ...options, canPickMany: false });
  return picked && items[shown.indexOf(picked)];
}

/** Lets several of `items` be picked. @returns those; undefined if the list was closed */
export async function pickSeveral<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Promise<readonly Item[] | undefined> {
  const shown = items.map((item) => encodedItem(item));
  const picked = await vscode.window.showQuickPick(shown, { ...options, canPickMany: true });
  if (!picked) return undefined;
  const chosen = new Set(picked);
  return items.filter((_item, index) => shown[index] && chosen.has(shown[index]));
}

/** A list to pick from that lives longer than one question. */
export function createPicker<Item extends EncodedItem>(): vscode.QuickPick<Item> {
  return vscode.window.createQuickPick<Item>();
}

/**
 * Asks for a line of text.
 * @param options its prompt is our own words alone: VS Code interprets it
 * @param options.validateInput what it says is encoded
 */
export function askForText({
  validateInput,
  ...options
}: Omit<vscode.InputBoxOptions, 'validateInput'> & {
  readonly validateInput?: (value: string) => string | vscode.InputBoxValidationMessage | undefined;
}): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    ...options,
    ...(validateInput && { validateInput: (value: string) => encodedProblem(validateInput(value)) }),
  });
}

/** A question for a line of text that lives longer. Its prompt and its problems are our own words alone. */
export function createTextQuestion(): vscode.InputBox {
  return vscode.window.createInputBox();
}

function encodedStep({ message, link, increment }: ProgressStep): { message?: string; increment?: number } {
  return {
    ...(message !== undefined && { message: encodeInterpreted(message) + linkText(link) }),
    ...(increment !== undefined && { increment }),
  };
}

function linkText(link: CommandLink | undefined): string {
  return link ? ` [${encodeInterpreted(link.label)}](command:${link.command})` : '';
}

function encodedProblem(
  problem: string | vscode.InputBoxValidationMessage | undefined,
): string | vscode.InputBoxValidationMessage | undefined {
  if (problem === undefined) return undefined;
  return typeof problem === 'string'
    ? encodeInterpreted(problem)
    : { ...problem, message: encodeInterpreted(problem.message) };
}
