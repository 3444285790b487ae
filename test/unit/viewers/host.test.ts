import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
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

  describe('has a content', () => {
    const read = async (answer: object): Promise<{ text: string; type: string }> => {
      const { host, receive } = connect();
      const reading = host.readContent(attachment, new AbortController().signal);
      receive({
        kind: 'answer',
        id: 1,
        content: { contentType: 'text/plain', fileName: 'a.txt', ...answer },
      });
      const { blob } = await reading;
      return { text: await blob.text(), type: blob.type };
    };
    const serve = async (status: number): Promise<{ url: string; asked: IncomingHttpHeaders[] }> => {
      const asked: IncomingHttpHeaders[] = [];
      const server = createServer(({ headers }, response) => {
        asked.push(headers);
        response.writeHead(status, { 'Content-Type': 'application/unknown' }).end('sound');
      });
      onTestFinished(() => void server.close());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, asked };
    };

    test('that came as bytes', async () => {
      expect(await read({ bytes: new TextEncoder().encode('sound') })).toEqual({
        text: 'sound',
        type: 'text/plain',
      });
    });

    test('that is to be loaded, as a part, so that no cache keeps it', async () => {
      const { url, asked } = await serve(206);
      expect(await read({ url })).toEqual({ text: 'sound', type: 'text/plain' });
      expect(asked.map(({ range }) => range)).toEqual(['bytes=0-']);
    });

    test('or fails, if it may not be loaded', async () => {
      const { url } = await serve(401);
      await expect(read({ url })).rejects.toThrow('HTTP 401');
    });
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

  test('rejects what was asked before the host began with another message', async () => {
    const { host, receive, events } = connect();
    const pending = host.save(attachment);
    receive({
      kind: 'start',
      strings: {},
      subject: { kind: 'message', accountId: 'a', messageId: '9' },
      memory: { documents: {}, sound: { volume: 1, muted: false, rate: 1, skipSilence: false } },
      view: { kind: 'gone' },
    });
    expect(events.start).toHaveBeenCalledOnce();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('rejects what is answered with something that makes no sense', async () => {
    const { host, receive } = connect();
    const read = host.readContent(attachment, new AbortController().signal);
    receive({ kind: 'answer', id: 1, content: 'nonsense' });
    await expect(read).rejects.toThrow(TypeError);
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
