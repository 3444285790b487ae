import * as vscode from 'vscode';
import { EXTENSION_ID } from '../ids';
import { DisposableStore } from '../util/disposable';
import type { IsAnswer, ReturnPath } from './returnPath';

const PATH = '/signed-in';

/** Where an answer lies for the window that waits for it. */
const HANDED_ON_KEY = 'answerOfBrowser';

/** Milliseconds in which a window takes over what lies there for it. */
const HANDED_ON_FOR = 30_000;

/** Characters; a code and a state have a few hundred. */
const LONGEST_ANSWER = 8_000;

interface Waiter {
  readonly isAnswer: IsAnswer;
  readonly resolve: (parameters: URLSearchParams) => void;
}

/**
 * VS Code's own addresses of the extension, through which the browser comes back. VS Code gives them to the window that
 * was active last; if another one waits, it is handed the answer, which is of use only to who has the verifier.
 * Registers itself.
 */
export class EditorReturn implements vscode.UriHandler, vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #waiting = new Set<Waiter>();
  #unwanted: NodeJS.Timeout | undefined;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly log: (line: string) => void,
  ) {
    this.#disposables.add(vscode.window.registerUriHandler(this));
    this.#disposables.add(
      secrets.onDidChange(({ key }) => {
        if (key === HANDED_ON_KEY && this.#waiting.size > 0) this.#logged(this.#takeOver());
      }),
    );
  }

  handleUri({ path, query }: vscode.Uri): void {
    if (path !== PATH) return;
    // Any web page can send the browser here, with anything.
    if (query.length <= LONGEST_ANSWER && !this.#give(query)) this.#logged(this.#handOn(query));
  }

  /** Waits for a return; undefined if there is no address by which the browser could reach the editor. */
  async open(): Promise<ReturnPath | undefined> {
    const redirectUri = await redirectAddress();
    if (redirectUri === undefined) return undefined;
    const { promise: answer, resolve } = Promise.withResolvers<URLSearchParams>();
    let waiter: Waiter | undefined;
    return {
      redirectUri,
      answerTo: (isAnswer) => {
        waiter = { isAnswer, resolve };
        this.#waiting.add(waiter);
        return answer;
      },
      dispose: () => {
        if (waiter) this.#waiting.delete(waiter);
      },
    };
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
    // What is for another window lies there for it.
    if (query !== undefined && this.#give(query)) await this.secrets.delete(HANDED_ON_KEY);
  }

  /** Gives an answer to whoever waits for it in this window. @returns whether somebody does */
  #give(query: string): boolean {
    const parameters = new URLSearchParams(query);
    const waiter = [...this.#waiting].find(({ isAnswer }) => isAnswer(parameters));
    waiter?.resolve(parameters);
    return waiter !== undefined;
  }

  #logged(work: Thenable<void>): void {
    work.then(undefined, (error: unknown) => this.log(`The browser’s answer got lost. ${String(error)}`));
  }
}

async function redirectAddress(): Promise<string | undefined> {
  const own = ownAddress();
  const external = await externalAddress();
  return (external && stableAddress(own, external)) ?? external?.toString(true);
}

/**
 * The address of the editor that can be registered as a redirect URI, because it is always the same. Undefined if there is
 * none: in a browser it is another one each time, and some editors have none at all.
 */
export async function registeredAddress(): Promise<string | undefined> {
  const external = await externalAddress();
  return external && stableAddress(ownAddress(), external);
}

/** The desktop adds the number of the window, but RingCentral takes the registered address only. */
function stableAddress(own: vscode.Uri, external: vscode.Uri): string | undefined {
  return external.scheme === own.scheme ? own.toString(true) : undefined;
}

/** By which the browser reaches the editor now. To be used as it is: encoded once more, its query would be another. */
async function externalAddress(): Promise<vscode.Uri | undefined> {
  try {
    return await vscode.env.asExternalUri(ownAddress());
  } catch {
    // Some editors have no way back; there is another.
    return undefined;
  }
}

function ownAddress(): vscode.Uri {
  return vscode.Uri.parse(`${vscode.env.uriScheme}://${EXTENSION_ID}${PATH}`);
}
