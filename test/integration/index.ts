import { readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';

/** What VS Code calls to run the tests in its extension host: in the provisioned one as on the desktop. */
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
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 30_000,
    failZero: true,
    forbidOnly: Boolean(process.env['CI']),
  });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    mocha.run(resolve).on('pass', () => passed++);
  });
  const report = process.env['MAILBOX_TEST_REPORT'];
  if (report) writeFileSync(report, JSON.stringify({ passed, failed }));
  if (failed > 0) throw new Error(`${failed} integration tests failed.`);
}
