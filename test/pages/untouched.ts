/**
 * Makes pages refuse to play by themselves, as windows with a screen do, until a key or a button was pressed in them. Browsers
 * take for a touch whatever Playwright evaluates in a page. To be run in each page before its own code.
 */
export function refuseToPlayUntouched(): void {
  const media = HTMLMediaElement.prototype as { play: (this: HTMLMediaElement) => Promise<void> };
  const { play } = media;
  let isTouched = false;
  let isWatched = false;
  // Not before something wants to play: VS Code writes the document anew, which takes all listeners away.
  const watch = (): void => {
    if (isWatched) return;
    isWatched = true;
    for (const event of ['keydown', 'pointerdown'])
      addEventListener(event, () => (isTouched = true), { capture: true, once: true });
  };
  media.play = function () {
    watch();
    // What a test plays, or a person, is on the page already.
    if (isTouched || this.isConnected || this.muted) return play.call(this);
    return Promise.reject(new DOMException('Nobody has pressed anything in this page.', 'NotAllowedError'));
  };
}
