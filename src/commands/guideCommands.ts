import * as vscode from 'vscode';
import { appsPage } from '../auth/appSteps';
import { registeredAddress } from '../auth/editorReturn';
import { loopbackAddress } from '../auth/loopbackReturn';
import { showInformation } from '../display/window';
import { Command, EXTENSION_ID, Setting, WALKTHROUGH } from '../ids';
import { readUserSetting } from '../settings';
import type { CommandRegistry } from './commandRegistry';

/** Getting started: the walkthrough, and what one has to enter in the developer console. */
export function registerGuideCommands(commands: CommandRegistry): void {
  commands.register(Command.OpenWalkthrough, async () => {
    await vscode.commands.executeCommand(
      'workbench.action.openWalkthrough',
      `${EXTENSION_ID}#${WALKTHROUGH}`,
    );
  });

  commands.register(Command.CopyRedirectUris, async () => {
    const editor = await registeredAddress();
    const loopback = loopbackAddress(readUserSetting(Setting.SignInLocalPort));
    await vscode.env.clipboard.writeText(editor === undefined ? loopback : `${editor}\n${loopback}`);
    const told =
      editor === undefined
        ? vscode.l10n.t(
            'Copied the redirect URI {0}. Register it with your app. This VS Code has no permanent address of its own to register.',
            loopback,
          )
        : vscode.l10n.t(
            'Copied the redirect URIs {0} and {1}. Register both with your app.',
            editor,
            loopback,
          );
    const { label, url } = { ...appsPage(), label: vscode.l10n.t('Open Developer Console') };
    // Not waited for: the command is over, however long the message stays.
    void showInformation(told, label).then((chosen) => {
      if (chosen === label) void vscode.env.openExternal(vscode.Uri.parse(url));
    });
  });
}
