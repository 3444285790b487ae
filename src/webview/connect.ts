import type { PageMessage } from '../viewers/protocol';
import { Host, type HostEvents } from './host';
import { PageState } from './pageState';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

export interface Connected {
  readonly host: Host;
  readonly state: PageState;
}

/** Joins the page to its host; the talk ends when the page goes. */
export function connect(events: Omit<HostEvents, 'kept'>): Connected {
  const api = acquireVsCodeApi();
  const state = new PageState(api);
  const host = new Host(
    {
      post: (message: PageMessage) => api.postMessage(message),
      listen: (listener) => addEventListener('message', (event) => listener(event.data)),
    },
    {
      ...events,
      start: (message) => {
        state.begin(message.subject);
        state.set('kept', message.kept);
        events.start(message);
      },
      kept: () => state.set('kept', true),
    },
  );
  addEventListener('pagehide', () => host.dispose(), { once: true });
  return { host, state };
}
