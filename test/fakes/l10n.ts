/** As much of `vscode.l10n` as the extension uses: everybody speaks English, or what a bundle has. */
interface Localized {
  readonly message: string;
  readonly args?: readonly unknown[];
  readonly comment?: string | readonly string[];
}

/** @param bundle texts by their keys, as VS Code would load them for a language */
export function localized(bundle?: Readonly<Record<string, string>>) {
  return {
    bundle,
    t: (text: string | Localized, ...values: unknown[]): string => {
      const {
        message,
        args = [],
        comment,
      }: Localized = typeof text === 'string' ? { message: text, args: values } : text;
      const key = comment === undefined ? message : `${message}/${[comment].flat().join('')}`;
      return filled(bundle?.[key] ?? message, args);
    },
  };
}

export const l10n = localized();

function filled(text: string, values: readonly unknown[]): string {
  return text.replace(/\{(\d+)\}/g, (placeholder, index: string) =>
    Number(index) < values.length ? String(values[Number(index)]) : placeholder,
  );
}
