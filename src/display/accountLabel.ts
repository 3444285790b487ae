import * as vscode from 'vscode';

/** What tells an account from others for people. */
export interface LabelledAccount {
  /** Name and number of the extension. */
  readonly label: string;
  /** Made up, and served by this computer. */
  readonly sample: boolean;
  /** Of RingCentral's sandbox, where apps are tried out. */
  readonly sandbox: boolean;
}

/** What an account is called wherever it is shown: the sample and a sandbox are never taken for the real mailbox. */
export function accountLabel({ label, sample, sandbox }: LabelledAccount): string {
  if (sample) return vscode.l10n.t('{0} (Sample)', label);
  return sandbox ? vscode.l10n.t('{0} (Sandbox)', label) : label;
}
