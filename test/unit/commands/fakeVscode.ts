import { FakeQuickPick } from '../../fakes/quickPick';

export { Emitter as EventEmitter } from '../../../src/util/emitter';
export { l10n } from '../../fakes/l10n';

export class ThemeIcon {
  constructor(readonly id: string) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export const QuickPickItemKind = { Separator: -1, Default: 0 };

export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 };

export const env = { language: 'en' };

/** Commands that were run. */
export const ran: string[] = [];

export const commands = {
  executeCommand: (command: string, ..._args: unknown[]): Promise<void> => {
    ran.push(command);
    return Promise.resolve();
  },
};

interface Item {
  readonly label: string;
  readonly description?: string;
}

/** The lists that stay open, newest last. */
export const pickers: FakeQuickPick[] = [];
/** What is answered to the questions that are asked, in turn: labels, a text, or undefined to dismiss it. */
export const answers: (readonly string[] | string | undefined)[] = [];

/** What was offered in questions, newest last. */
export const offers: (readonly Item[])[] = [];

export const window = {
  createQuickPick: (): FakeQuickPick => {
    const picker = new FakeQuickPick();
    pickers.push(picker);
    return picker;
  },
  // As in VS Code, a question hides the list that is open.
  showQuickPick: (items: readonly Item[], { canPickMany }: { canPickMany?: boolean }): Promise<unknown> => {
    pickers.at(-1)?.hide();
    offers.push(items);
    const labels = answers.shift();
    if (labels === undefined) return Promise.resolve(undefined);
    const chosen = items.filter(({ label }) => labels.includes(label));
    return Promise.resolve(canPickMany ? chosen : chosen[0]);
  },
  showInputBox: (): Promise<unknown> => {
    pickers.at(-1)?.hide();
    return Promise.resolve(answers.shift());
  },
};
