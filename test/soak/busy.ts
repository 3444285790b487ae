import { spawn } from 'node:child_process';

/** Ends by itself when the process that started it has ended. */
const BUSY_SCRIPT = `
  const parent = process.ppid;
  while (process.ppid === parent) for (let step = 0; step < 10_000_000; step++);
`;

/** Keeps so many processes busy until the function that it returns is called. */
export function keepBusy(processes: number): () => void {
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['--eval', BUSY_SCRIPT], { stdio: 'ignore' }),
  );
  return () => {
    for (const child of children) child.kill('SIGKILL');
  };
}
