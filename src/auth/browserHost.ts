import * as vscode from 'vscode';
import { Setting, SETTINGS_SECTION } from '../ids';
import type { BrowserHost } from './browserRoundTrip';
import type { EditorReturn } from './editorReturn';
import { listenForReturn } from './loopbackReturn';

/** The browser as VS Code opens it, and the ways back from there. */
export function browserHost(editorReturn: EditorReturn): BrowserHost {
  return {
    openPage: async (url) => {
      // VS Code takes the text as well, and only as text an address within the address stays encoded.
      return vscode.env.openExternal(url as unknown as vscode.Uri);
    },
    editorReturn: () => editorReturn.open(),
    loopbackReturn: () =>
      listenForReturn(loopbackPort(), {
        title: vscode.l10n.t('Back to VS Code'),
        text: vscode.l10n.t('The answer has reached VS Code. You can close this page.'),
      }),
  };
}

/** Of the user's settings alone: a workspace must have no say in where the browser is sent. */
function loopbackPort(): number {
  const value = vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect<number>(Setting.SignInLocalPort);
  return value?.globalValue ?? value?.defaultValue ?? 0;
}
