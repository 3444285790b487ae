import { defineConfig } from '@playwright/test';
import { playwrightConfig } from '../workbench/playwrightConfig';
import { PAGE_SIZE } from './editor/pageSize';

export default defineConfig(playwrightConfig('pages'), { use: { viewport: PAGE_SIZE } });
