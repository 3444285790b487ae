import type { PageMessage } from '../viewers/protocol';
import { Host, type HostEvents } from './host';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** Joins the page to its host; the talk ends when the page goes. */
export function connect(events: HostEvents): Host {
  const api = acquireVsCodeApi();
  const host = new Host(
    {
      post: (message: PageMessage) => api.postMessage(message),
      listen: (listener) => addEventListener('message', (event) => listener(event.data)),
    },
    events,
  );
  addEventListener('pagehide', () => host.dispose(), { once: true });
  return host;
}
