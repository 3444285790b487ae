/** A list to pick from that stays open, as `window.createQuickPick` makes it, without a window: tests are its user. */
import type * as vscode from 'vscode';
import { Emitter } from '../../src/util/emitter';

/** `QuickPickItemKind.Separator`: unit tests have no VS Code to ask. */
const SEPARATOR = -1;

interface Item extends Omit<vscode.QuickPickItem, 'kind'> {
  readonly kind?: number;
}

export class FakeQuickPick {
  title = '';
  placeholder = '';
  value = '';
  matchOnDescription = false;
  matchOnDetail = false;
  keepScrollPosition = false;
  buttons: readonly vscode.QuickInputButton[] = [];
  activeItems: readonly Item[] = [];
  selectedItems: readonly Item[] = [];
  isShown = false;
  #items: readonly Item[] = [];
  readonly #accepted = new Emitter<void>();
  readonly #hidden = new Emitter<void>();
  readonly #pressed = new Emitter<vscode.QuickInputButton>();
  readonly #pressedOnItem = new Emitter<{ item: Item; button: vscode.QuickInputButton }>();
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerButton = this.#pressed.event;
  readonly onDidTriggerItemButton = this.#pressedOnItem.event;

  get items(): readonly Item[] {
    return this.#items;
  }

  /** As in VS Code, other items make the first of them active. */
  set items(items: readonly Item[]) {
    this.#items = items;
    this.activeItems = items.filter(({ kind }) => kind !== SEPARATOR).slice(0, 1);
  }

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.#hidden.fire();
  }

  dispose(): void {
    this.hide();
  }

  /** What is seen of each line: `— Time` of a separator, `✓ Urgent: on ✕` of one that is checked and has a button. */
  get lines(): readonly string[] {
    return this.#items.map(({ kind, label, description, iconPath, buttons = [] }) => {
      if (kind === SEPARATOR) return `— ${label}`;
      const isChecked = (iconPath as vscode.ThemeIcon | undefined)?.id === 'check';
      const text = [isChecked ? '✓ ' : '', label, description ? `: ${description}` : ''].join('');
      return buttons.length > 0 ? `${text} ✕` : text;
    });
  }

  /** The label of the line that Enter would choose. */
  get active(): string | undefined {
    return this.activeItems[0]?.label;
  }

  item(label: string): Item | undefined {
    return this.#items.find((item) => item.label === label);
  }

  choose(label: string): void {
    const item = this.#existing(label);
    this.activeItems = [item];
    this.selectedItems = [item];
    this.#accepted.fire();
  }

  /** Presses the button of a line. */
  pressOn(label: string, tooltip: string): void {
    const item = this.#existing(label);
    this.#pressedOnItem.fire({ item, button: buttonOf(item.buttons ?? [], tooltip) });
  }

  /** Presses a button of the title. */
  press(tooltip: string): void {
    this.#pressed.fire(buttonOf(this.buttons, tooltip));
  }

  #existing(label: string): Item {
    const item = this.item(label);
    if (!item) throw new Error(`There is no “${label}” among ${this.lines.join(', ')}`);
    return item;
  }
}

function buttonOf(buttons: readonly vscode.QuickInputButton[], tooltip: string): vscode.QuickInputButton {
  const found = buttons.find((button) => button.tooltip === tooltip);
  if (!found) throw new Error(`There is no button “${tooltip}”`);
  return found;
}
