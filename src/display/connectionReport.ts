import type { Finding } from '../api/check/finding';

/** What a bug report should say of where it comes from; nothing of whose it is. */
export interface ReportedPlace {
  /** Of this extension. */
  readonly version: string;
  /** Of VS Code. */
  readonly editor: string;
  /** Such as `linux`. */
  readonly platform: string;
  readonly server: 'production' | 'sandbox' | 'sample' | 'another';
  readonly signIn: string;
}

/**
 * The findings as Markdown: what differs from what is expected, with what it means, and then everything. In English whatever the
 * language of VS Code, for it is to be pasted into a bug report.
 */
export function connectionReport(findings: readonly Finding[], place: ReportedPlace): string {
  const differences = findings.filter(({ meaning }) => meaning !== undefined);
  const { version, editor, platform, server, signIn } = place;
  return [
    '# Connection check of Mailbox for RingCentral',
    '',
    `Version ${version}, VS Code ${editor} on ${platform}; server: ${server}; sign-in: ${signIn}.`,
    '',
    'This holds no names, numbers, texts, ids or secrets, and can be pasted into a bug report as it is.',
    '',
    '## What differs from what is expected',
    '',
    differences.length === 0
      ? 'Nothing.'
      : table(
          ['Probe', 'Expected', 'Found', 'What it means'],
          differences.map(({ probe, expected, found, meaning = '' }) => [probe, expected, found, meaning]),
        ),
    '',
    '## Everything that was looked at',
    '',
    table(
      ['Probe', 'Expected', 'Found'],
      findings.map(({ probe, expected, found }) => [probe, expected, found]),
    ),
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
