/** A VS Code to test in, as the npm package `code-server` carries it. CONTRIBUTING tells how to move to another. */
export interface Release {
  /** The version of `code-server`. */
  readonly version: string;
  /** The version of the Node that its server needs, if that is not the project's. */
  readonly node?: string;
  /** Dependencies of its server that npm cannot fetch as they are named there, and what is installed instead. */
  readonly replacedDependencies?: Readonly<Record<string, string>>;
  /** Whether its workbench hides notifications while the smoke test driver is on. */
  readonly hidesNotifications: boolean;
}

export type ReleaseName = keyof typeof releases;

export const releases = {
  /** VS Code 1.139.1. */
  newest: { version: '4.139.1', hidesNotifications: true },
  /**
   * VS Code 1.108.1, the oldest on npm that `engines.vscode` allows. Its extension host stops answering after a minute under
   * Node 24.
   */
  oldest: {
    version: '4.108.1',
    node: '22.21.1',
    replacedDependencies: { '@vscode/watcher': 'npm:@parcel/watcher@2.5.1' },
    hidesNotifications: false,
  },
} as const satisfies Record<string, Release>;
