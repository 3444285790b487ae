import { expect, test, vi } from 'vitest';
import { attachmentsText } from '../../../src/display/messageText';
import { aMessage } from '../../builders/message';

vi.mock('vscode', () => import('../fakeVscode'));

const withAttachments = (count: number) =>
  aMessage({
    attachments: Array.from({ length: count }, (_, index) => ({
      id: String(index),
      type: 'MmsAttachment' as const,
      contentType: 'image/png',
      fileName: `${String(index + 1)}.png`,
    })),
  });

test('of many attachments ten are named, and the number of the others', () => {
  const ten = '1.png, 2.png, 3.png, 4.png, 5.png, 6.png, 7.png, 8.png, 9.png, 10.png';
  expect(attachmentsText(withAttachments(10))).toBe(ten);
  expect(attachmentsText(withAttachments(11))).toBe(`${ten} and 1 other`);
  expect(attachmentsText(withAttachments(12))).toBe(`${ten} and 2 others`);
});
