/** Checks that a version can be published, and prints what is new in it: `npm run release:check -- v1.2.3`. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';
import { releaseNotes, releaseProblems } from './release';

const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');
const { version } = JSON.parse(read('package.json')) as { readonly version: string };
const changelog = read('CHANGELOG.md');
const problems = releaseProblems({ tag: process.argv[2] ?? '', version, changelog });
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(releaseNotes(version, changelog));
