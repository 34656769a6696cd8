/** Writes `infra/configuration.md` from the schema of settings. Run after a setting changed: node infra/tasks/configuration-table.mjs */
import { writeFileSync } from 'node:fs';
import { pharosSettings, settingsTable } from '@pharos/runtime';

writeFileSync(
  new URL('../configuration.md', import.meta.url),
  `# Configuration\n\nFrom the environment, or from a JSON file with the same names (the environment wins). Unknown names are refused.\n\`npm run pharos -- check-config\` reads and checks all of it without starting anything.\n\n${settingsTable(pharosSettings)}`,
);
