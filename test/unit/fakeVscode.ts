import { vi } from 'vitest';

export { l10n } from '../fakes/l10n';

export const env = { language: 'en' };

/** Nobody answers. */
const dialog = () => vi.fn((_text: string, ..._buttons: string[]) => Promise.resolve(undefined));

export const window = { showInformationMessage: dialog(), showWarningMessage: dialog() };

export const commands = { executeCommand: vi.fn(() => Promise.resolve()) };
