import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Page } from '@playwright/test';
import { evaluate, UNKNOWN } from '../builders/whenClause';
import { projectRoot } from '../workbench/paths';
import { expect, test } from './fixtures';
import { watchClicks } from './pages/rowClick';

interface KeyBinding {
  readonly key: string;
  readonly command: string;
  readonly when?: string;
}

type Platform = 'windows' | 'mac' | 'linux';

/** By what a browser says of itself, which is all that the workbench goes by. */
const USER_AGENTS: Readonly<Record<Platform, string>> = {
  windows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  linux:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
};

/** What the desktop adds to the workbench's keys, and a system takes before it: the workbench in a browser has none of these. */
const OF_THE_DESKTOP: Readonly<Record<Platform, readonly string[]>> = {
  windows: ['alt+f4', 'ctrl+shift+w', 'ctrl+r', 'ctrl+=', 'ctrl+-', 'f11', 'ctrl+shift+i'],
  linux: ['alt+f4', 'ctrl+q', 'ctrl+shift+w', 'ctrl+r', 'ctrl+=', 'ctrl+-', 'f11', 'ctrl+shift+i'],
  mac: [
    'cmd+q',
    'cmd+h',
    'cmd+m',
    'shift+cmd+w',
    'ctrl+r',
    'cmd+=',
    'cmd+-',
    'cmd+`',
    'alt+cmd+i',
    'cmd+space',
    'ctrl+space',
  ],
};

/** Commands of VS Code whose key is ours as well where a view of ours has the focus, and why that is right. */
const SAME_MEANING: Readonly<Record<string, string>> = {
  undo: 'Ctrl+Z takes back what was done last, there as here.',
};

/**
 * Commands of VS Code that are not meant where a view of ours has the focus, although their `when` does not say so, and what
 * they are for. As for Ctrl+Enter, the Explorer has the same neighbours.
 */
const OUT_OF_PLACE: Readonly<Record<string, string>> = {
  'interactive.execute': 'The input of an interactive window, which is the editor in front.',
  'repl.execute': 'The input of a REPL, which is the editor in front.',
  'mergeEditor.acceptMerge': 'The merge editor, which is the editor in front.',
  'inlineChat2.keep': 'The chat in an editor.',
  previewSelectedCodeAction: 'The menu of code actions, which closes when it loses the focus.',
  'workbench.action.chat.applyInEditor': 'A block of code in a chat, or its accessible view.',
  'workbench.action.chat.insertCodeBlock': 'A block of code in a chat, or its accessible view.',
  'workbench.action.terminal.chat.runCommand': 'The chat in a terminal.',
  'workbench.action.terminal.chat.runFirstCommand': 'The chat in a terminal.',
};

/** What is so while a row of one of our views has the focus. */
const known: Readonly<Record<string, string | boolean>> = {
  listFocus: true,
  listHasSelectionOrFocus: true,
  listSupportsMultiselect: true,
};

/** Keys of the context by which a part of the window tells that it, or something in it, has the focus. */
const ELSEWHERE = /Focus$|Focuss?ed|Focus(?:Context|InAny)|HasFocus|^in[A-Z]|Active$/;
/** The same of those whose names do not say so. */
const ALSO_ELSEWHERE = new Set([
  'chatAttachmentResource',
  'isNotebookMultiSelect',
  'referenceSearchVisible',
  'scmRepository',
]);
/** What may be so while one of our views has the focus, whatever the name. */
const ANYWHERE = new Set(['sideBarFocus', 'panelFocus', 'auxiliaryBarFocus', 'inDebugMode', 'inZenMode']);

/** Whether VS Code may do something else with a key while a row of `view` has the focus. */
function isPossible({ when }: KeyBinding, view: string, platform: Platform): boolean {
  const outcome =
    when === undefined ||
    evaluate(when, (key) => {
      if (key === 'focusedView') return view;
      if (key in known) return known[key];
      if (key === 'isWindows') return platform === 'windows';
      if (key === 'isMac' || key === 'isMacNative') return platform === 'mac';
      if (key === 'isLinux') return platform === 'linux';
      const isElsewhere = ALSO_ELSEWHERE.has(key) || (ELSEWHERE.test(key) && !ANYWHERE.has(key));
      return isElsewhere ? false : UNKNOWN;
    });
  return outcome !== false;
}

/** Whether one of two keys, which may be chords, hides the other or is the same. */
function collide(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

/** Modifiers in the order in which VS Code writes them. */
function written(key: string): string {
  const order = ['ctrl', 'shift', 'alt', 'cmd'];
  return key
    .split(' ')
    .map((part) => {
      const names = part.split('+');
      return [
        ...order.filter((name) => names.includes(name)),
        ...names.filter((name) => !order.includes(name)),
      ].join('+');
    })
    .join(' ');
}

/** All key bindings that the workbench has by itself, which it shows as a document. */
async function defaultsOf(page: Page, platform: Platform): Promise<readonly KeyBinding[]> {
  const modifier = platform === 'mac' ? 'Meta' : 'Control';
  const lines = page.locator('.monaco-editor .view-line');
  await expect(lines.first()).toBeVisible();
  let text = '';
  await expect(async () => {
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await lines.first().click();
    await page.keyboard.press(`${modifier}+a`);
    // The browser's own key, which is that of the machine, whatever the browser calls itself.
    await page.keyboard.press('Control+c');
    text = (await page.evaluate(() => navigator.clipboard.readText())).replaceAll('\r', '');
    expect(text).toContain('// Override key bindings');
    expect(text).toContain(platform === 'mac' ? '"cmd+c"' : '"ctrl+c"');
  }).toPass();
  const [begin, end] = [text.indexOf('[\n'), text.indexOf('\n]')];
  return JSON.parse(text.slice(begin, end + 2)) as KeyBinding[];
}

interface Contributed {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
  readonly when: string;
}

const { contributes } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
  contributes: { keybindings: readonly Contributed[] };
};

test('the keys of the views do nothing else in VS Code on Windows, macOS and Linux', async ({
  server,
  workbench,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await watchClicks(page);
  const devtools = await context.newCDPSession(page);
  for (const platform of ['windows', 'mac', 'linux'] as const) {
    await test.step(platform, async () => {
      // The same page each time, which has the workbench's code in its cache then.
      await devtools.send('Emulation.setUserAgentOverride', { userAgent: USER_AGENTS[platform] });
      await page.goto(server.workbenchUrl());
      await workbench.palette('Preferences: Open Default Keyboard Shortcuts (JSON)');
      const defaults = await defaultsOf(page, platform);
      // Some of everything, so that the comparison would notice.
      expect(defaults.length).toBeGreaterThan(500);
      expect(conflictsOf('f5', 'ringcentralMailbox.messages', defaults, platform)).not.toEqual([]);
      expect(
        conflictsOf(
          platform === 'mac' ? 'shift+cmd+f' : 'ctrl+shift+f',
          'ringcentralMailbox.messages',
          defaults,
          platform,
        ),
      ).not.toEqual([]);

      const conflicts = contributes.keybindings.flatMap(({ command, key, mac, when }) => {
        const ours = written(platform === 'mac' ? (mac ?? key) : key);
        const view = /focusedView == ([\w.]+)/.exec(when)?.[1] ?? '';
        expect(view, `the key of ${command} is for one view`).not.toBe('');
        // On keyboards of many countries it types a sign.
        if (platform === 'windows') expect(ours).not.toMatch(/ctrl\+.*\balt\b/);
        return conflictsOf(ours, view, defaults, platform).map((other) => `${ours}: ${command}, ${other}`);
      });
      expect(conflicts).toEqual([]);
    });
  }
});

function conflictsOf(
  ours: string,
  view: string,
  defaults: readonly KeyBinding[],
  platform: Platform,
): readonly string[] {
  const ofWorkbench = defaults
    .filter((each) => collide(written(each.key), ours) && isPossible(each, view, platform))
    .filter(({ command }) => !(command in SAME_MEANING) && !(command in OUT_OF_PLACE))
    .map(({ command, when = 'always' }) => `${command} (${when})`);
  const ofDesktop = OF_THE_DESKTOP[platform]
    .filter((key) => written(key) === ours)
    .map((key) => `${key} of the desktop`);
  return [...ofWorkbench, ...ofDesktop];
}
