import * as vscode from 'vscode';
import type { ServerKind } from '../api/origins';

/** What tells an account from others for people. */
export interface LabelledAccount {
  /** Name and number of the extension. */
  readonly label: string;
  /** Which server it is signed in to. */
  readonly server: ServerKind;
}

/** What an account is called wherever it is shown: the sample and a sandbox are never taken for the real mailbox. */
export function accountLabel({ label, server }: LabelledAccount): string {
  if (server === 'sample') return vscode.l10n.t('{0} (Sample)', label);
  return server === 'sandbox' ? vscode.l10n.t('{0} (Sandbox)', label) : label;
}
