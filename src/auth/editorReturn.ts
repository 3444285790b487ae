import * as vscode from 'vscode';
import { EXTENSION_ID } from '../ids';
import { DisposableStore } from '../util/disposable';
import { Emitter } from '../util/emitter';
import type { ReturnPath } from './returnPath';

const PATH = '/signed-in';

/** Where an answer lies for the window that waits for it. */
const HANDED_ON_KEY = 'answerOfBrowser';

/** Milliseconds in which a window takes over what lies there for it. */
const HANDED_ON_FOR = 30_000;

/** Characters; a code and a state have a few hundred. */
const LONGEST_ANSWER = 8_000;

/**
 * VS Code's own addresses of the extension, through which the browser comes back. VS Code gives them to the window that
 * was active last; if another one waits, it is handed the answer, which is of use only to who has the verifier.
 * Registers itself.
 */
export class EditorReturn implements vscode.UriHandler, vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #returned = this.#disposables.add(new Emitter<URLSearchParams>());
  #waiting = 0;
  #unwanted: NodeJS.Timeout | undefined;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly log: (line: string) => void,
  ) {
    this.#disposables.add(vscode.window.registerUriHandler(this));
    this.#disposables.add(
      secrets.onDidChange(({ key }) => {
        if (key === HANDED_ON_KEY && this.#waiting > 0) this.#logged(this.#takeOver());
      }),
    );
  }

  handleUri({ path, query }: vscode.Uri): void {
    if (path !== PATH) return;
    if (this.#waiting > 0) this.#returned.fire(new URLSearchParams(query));
    // Any web page can send the browser here, with anything.
    else if (query.length <= LONGEST_ANSWER) this.#logged(this.#handOn(query));
  }

  /** Waits for a return; undefined if there is no address by which the browser could reach the editor. */
  async open(): Promise<ReturnPath | undefined> {
    const redirectUri = await redirectAddress();
    if (redirectUri === undefined) return undefined;
    // One that nobody waited for.
    await this.secrets.delete(HANDED_ON_KEY);
    const { promise: answer, resolve } = Promise.withResolvers<URLSearchParams>();
    const subscription = this.#returned.event(resolve);
    this.#waiting += 1;
    const dispose = (): void => {
      subscription.dispose();
      this.#waiting -= 1;
    };
    return { redirectUri, answer, dispose };
  }

  dispose(): void {
    clearTimeout(this.#unwanted);
    this.#disposables.dispose();
  }

  async #handOn(query: string): Promise<void> {
    await this.secrets.store(HANDED_ON_KEY, query);
    clearTimeout(this.#unwanted);
    this.#unwanted = setTimeout(() => this.#logged(this.secrets.delete(HANDED_ON_KEY)), HANDED_ON_FOR);
  }

  async #takeOver(): Promise<void> {
    const query = await this.secrets.get(HANDED_ON_KEY);
    if (query === undefined) return;
    await this.secrets.delete(HANDED_ON_KEY);
    this.#returned.fire(new URLSearchParams(query));
  }

  #logged(work: Thenable<void>): void {
    work.then(undefined, (error: unknown) => this.log(`The browser’s answer got lost. ${String(error)}`));
  }
}

async function redirectAddress(): Promise<string | undefined> {
  const own = vscode.Uri.parse(`${vscode.env.uriScheme}://${EXTENSION_ID}${PATH}`);
  let external: vscode.Uri;
  try {
    external = await vscode.env.asExternalUri(own);
  } catch {
    // Some editors have no way back; there is another.
    return undefined;
  }
  // The desktop adds the number of the window, but RingCentral takes the registered address only.
  const address = external.scheme === own.scheme ? own : external;
  // As it is: encoded once more, its query would be another.
  return address.toString(true);
}
