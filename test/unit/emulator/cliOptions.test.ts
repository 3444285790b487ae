import { describe, expect, it } from 'vitest';

import { readCliOptions, UsageError } from '../../../src/emulator/cliOptions';

describe('the command line of the emulator', () => {
  it('has a default for every option', () => {
    expect(readCliOptions([])).toEqual({ port: 0, messages: undefined, seed: 1, rateLimit: false });
  });

  it('accepts --port, --messages, --seed and --rate-limit', () => {
    const args = ['--port', '8080', '--messages=100000', '--seed', '7', '--rate-limit', 'on'];
    expect(readCliOptions(args)).toEqual({ port: 8080, messages: 100_000, seed: 7, rateLimit: true });
  });

  it.each([
    [['--port', '65536'], '--port takes a whole number from 0 to 65535, not "65536".'],
    [['--port', 'http'], '--port takes'],
    [['--messages', '1e5'], '--messages takes'],
    [['--messages', '99999999'], '--messages takes'],
    [['--seed', '1.5'], '--seed takes'],
    [['--rate-limit', 'yes'], '--rate-limit takes "on" or "off", not "yes".'],
    [['--port'], '--port'],
    [['--verbose'], '--verbose'],
    [['now'], 'now'],
  ])('refuses %j with a message that names the mistake', (args, message) => {
    expect(() => readCliOptions(args)).toThrow(UsageError);
    expect(() => readCliOptions(args)).toThrow(message);
  });
});
