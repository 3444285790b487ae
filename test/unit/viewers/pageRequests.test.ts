import { describe, expect, test, vi } from 'vitest';
import { PageRequests } from '../../../src/viewers/pageRequests';
import type { Answer, Content, HostMessage, PageRequest } from '../../../src/viewers/protocol';

const request: PageRequest = { kind: 'readContent', messageId: '1', attachmentId: '2' };
const content: Content = { bytes: new Uint8Array([1]), contentType: 'text/plain', fileName: 'a.txt' };

function start(handle: (request: PageRequest, signal: AbortSignal) => Promise<Answer>) {
  const posted: HostMessage[] = [];
  const requests = new PageRequests(
    handle,
    (message) => posted.push(message),
    (error) => `Sentence about ${(error as Error).message}`,
  );
  return { requests, posted };
}

describe('PageRequests', () => {
  test('answers with the content and the number of the request', async () => {
    const { requests, posted } = start(() => Promise.resolve({ content }));
    await requests.run(7, request);
    expect(posted).toEqual([{ kind: 'answer', id: 7, content }]);
  });

  test('answers a request that returns no content', async () => {
    const { requests, posted } = start(() => Promise.resolve({}));
    await requests.run(7, request);
    expect(posted).toEqual([{ kind: 'answer', id: 7 }]);
  });

  test('answers a failed request with a sentence', async () => {
    const { requests, posted } = start(() => Promise.reject(new Error('rendering')));
    await requests.run(7, request);
    expect(posted).toEqual([{ kind: 'failure', id: 7, message: 'Sentence about rendering' }]);
  });

  test('aborts a request that the page cancels, and does not answer it', async () => {
    const aborted = vi.fn();
    const { requests, posted } = start(async (_request, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      aborted();
      return { content };
    });
    const running = requests.run(7, request);
    requests.cancel(7);
    await running;
    expect(aborted).toHaveBeenCalledOnce();
    expect(posted).toEqual([]);
  });

  test('aborts all requests when it is disposed, and answers neither them nor later ones', async () => {
    const signals: AbortSignal[] = [];
    const { requests, posted } = start((_request, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    });
    const running = [requests.run(1, request), requests.run(2, request)];
    requests.dispose();
    await Promise.all(running);
    await requests.run(3, request);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(posted).toEqual([]);
  });
});
