import type { Emulator } from '../../src/emulator/emulator';
import { expect } from './fixtures';
import type { Workbench } from './pages/workbench';

/** What a page must not know, and what the browser has said of it. */
interface Surroundings {
  readonly emulator: Emulator;
  readonly accessTokens: ReadonlySet<string>;
  readonly violations: string[];
}

/**
 * Makes sure that no page holds a secret of the sign-in, and that the policy of the page in front forbids scripts, pictures and
 * connections of others.
 * @param text something that the page in front shows
 */
export async function expectSafePage(
  { page, webview }: Workbench,
  { emulator, accessTokens, violations }: Surroundings,
  text: string,
): Promise<void> {
  const frames = page.frames().filter((frame) => frame !== page.mainFrame());
  const html = (await Promise.all(frames.map((frame) => frame.content()))).join('\n');
  expect(html).toContain(text);
  expect(accessTokens.size).toBeGreaterThan(0);
  const secrets = [
    ...accessTokens,
    emulator.clientSecret,
    emulator.jwt,
    new URL(emulator.url).host,
    new URL(emulator.mediaUrl).host,
  ];
  expect(secrets.filter((secret) => html.includes(secret))).toEqual([]);

  expect(violations, 'by the page itself').toEqual([]);
  await webview.locator('body').evaluate(async (body, url) => {
    const script = document.createElement('script');
    script.textContent = 'document.body.dataset.ran = "true"';
    const image = new Image();
    image.src = `${url}/picture.png`;
    body.append(script, image);
    // Fails, because the policy forbids it: the browser says so on the console.
    await fetch(url).catch(() => undefined);
    script.remove();
    image.remove();
  }, emulator.url);
  for (const directive of ['script-src', 'img-src', 'connect-src'])
    await expect.poll(() => violations.join('\n')).toContain(directive);
  await expect(webview.locator('body')).not.toHaveAttribute('data-ran');
  violations.length = 0;
}
