/**
 * The parts of undici that we use, by their files. Importing the package itself replaces the process-wide dispatcher
 * that `fetch` of every other extension in the host uses; these files leave it alone. The exact version is pinned.
 */
declare module 'undici/lib/dispatcher/agent.js' {
  export { default } from 'undici/types/agent';
}

declare module 'undici/lib/dispatcher/pool.js' {
  export { default } from 'undici/types/pool';
}

declare module 'undici/lib/dispatcher/proxy-agent.js' {
  export { default } from 'undici/types/proxy-agent';
}

declare module 'undici/lib/api/api-request.js' {
  import type Dispatcher from 'undici/types/dispatcher';

  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
}

declare module 'undici/lib/api/api-connect.js' {
  import type Dispatcher from 'undici/types/dispatcher';

  export default function connect(
    this: Dispatcher,
    options: Dispatcher.ConnectOptions,
  ): Promise<Dispatcher.ConnectData>;
}
