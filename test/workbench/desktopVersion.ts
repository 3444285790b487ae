/**
 * The VS Code that `@vscode/test-electron` is to download.
 * @param wanted `newest` (by default), `oldest`, `insiders` or a version such as `1.110.1`
 * @param engine `engines.vscode` of package.json, which names the oldest: `^1.107.0`
 * @throws Error if it is none of these
 */
export function desktopVersion(wanted: string | undefined, engine: string): string {
  switch (wanted) {
    case undefined:
    case 'newest':
      return 'stable';
    case 'oldest': {
      const version = /^\^(\d+\.\d+\.\d+)$/.exec(engine)?.[1];
      if (version === undefined)
        throw new Error(`engines.vscode, ${engine}, does not name the oldest version.`);
      return version;
    }
    default:
      if (wanted === 'insiders' || /^\d+\.\d+\.\d+$/.test(wanted)) return wanted;
      throw new Error(
        `"${wanted}" is no VS Code: say newest, oldest, insiders or a version such as 1.110.1.`,
      );
  }
}
