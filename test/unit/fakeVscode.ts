import { vi } from 'vitest';

/** As much of VS Code as tells people of accounts and their files, for tests outside of it. */
export const l10n = {
  t: (text: string, ...values: readonly unknown[]): string =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
};

/** Nobody answers. */
const dialog = () => vi.fn((_text: string, ..._buttons: string[]) => Promise.resolve(undefined));

export const window = { showInformationMessage: dialog(), showWarningMessage: dialog() };

export const commands = { executeCommand: vi.fn(() => Promise.resolve()) };
