import * as path from 'node:path';
import { outputRoot } from '../workbench/paths';

/** The package that `setup.ts` builds and the tests look into and install. */
export const vsix = path.join(outputRoot, 'package.vsix');
