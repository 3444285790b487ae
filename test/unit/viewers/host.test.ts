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
  const events = { start: vi.fn(), update: vi.fn(), reveal: vi.fn(), kept: vi.fn(), pause: vi.fn() };
  const host = new Host(
    { post: (message) => posted.push(message), listen: (listener) => listeners.push(listener) },
    events,
  );
  const receive = (message: unknown): void => listeners.forEach((listener) => listener(message));
  return { host, posted, receive, events };
}

describe('Host', () => {
  test('posts “ready” first', () => {
    expect(connect().posted).toEqual([{ kind: 'ready' }]);
  });

  test('tells the page to pause when something is played in another tab', () => {
    const { receive, events } = connect();
    receive({ kind: 'pause' });
    expect(events.pause).toHaveBeenCalledOnce();
  });

  test('resolves each request with the answer of the same number', async () => {
    const { host, receive } = connect();
    const { signal } = new AbortController();
    const first = host.readContent(attachment, signal);
    const second = host.readContent({ ...attachment, attachmentId: '3' }, signal);
    receive({ kind: 'answer', id: 2, content: { ...content, fileName: 'second' } });
    receive({ kind: 'answer', id: 1, content });
    expect((await first).fileName).toBe('a.txt');
    expect((await second).fileName).toBe('second');
  });

  describe('reading an attachment', () => {
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

    test('returns the bytes of the answer', async () => {
      expect(await read({ bytes: new TextEncoder().encode('sound') })).toEqual({
        text: 'sound',
        type: 'text/plain',
      });
    });

    test('loads the address of the answer with a range request, so that no cache keeps it', async () => {
      const { url, asked } = await serve(206);
      expect(await read({ url })).toEqual({ text: 'sound', type: 'text/plain' });
      expect(asked.map(({ range }) => range)).toEqual(['bytes=0-']);
    });

    test('rejects if the address cannot be loaded', async () => {
      const { url } = await serve(401);
      await expect(read({ url })).rejects.toThrow('HTTP 401');
    });
  });

  test('sends only the ids of an attachment, not its other properties', () => {
    const { host, posted } = connect();
    host.openAttachment({ ...attachment, name: 'photo.jpg' } as typeof attachment);
    expect(posted.at(-1)).toEqual({ kind: 'openAttachment', ...attachment });
  });

  test('rejects with the message of a failure', async () => {
    const { host, receive } = connect();
    const saved = host.save(attachment);
    receive({ kind: 'failure', id: 1, message: 'The disk is full.' });
    await expect(saved).rejects.toEqual(new HostError('The disk is full.'));
  });

  test('cancels an aborted request at the host, and ignores a late answer', async () => {
    const { host, posted, receive } = connect();
    const controller = new AbortController();
    const read = host.readContent(attachment, controller.signal);
    controller.abort();
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
    expect(posted.at(-1)).toEqual({ kind: 'cancel', id: 1 });
    expect(() => receive({ kind: 'answer', id: 1, content })).not.toThrow();
  });

  test('rejects pending and later requests when it is disposed', async () => {
    const { host } = connect();
    const pending = host.save(attachment);
    host.dispose();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    await expect(host.save(attachment)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('rejects pending requests when the host starts another message', async () => {
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

  test('rejects a request whose answer has an invalid content', async () => {
    const { host, receive } = connect();
    const read = host.readContent(attachment, new AbortController().signal);
    receive({ kind: 'answer', id: 1, content: 'nonsense' });
    await expect(read).rejects.toThrow(TypeError);
  });

  test('ignores invalid messages and those of other frames', () => {
    const { receive, events } = connect();
    receive({ kind: 'update', view: { kind: 'nonsense' } });
    receive('update');
    receive({ source: 'another frame' });
    expect(events.update).not.toHaveBeenCalled();
    receive({ kind: 'update', view: { kind: 'gone' } });
    expect(events.update).toHaveBeenCalledWith({ kind: 'gone' });
  });
});
