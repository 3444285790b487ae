import type { StoredMessage } from '../../../src/emulator/record';
import { buildSampleMailbox, type SampleOptions } from '../../../src/emulator/sample/sampleMailbox';

export const NOW = Date.parse('2026-03-11T15:20:00.000Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const extension = {
  id: '400131426008',
  name: 'Robin Whitlock',
  extensionNumber: '101',
  phoneNumber: '+15415550101',
};

export function buildMailbox(options: Partial<SampleOptions> = {}): StoredMessage[] {
  return buildSampleMailbox({ seed: 1, now: NOW, extension, ...options });
}
