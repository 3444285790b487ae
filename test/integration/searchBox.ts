import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Command } from '../../src/ids';
import { eventually } from './eventually';
import { run } from './run';

type Picker = vscode.QuickPick<vscode.QuickPickItem>;

/** The box of Search Messages, which is VS Code's own: typed into and accepted as a person would, but for its buttons. */
export class SearchBox {
  #isOpen = true;

  private constructor(
    private readonly picker: Picker,
    private readonly press: (button: vscode.QuickInputButton) => void,
    /** The command that opened it. */
    readonly done: Promise<void>,
  ) {
    picker.onDidHide(() => (this.#isOpen = false));
  }

  static async open(text?: string): Promise<SearchBox> {
    const original = vscode.window.createQuickPick;
    let picker: Picker | undefined;
    let press: ((button: vscode.QuickInputButton) => void) | undefined;
    vscode.window.createQuickPick = <Item extends vscode.QuickPickItem>() => {
      const created = original<Item>();
      const pressed = new vscode.EventEmitter<vscode.QuickInputButton>();
      // No command presses a button of a picker, so these come from here.
      Object.defineProperty(created, 'onDidTriggerButton', { value: pressed.event });
      // A view or page that a test before has opened may take the focus when it comes at last.
      created.ignoreFocusOut = true;
      picker = created;
      press = (button) => pressed.fire(button);
      return created;
    };
    const done = run(Command.Search, ...(text === undefined ? [] : [text]));
    try {
      return await eventually(() => {
        assert.ok(picker && press);
        return new SearchBox(picker, press, done);
      });
    } finally {
      vscode.window.createQuickPick = original;
    }
  }

  get title(): string {
    return this.picker.title ?? '';
  }

  get value(): string {
    return this.picker.value;
  }

  get items(): readonly vscode.QuickPickItem[] {
    return this.picker.items;
  }

  /** Types `text` in place of what is there, and waits until `expected` holds of the box. */
  async type(text: string, expected: () => void): Promise<void> {
    this.picker.value = text;
    await eventually(() => {
      assert.ok(this.#isOpen, 'the box is still open');
      expected();
    });
  }

  /** Chooses the item that `wanted` accepts. */
  async accept(wanted: (item: vscode.QuickPickItem) => boolean): Promise<void> {
    const item = this.items.find(wanted);
    assert.ok(item, 'an item to choose');
    if (this.picker.activeItems[0] !== item) {
      const isActive = new Promise<void>((resolve) => {
        const listening = this.picker.onDidChangeActive(([active]) => {
          if (active !== item) return;
          listening.dispose();
          resolve();
        });
      });
      this.picker.activeItems = [item];
      await isActive;
    }
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }

  pressButton(tooltip: string): void {
    const button = this.picker.buttons.find((each) => each.tooltip === tooltip);
    assert.ok(button, tooltip);
    this.press(button);
  }

  async close(): Promise<void> {
    this.picker.hide();
    await this.done;
  }
}
