/** As much of `vscode.l10n` as the extension uses: everybody speaks English. */
export const l10n = {
  t: (
    text: string | { readonly message: string; readonly args?: readonly unknown[] },
    ...values: unknown[]
  ): string => (typeof text === 'string' ? filled(text, values) : filled(text.message, text.args ?? [])),
};

function filled(text: string, values: readonly unknown[]): string {
  return text.replace(/\{(\d+)\}/g, (placeholder, index: string) =>
    Number(index) < values.length ? String(values[Number(index)]) : placeholder,
  );
}
