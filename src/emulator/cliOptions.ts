import { parseArgs } from 'node:util';

export interface CliOptions {
  readonly port: number;
  readonly messages: number | undefined;
  readonly seed: number;
  readonly rateLimit: boolean;
}

/** Thrown for a command line that makes no sense; the message is for the person who typed it. */
export class UsageError extends Error {}

export const USAGE = `Usage: emulator [--port N] [--messages N] [--seed N] [--rate-limit on|off]

  --port N             port of the REST origin; a free one by default
  --messages N         how many messages; the sample mailbox by default
  --seed N             makes another mailbox; 1 by default
  --rate-limit on|off  whether too many requests are refused; off by default
`;

const MOST_MESSAGES = 1_000_000;
const LARGEST_SEED = 2 ** 31 - 1;

/** @throws UsageError */
export function readCliOptions(args: readonly string[]): CliOptions {
  const values = parse(args);
  return {
    port: readInteger('--port', values.port, 65_535) ?? 0,
    messages: readInteger('--messages', values.messages, MOST_MESSAGES),
    seed: readInteger('--seed', values.seed, LARGEST_SEED) ?? 1,
    rateLimit: readSwitch('--rate-limit', values['rate-limit']) ?? false,
  };
}

function parse(
  args: readonly string[],
): Partial<Record<'port' | 'messages' | 'seed' | 'rate-limit', string>> {
  const option = { type: 'string' } as const;
  try {
    const options = { port: option, messages: option, seed: option, 'rate-limit': option };
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readInteger(name: string, text: string | undefined, maximum: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > maximum) {
    throw new UsageError(`${name} takes a whole number from 0 to ${maximum}, not "${text}".`);
  }
  return number;
}

function readSwitch(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== 'on' && text !== 'off') throw new UsageError(`${name} takes "on" or "off", not "${text}".`);
  return text === 'on';
}
