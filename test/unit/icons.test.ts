import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    icons: Readonly<Record<string, { default: { fontPath: string; fontCharacter: string } }>>;
  };
};
const icons = Object.entries(contributes.icons);

describe('the icon font', () => {
  it('has a glyph of its own for each drawing', () => {
    const drawings = readdirSync('media/icons').filter((name) => name.endsWith('.svg'));
    expect(icons.map(([id]) => `${id.replace('ringcentral-mailbox-', '')}.svg`).sort()).toEqual(
      drawings.sort(),
    );
    expect(new Set(icons.map(([, icon]) => icon.default.fontCharacter)).size).toBe(drawings.length);
    for (const [, icon] of icons) expect(icon.default.fontPath).toBe('media/icons.woff');
  });

  it('is built from the drawings as they are', async () => {
    await expect(
      promisify(execFile)(process.execPath, ['media/icons/build.mjs', '--check']),
    ).resolves.toMatchObject({
      stderr: '',
    });
  });
});
