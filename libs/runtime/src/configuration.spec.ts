import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeConfiguration, readConfiguration } from './configuration.js';
import { settingsTable } from './parse-settings.js';
import { pharosSettings } from './pharos-settings.js';

const read = (env: Record<string, string>) => readConfiguration(env);

describe('the configuration', () => {
  it('has a default for everything that is needed', () => {
    expect(read({})).toMatchObject({ ok: true, settings: { mode: 'embedded', port: 4600, cookieSecure: false } });
  });

  it('refuses a setting that it does not know', () => {
    expect(read({ PHAROS_PROT: '1' })).toEqual({ ok: false, problems: ['PHAROS_PROT in the environment is not a setting'] });
  });

  it('says what a value may be', () => {
    expect(read({ PHAROS_PORT: '70000' })).toEqual({
      ok: false,
      problems: ['PHAROS_PORT is "70000": must be a whole number from 0 to 65535'],
    });
  });

  it('never shows a secret, whether it fits or not', () => {
    expect(JSON.stringify(read({ PHAROS_SMTP_URL: 'hunter2' }))).not.toContain('hunter2');
    const fits = read({ PHAROS_SMTP_URL: 'smtp://u:hunter2@mail.example' });
    expect(fits.ok && JSON.stringify(describeConfiguration(fits.settings))).not.toContain('hunter2');
  });

  it('is described by a table in the handbook that is up to date', () => {
    const handbook = readFileSync(new URL('../../../infra/configuration.md', import.meta.url), 'utf8');
    expect(handbook).toContain(settingsTable(pharosSettings));
  });
});
