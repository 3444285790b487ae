/** As much of VS Code as the return through the editor uses, for tests outside of it. */
export class Uri {
  constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query: string,
    private readonly text: string,
  ) {}

  static parse(text: string): Uri {
    const { protocol, pathname, search } = new URL(text);
    return new Uri(protocol.slice(0, -1), pathname, search.slice(1), text);
  }

  toString(): string {
    return this.text;
  }
}

/** What `env.asExternalUri` makes of an address; by default what the desktop does. */
export const external = {
  of: (uri: Uri): Promise<Uri> => Promise.resolve(Uri.parse(`${uri.toString()}?windowId=3`)),
};

export const env = {
  uriScheme: 'vscode',
  asExternalUri: (uri: Uri): Promise<Uri> => external.of(uri),
};

export const window = {
  registerUriHandler: (): { dispose(): void } => ({ dispose: () => undefined }),
};
