import { readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import type { TestOutcome } from '../reports';
import { failures } from './failures';

/**
 * What VS Code calls to run the tests in its extension host: in the provisioned one as on the desktop. The environment's
 * MAILBOX_TEST_REPORT names a file to write the result into, MAILBOX_TEST_GREP a pattern for the titles of the tests to run.
 */
export async function run(): Promise<void> {
  // The first line of the report; whoever runs us drops what VS Code logs before it.
  console.log(`Integration tests in VS Code ${vscode.version}`);
  try {
    await runAll();
  } catch (error) {
    // VS Code reports it too, but among much else.
    console.log(String(error));
    throw error;
  }
}

async function runAll(): Promise<void> {
  const grep = process.env['MAILBOX_TEST_GREP'];
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 240_000,
    failZero: true,
    forbidOnly: Boolean(process.env['CI']),
    ...(grep && { grep }),
  });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  // Rows that nobody looks at are not drawn, which is most of what VS Code has to do during these tests.
  await vscode.commands.executeCommand('workbench.action.closeSidebar');
  const outcomes: TestOutcome[] = [];
  const outcomeOf = (test: Mocha.Test): Omit<TestOutcome, 'passed'> => ({
    title: test.titlePath().join(' › '),
    seconds: (test.duration ?? 0) / 1000,
  });
  const failed = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => outcomes.push({ ...outcomeOf(test), passed: true }))
      .on('fail', (test, error: unknown) => {
        failures.push(test.fullTitle());
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        outcomes.push({ ...outcomeOf(test), passed: false, message });
      });
  });
  const report = process.env['MAILBOX_TEST_REPORT'];
  if (report) writeFileSync(report, JSON.stringify(outcomes));
  if (failed > 0) throw new Error(`${failed} integration tests failed.`);
}
