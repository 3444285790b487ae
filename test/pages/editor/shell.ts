/** From the extension's side to the browser window that shows its pages. */
export type ToShell =
  /** A webview is made, out of sight; `url` is VS Code's own document around pages. */
  | { readonly what: 'open'; readonly panel: string; readonly url: string; readonly title: string }
  /** It is the only one in sight. */
  | { readonly what: 'show'; readonly panel: string }
  | { readonly what: 'focus'; readonly panel: string }
  | { readonly what: 'close'; readonly panel: string }
  /** Something for VS Code's document around the page. */
  | { readonly what: 'send'; readonly panel: string; readonly channel: string; readonly args: unknown };

/** What VS Code's document around a page says. */
export interface FromShell {
  readonly panel: string;
  readonly channel: string;
  readonly data: unknown;
}

/** How bytes travel, because JSON has none. */
export interface EncodedBytes {
  readonly base64Bytes: string;
}

/**
 * What the workbench does with its webviews, in a window that has nothing but them. Runs in the browser, and so must not
 * refer to anything outside of itself.
 */
export function shell(): void {
  interface Webview {
    readonly frame: HTMLIFrameElement;
    /** To VS Code's document in the frame; undefined until that is ready. */
    port?: MessagePort;
    readonly waiting: { channel: string; args: unknown }[];
  }
  const webviews = new Map<string, Webview>();
  const socket = new WebSocket(location.origin.replace('http', 'ws'));

  const revive = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'base64Bytes' in value
      ? Uint8Array.from(atob(String(value.base64Bytes)), (character) => character.charCodeAt(0))
      : value;

  const webviewOf = (panel: string): Webview => {
    const webview = webviews.get(panel);
    if (!webview) throw new Error(`There is no webview ${panel}.`);
    return webview;
  };

  const open = (panel: string, url: string, title: string): void => {
    const frame = document.createElement('iframe');
    frame.name = panel;
    frame.className = 'webview ready';
    frame.title = title;
    frame.sandbox.add(
      'allow-scripts',
      'allow-same-origin',
      'allow-forms',
      'allow-pointer-lock',
      'allow-downloads',
    );
    frame.allow = 'cross-origin-isolated; autoplay; local-network-access; clipboard-read; clipboard-write';
    frame.style.visibility = 'hidden';
    frame.src = url;
    webviews.set(panel, { frame, waiting: [] });
    document.body.append(frame);
  };

  const send = ({ port, waiting }: Webview, channel: string, args: unknown): void => {
    if (port) port.postMessage({ channel, args });
    else waiting.push({ channel, args });
  };

  const doAsTold = (message: ToShell): void => {
    if (message.what === 'open') {
      open(message.panel, message.url, message.title);
      return;
    }
    const webview = webviewOf(message.panel);
    switch (message.what) {
      case 'show':
        for (const { frame } of webviews.values())
          frame.style.visibility = frame === webview.frame ? 'visible' : 'hidden';
        break;
      case 'focus':
        webview.frame.contentWindow?.focus();
        send(webview, 'focus', undefined);
        break;
      case 'close':
        webview.frame.remove();
        webviews.delete(message.panel);
        break;
      case 'send':
        send(webview, message.channel, message.args);
        break;
    }
  };

  addEventListener('message', (event: MessageEvent<{ target: string; channel: string }>) => {
    const { target, channel } = event.data;
    const [port] = event.ports;
    const webview = webviews.get(target);
    if (channel !== 'webview-ready' || !port || !webview) return;
    port.onmessage = ({ data }: MessageEvent<{ channel: string; data: unknown }>) =>
      socket.send(JSON.stringify({ panel: target, ...data }));
    webview.port = port;
    for (const { channel: waiting, args } of webview.waiting.splice(0)) send(webview, waiting, args);
  });
  socket.addEventListener('message', ({ data }: MessageEvent<string>) =>
    doAsTold(JSON.parse(data, revive) as ToShell),
  );
}
