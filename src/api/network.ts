/** How to reach the network, as VS Code's settings have it. */
export interface NetworkSettings {
  /** `http.proxy`: URL of an HTTP or HTTPS proxy; without it, `HTTPS_PROXY` and `HTTP_PROXY` of the environment. */
  readonly proxy?: string;
  /** `http.noProxy`: hosts (and their subdomains) to be reached directly; if empty, `NO_PROXY` of the environment. */
  readonly noProxy: readonly string[];
  /** `http.proxyStrictSSL`: whether certificates are verified. */
  readonly strictSSL: boolean;
  /** `http.systemCertificates`: whether the operating system's certificates are trusted, too. */
  readonly systemCertificates: boolean;
  /** `http.proxyAuthorization`: value of `Proxy-Authorization`. */
  readonly proxyAuthorization?: string;
  /** False if `http.proxySupport` is `off`. */
  readonly useProxy: boolean;
}

/** What is read of the process's environment; lower case wins, as everywhere. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy to take to `url`, or undefined for a direct connection. This machine is always reached directly.
 * @throws TypeError if the proxy's own address is not a URL
 */
export function proxyFor(
  url: URL,
  settings: NetworkSettings,
  environment: ProxyEnvironment,
): URL | undefined {
  if (!settings.useProxy || isLoopback(url.hostname)) return undefined;
  const fromEnvironment = (name: string): string =>
    environment[name] || environment[name.toUpperCase()] || '';
  const exceptions =
    settings.noProxy.length > 0 ? settings.noProxy : fromEnvironment('no_proxy').split(/[\s,]+/);
  if (exceptions.some((exception) => matches(url, exception))) return undefined;
  const address =
    settings.proxy ||
    (url.protocol === 'https:' && fromEnvironment('https_proxy')) ||
    fromEnvironment('http_proxy');
  if (!address) return undefined;
  return new URL(address.includes('://') ? address : `http://${address}`);
}

export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** `example.com`, `.example.com` and `*.example.com` stand for the domain and all below it; a port limits it to that port. */
function matches(url: URL, exception: string): boolean {
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(exception.trim().toLowerCase()) ?? [];
  if (name === '*') return true;
  const domain = name.replace(/^\*?\./, '');
  if (domain === '') return false;
  if (port !== undefined && port !== portOf(url)) return false;
  return url.hostname === domain || url.hostname.endsWith(`.${domain}`);
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}
