import axe from 'axe-core';
import type { Webview } from './editor/editor';

/** The rules whose outcome depends on colors, which are all that differs from theme to theme. */
const COLOR_RULES = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

const ALL_RULES = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/**
 * What axe says is wrong with the page of a webview, one line for each thing; nothing should be.
 * @param what to look at: all that there is, or what another theme may change
 */
export async function accessibilityProblems(
  webview: Webview,
  what: 'everything' | 'colors' = 'everything',
): Promise<readonly string[]> {
  const body = await webview.locator('body').elementHandle();
  const frame = await body.ownerFrame();
  if (!frame) throw new Error('There is no webview.');
  if (!(await frame.evaluate<boolean>("'axe' in window"))) await frame.evaluate(`${axe.source}; undefined`);
  // Without the rules for whole sites: a webview is a part of VS Code's window. Of what axe would load beforehand only
  // media are needed; style sheets it would put into the page, which that forbids. What is right with the page would be
  // far more to describe and to send than what is wrong.
  return frame.evaluate<readonly string[]>(
    `axe.run(document, {
      runOnly: ${JSON.stringify(what === 'colors' ? COLOR_RULES : ALL_RULES)},
      resultTypes: ['violations'],
      preload: { assets: ['media'] },
    }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => \`\${id}: \${html} \${failureSummary ?? ''}\`),
    ))`,
  );
}
