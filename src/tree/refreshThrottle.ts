import type * as vscode from 'vscode';

/** Milliseconds in which changes are gathered before the rows are refreshed: one refresh for a burst. */
const GATHERING_TIME = 50;

/** Milliseconds between two refreshes at the least: rows that are read again swallow clicks. */
const PAUSE = 250;

/** After a refresh that took long, so many times its duration passes before the next: others need the thread, too. */
const REST_FACTOR = 9;

/** Milliseconds after which the rows are refreshed again although VS Code has not told that it has read them. */
const READING_LIMIT = 10_000;

interface Refresh {
  /** Tells VS Code to read the rows again. */
  readonly start: () => void;
  /** Settles when VS Code has read all rows that it was asked to read. */
  readonly whenRead: () => Promise<unknown>;
  /** How long the extension has been busy with the rows since the last start, in milliseconds. */
  readonly cost: () => number;
}

/**
 * Refreshes the rows after changes, and never while VS Code is still reading them: it reads as often as it is told to, one
 * time after the other, and where it is slower than messages change, it would be busy with that long after the last change.
 */
export class RefreshThrottle implements vscode.Disposable {
  /** Set while a refresh is planned. */
  #timer: NodeJS.Timeout | undefined;
  #lastStart = 0;
  /** Set while VS Code reads the rows of a refresh: when it is taken to have read them anyway. */
  #limit: NodeJS.Timeout | undefined;
  /** A refresh is to follow when VS Code has read the rows. */
  #isDue = false;
  #isDisposed = false;

  constructor(private readonly refresh: Refresh) {}

  /** Refreshes soon, once for all that changes until then. */
  request(): void {
    if (this.#isDisposed) return;
    const rest = Math.max(PAUSE, REST_FACTOR * this.refresh.cost());
    const delay = Math.max(GATHERING_TIME, this.#lastStart + rest - performance.now());
    this.#timer ??= setTimeout(() => this.#refreshWhenRead(), delay);
  }

  /** Refreshes at once, also while VS Code is reading the rows. */
  refreshNow(): void {
    if (this.#isDisposed) return;
    this.#clear();
    this.#lastStart = performance.now();
    this.refresh.start();
    const limit = setTimeout(() => this.#rowsRead(limit), READING_LIMIT);
    this.#limit = limit;
    void this.refresh.whenRead().then(() => this.#rowsRead(limit));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#clear();
  }

  #refreshWhenRead(): void {
    this.#timer = undefined;
    if (this.#limit) this.#isDue = true;
    else this.refreshNow();
  }

  /** VS Code has read the rows of the refresh that has this `limit`. Of one that another has followed, that says nothing. */
  #rowsRead(limit: NodeJS.Timeout): void {
    if (this.#limit !== limit) return;
    clearTimeout(limit);
    this.#limit = undefined;
    if (this.#isDue) this.request();
    this.#isDue = false;
  }

  #clear(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#limit);
    this.#timer = undefined;
    this.#limit = undefined;
    this.#isDue = false;
  }
}
