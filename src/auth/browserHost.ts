import * as vscode from 'vscode';
import type { BrowserHost } from './browserRoundTrip';
import type { EditorReturn } from './editorReturn';
import { Setting } from '../ids';
import { readUserSetting } from '../settings';
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
      // Of the user's settings alone: a workspace must have no say in where the browser is sent.
      listenForReturn(readUserSetting(Setting.SignInLocalPort), {
        title: vscode.l10n.t('Return to VS Code'),
        text: vscode.l10n.t('VS Code received the response. You can close this page.'),
      }),
  };
}
