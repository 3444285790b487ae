/** What a person's browser does with the server's authorize page. */
export const browser = {
  /**
   * Opens the page and presses one of its buttons.
   * @returns where the browser is sent
   */
  async decide(url: string, decision: 'allow' | 'deny'): Promise<URL> {
    const page = await (await fetch(url)).text();
    const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined) throw new Error(`There is no form at ${url}: ${page}`);
    const form = new URLSearchParams({ decision });
    for (const [, name = '', value = ''] of page.matchAll(
      /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
    )) {
      form.set(unescaped(name), unescaped(value));
    }
    const answer = await fetch(new URL(action, url), { method: 'POST', body: form, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`The page sends nobody anywhere: ${await answer.text()}`);
    return new URL(location);
  },
};

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
