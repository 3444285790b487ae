import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');

let folder: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'emulator-cli-'));
  await symlink(path.join(ROOT, 'media'), path.join(folder, 'media'), 'junction');
  await build({
    entryPoints: [path.join(ROOT, 'src/emulator/cli.ts')],
    outfile: path.join(folder, 'dist/emulatorCli.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'error',
  });
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function run(
  ...args: string[]
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  const child = spawn(process.execPath, [path.join(folder, 'dist/emulatorCli.js'), ...args]);
  children.add(child);
  return child;
}

function parseLine(line: string): Record<string, string> {
  return JSON.parse(line) as Record<string, string>;
}

describe('the emulator on the command line', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('prints one line of JSON and serves until %s', async (signal) => {
    const child = run('--messages', '10');
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const closed = once(child, 'close');
    const line = parseLine((await lines.next()).value as string);
    expect(Object.keys(line)).toEqual(['url', 'mediaUrl', 'clientId', 'clientSecret', 'jwt', 'adminToken']);
    expect(line['url']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const headers = { authorization: `Bearer ${line['adminToken']}` };
    const state = await fetch(`${line['url']}/emulator/state`, { headers });
    expect(((await state.json()) as { messages: unknown[] }).messages).toHaveLength(10);
    child.kill(signal);
    expect(await closed).toEqual([0, null]);
    expect((await lines.next()).done).toBe(true);
  });

  it('reports invalid arguments on stderr and exits with code 2', async () => {
    const child = run('--messages', 'many');
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--messages takes a whole number');
    expect(stderr).toContain('Usage:');
  });

  it('reports a port that is in use on stderr and exits with code 1', async () => {
    const [first] = (await once(createInterface(run('--messages', '0').stdout), 'line')) as [string];
    const { url = '' } = parseLine(first);
    const child = run('--messages', '0', '--port', new URL(url).port);
    const [stderr, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('EADDRINUSE');
  });
});
