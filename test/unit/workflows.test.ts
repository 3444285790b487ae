/** That the workflows of continuous integration call what there is, and are pinned and limited. */
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { releaseNotes, releaseProblems, type Release } from '../release/release';
import { desktopVersion } from '../workbench/desktopVersion';
import { projectRoot } from '../workbench/paths';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly 'runs-on'?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const folder = path.join(projectRoot, '.github/workflows');
const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as Manifest;
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(path.join(folder, name), 'utf8');
  return { name, text, workflow: load(text) as Workflow };
});

function workflow(name: string): Workflow {
  const found = workflows.find((each) => each.name === name);
  if (!found) throw new Error(`There is no workflow ${name}.`);
  return found.workflow;
}

const stepsOf = (each: Workflow): readonly Step[] =>
  Object.values(each.jobs).flatMap(({ steps = [] }) => steps);

describe.each(workflows)(
  'the workflow $name',
  ({ text, workflow: { jobs, permissions, concurrency }, workflow: whole }) => {
    const steps = stepsOf(whole);

    it('may read the repository and nothing else, unless a job says more', () => {
      expect(permissions).toEqual({ contents: 'read' });
    });

    it('runs once at a time for each branch or tag, and ends in time', () => {
      expect(concurrency.group).not.toBe('');
      const endless = Object.entries(jobs).filter(
        ([, job]) => !job.uses && !(Number(job['timeout-minutes']) <= 60),
      );
      expect(endless.map(([name]) => name)).toEqual([]);
    });

    it('uses actions at a commit, beside which is its version', () => {
      const used = [...text.matchAll(/\buses: (.+)/g)].map(([, action]) => action ?? '');
      expect(used.length).toBeGreaterThan(0);
      expect(
        used.filter(
          (action) => !/^(?:[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/.+)$/.test(action),
        ),
      ).toEqual([]);
    });

    it('leaves no credentials of the repository to what it runs', () => {
      const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
      expect(checkouts.every((step) => step.with?.['persist-credentials'] === false)).toBe(true);
    });

    it('calls npm scripts that there are', () => {
      const scripts = steps.flatMap(({ run = '' }) =>
        [...run.matchAll(/\bnpm (?:run (?:--silent )?([\w:]+)|(test)\b)/g)].map(
          ([, script, test]) => script ?? test ?? '',
        ),
      );
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
    });

    it('runs the Node of the project', () => {
      const node = Number(manifest.devDependencies['node']?.split('.')[0]);
      const versions = steps
        .filter(({ uses }) => uses?.startsWith('actions/setup-node@'))
        .map((step) => step.with?.['node-version']);
      expect(new Set(versions)).toEqual(new Set([node]));
    });

    it('puts nothing into a command that somebody else could have written', () => {
      const inserted = steps.flatMap(({ run = '' }) => run.match(/\$\{\{[^}]*\}\}/g) ?? []);
      expect(inserted.filter((each) => !/^\$\{\{ matrix\.\w+ \}\}$/.test(each))).toEqual([]);
    });
  },
);

describe('continuous integration', () => {
  const { on, jobs } = workflow('ci.yml');

  it('runs for pushes and pull requests, with every check', () => {
    expect(Object.keys(on)).toEqual(expect.arrayContaining(['push', 'pull_request']));
    expect(jobs['test']?.steps?.map(({ run }) => run)).toContain('npm test');
  });

  it('runs in the oldest and in the newest VS Code, on Linux, macOS and Windows', () => {
    const { os = [], vscode = [] } = jobs['desktop']?.strategy?.matrix ?? {};
    expect(os.map((each) => each.replace(/-.*/, ''))).toEqual(['ubuntu', 'macos', 'windows']);
    expect(vscode).toEqual(['oldest', 'newest']);
    expect(`^${desktopVersion('oldest', manifest.engines.vscode)}`).toBe(manifest.engines.vscode);
    expect(`^${manifest.devDependencies['@types/vscode'] ?? ''}`).toBe(manifest.engines.vscode);
  });

  it('leaves a package', () => {
    const steps = jobs['package']?.steps ?? [];
    const file = /^npm run package -- --out (\S+)$/.exec(
      steps.flatMap(({ run }) => run ?? []).at(-1) ?? '',
    )?.[1];
    expect(steps.at(-1)?.with).toMatchObject({ path: file, 'if-no-files-found': 'error' });
  });
});

describe('a release', () => {
  const { on, jobs } = workflow('release.yml');

  it('begins with a tag, and goes on only if that fits and every check passes', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(jobs['ci']).toMatchObject({ needs: 'check', uses: './.github/workflows/ci.yml' });
    for (const marketplace of ['marketplace', 'open-vsx']) expect(jobs[marketplace]?.needs).toBe('ci');
    expect(jobs['repository']?.needs).toEqual(['marketplace', 'open-vsx']);
  });

  it.each([
    ['marketplace', 'VSCE_PAT', 'npx --no-install vsce publish'],
    ['open-vsx', 'OVSX_PAT', 'npx --yes ovsx@'],
  ])(
    'is published by the job %s only where the secret %s is set, with a pinned tool',
    (name, secret, command) => {
      const { env = {}, steps = [] } = jobs[name] ?? {};
      expect(env).toEqual({ IS_SET: `\${{ secrets.${secret} != '' }}` });
      const without = steps.filter((step) => step.if !== "env.IS_SET == 'true'");
      expect(without).toMatchObject([
        { if: "env.IS_SET == 'false'", run: expect.stringMatching(/^echo /) as string },
      ]);
      // The environment of a step is part of what its own condition reads, and of what it runs.
      expect(steps.map((step) => step.env)).toEqual([
        ...steps.slice(1).map(() => undefined),
        { [secret]: `\${{ secrets.${secret} }}` },
      ]);
      const publish = steps.at(-1)?.run ?? '';
      expect(publish.startsWith(command)).toBe(true);
      expect(publish).toMatch(/ovsx@\d+\.\d+\.\d+ |vsce /);
      expect(manifest.devDependencies['@vscode/vsce']).toMatch(/^\d/);
    },
  );

  const changelog =
    '# Changelog\n\n## Unreleased\n\n- b\n\n## 1.2.3 (2026-11-29)\n\n- a\n- A\n\n## 1.2.0\n\n## 1.0.0\n\n- x\n';

  it('has the tag of its version and a section in the changelog, which are its notes', () => {
    expect(releaseProblems({ tag: 'v1.2.3', version: '1.2.3', changelog })).toEqual([]);
    expect(releaseNotes('1.2.3', changelog)).toBe('- a\n- A');
  });

  it.each<[Partial<Release>, string]>([
    [{ tag: 'v1.2.4' }, 'The tag v1.2.4 is not v1.2.3, the version of package.json.'],
    [{ tag: '1.2.3' }, 'The tag 1.2.3 is not v1.2.3, the version of package.json.'],
    [{ tag: 'v1.2', version: '1.2' }, 'The version 1.2 is not three numbers.'],
    [{ tag: 'v1.2.0', version: '1.2.0' }, 'The section "## 1.2.0" of CHANGELOG.md is empty.'],
    [{ tag: 'v1.3.0', version: '1.3.0' }, 'CHANGELOG.md has no section "## 1.3.0".'],
  ])('is not published: %j', (changes, problem) => {
    expect(releaseProblems({ tag: 'v1.2.3', version: '1.2.3', changelog, ...changes })).toContain(problem);
  });
});

describe('the desktop VS Code of tests', () => {
  it.each([
    [undefined, 'stable'],
    ['newest', 'stable'],
    ['oldest', '1.107.0'],
    ['insiders', 'insiders'],
    ['1.110.1', '1.110.1'],
  ])('is, for %s, %s', (wanted, version) => {
    expect(desktopVersion(wanted, '^1.107.0')).toBe(version);
  });

  it('is none if it is misspelled, or if the engine does not name the oldest', () => {
    expect(() => desktopVersion('newst', '^1.107.0')).toThrow('"newst" is no VS Code');
    expect(() => desktopVersion('oldest', '*')).toThrow('engines.vscode');
  });
});
