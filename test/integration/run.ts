import * as vscode from 'vscode';
import type { Command } from '../../src/ids';

/** Runs one of our commands as VS Code does, and waits until it is done. */
export async function run(command: Command, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...args);
}
