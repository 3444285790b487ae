/** Takes the README's pictures, each in a light and a dark theme: `npm run screenshots [-- SCENE…]`. */
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { Workbench } from '../e2e/pages/workbench';
import { browserArguments, provisionBrowser } from '../workbench/browser';
import { projectRoot } from '../workbench/paths';
import { runNode } from '../workbench/run';
import { startServer } from '../workbench/server';
import { scenes, type Scene } from './scenes';

const folder = path.join(projectRoot, 'media/screenshots');
/** In CSS pixels; a picture has one and a half as many each way. */
const size = { width: 1120, height: 720 };

/** By the names that VS Code maps to its present default themes; it does not take those of the themes themselves. */
const themes = { light: 'VS Code Light', dark: 'VS Code Dark' } as const;
type Theme = keyof typeof themes;

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  await runNode(['esbuild.js', 'shipped', '--production'], projectRoot);
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: await provisionBrowser(),
    args: [...browserArguments],
  });
  try {
    for (const scene of scenes.filter(({ name }) => names.length === 0 || names.includes(name))) {
      for (const theme of Object.keys(themes) as Theme[]) await take(scene, theme, browser);
    }
  } finally {
    await browser.close();
  }
}

async function take(scene: Scene, theme: Theme, browser: Browser): Promise<void> {
  const server = await startServer({
    settings: { 'workbench.colorTheme': themes[theme], 'window.title': '${activeEditorShort}' },
    env: { RINGCENTRAL_MAILBOX_SAMPLE: '1' },
  });
  try {
    const page = await browser.newPage({
      viewport: size,
      colorScheme: theme,
    });
    const workbench = new Workbench(page);
    await workbench.open(server.workbenchUrl({ extension: projectRoot }));
    await workbench.openMailbox();
    await workbench.messages.rows.first().waitFor();
    await workbench.resizeSidebar(360);
    await scene.arrange(workbench);
    await page.mouse.move(0, 0);
    await page.addStyleTag({ content: '.monaco-scrollable-element > .scrollbar { display: none }' });
    // Playwright knows no WebP, which takes half the room of PNG.
    const devtools = await page.context().newCDPSession(page);
    const picture = await devtools.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 90,
      clip: { x: 0, y: 0, ...size, scale: 1.5 },
    });
    const file = path.join(folder, `${scene.name}-${theme}.webp`);
    await writeFile(file, picture.data, 'base64');
    console.log(path.relative(projectRoot, file));
    await page.close();
  } finally {
    await server.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
