import * as path from 'node:path';
import { cacheRoot } from '../workbench/paths';

/** The package that `setup.ts` builds and the tests look into and install. */
export const vsix = path.join(cacheRoot, 'package.vsix');
