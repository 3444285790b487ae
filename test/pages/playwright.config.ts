import { defineConfig } from '@playwright/test';
import { playwrightConfig } from '../workbench/playwrightConfig';
import { PAGE_SIZE } from './editor/pageSize';

// Playwright would take a screenshot of every test, for it closes the window before it knows whether the test has failed; the
// fixture of the editor takes those of failed ones.
export default defineConfig(playwrightConfig('pages'), { use: { viewport: PAGE_SIZE, screenshot: 'off' } });
