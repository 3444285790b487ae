import { playwrightConfig } from '../workbench/playwrightConfig';

export default playwrightConfig('e2e');
