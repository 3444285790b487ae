import { playwrightConfig } from '../workbench/playwrightConfig';

export default playwrightConfig('package');
