import { describe, expect, test, vi } from 'vitest';
import type { PageMessage } from '../../../src/viewers/protocol';
import { Host, HostError } from '../../../src/webview/host';

const attachment = { messageId: '1', attachmentId: '2' };
const content = { bytes: new Uint8Array([1]), contentType: 'text/plain', fileName: 'a.txt' };

function connect() {
  const posted: PageMessage[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  const events = { start: vi.fn(), update: vi.fn(), reveal: vi.fn(), kept: vi.fn() };
  const host = new Host(
    { post: (message) => posted.push(message), listen: (listener) => listeners.push(listener) },
    events,
  );
  const receive = (message: unknown): void => listeners.forEach((listener) => listener(message));
  return { host, posted, receive, events };
}

describe('Host', () => {
  test('says first that it listens', () => {
    expect(connect().posted).toEqual([{ kind: 'ready' }]);
  });

  test('gives each answer to the request with its number', async () => {
    const { host, receive } = connect();
    const { signal } = new AbortController();
    const first = host.readContent(attachment, signal);
    const second = host.readContent({ ...attachment, attachmentId: '3' }, signal);
    receive({ kind: 'answer', id: 2, content: { ...content, fileName: 'second' } });
    receive({ kind: 'answer', id: 1, content });
    expect((await first).fileName).toBe('a.txt');
    expect((await second).fileName).toBe('second');
  });

  test('sends of a view only what names the attachment', () => {
    const { host, posted } = connect();
    host.openAttachment({ ...attachment, name: 'photo.jpg' } as typeof attachment);
    expect(posted.at(-1)).toEqual({ kind: 'openAttachment', ...attachment });
  });

  test('rejects with the sentence that the host gave', async () => {
    const { host, receive } = connect();
    const saved = host.save(attachment);
    receive({ kind: 'failure', id: 1, message: 'The disk is full.' });
    await expect(saved).rejects.toEqual(new HostError('The disk is full.'));
  });

  test('cancels at the host what is aborted, and ignores a late answer', async () => {
    const { host, posted, receive } = connect();
    const controller = new AbortController();
    const read = host.readContent(attachment, controller.signal);
    controller.abort();
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
    expect(posted.at(-1)).toEqual({ kind: 'cancel', id: 1 });
    expect(() => receive({ kind: 'answer', id: 1, content })).not.toThrow();
  });

  test('rejects what is pending when it is disposed, and everything after', async () => {
    const { host } = connect();
    const pending = host.save(attachment);
    host.dispose();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    await expect(host.save(attachment)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('ignores messages that are not of the host', () => {
    const { receive, events } = connect();
    receive({ kind: 'update', view: { kind: 'nonsense' } });
    receive('update');
    receive({ source: 'another frame' });
    expect(events.update).not.toHaveBeenCalled();
    receive({ kind: 'update', view: { kind: 'gone' } });
    expect(events.update).toHaveBeenCalledWith({ kind: 'gone' });
  });
});
