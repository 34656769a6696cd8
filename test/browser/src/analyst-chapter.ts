import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { environment, runPharos } from '@pharos/faults/pharos-process';
import { type District, seriousFindings } from './district.js';

/** What an analyst reads, what an admin decides about models, and what an address that leads nowhere says. */
export function analystChapter(district: () => District): void {
  const visit: District['visit'] = (...asked) => district().visit(...asked);

  describe('an analyst', () => {
    const analyst = 'analyst@lakeshore.example';

    it(
      'opens the audit of a file in the place of the model’s, and prints it without what is only for the screen',
      () =>
        visit(analyst, async (page) => {
          const scores = path.join(district().folder, 'scores.csv');
          const lines = Array.from({ length: 400 }, (_, at) => `${(at * 7) % 10 < at % 10 ? 1 : 0},${((at % 10) / 10 + 0.03).toFixed(2)},${at % 3 === 0 ? 'm' : 'f'}`); // prettier-ignore
          await writeFile(scores, ['failed,risk,gender', ...lines].join('\n'));
          const asked = [
            'audit',
            '--csv',
            scores,
            '--label',
            'failed',
            '--score',
            'risk',
            '--groups',
            'gender',
            '--threshold',
            '0.5',
            '--json',
          ];
          const { out } = await runPharos(asked, environment(`${district().folder}/none`));
          await page.getByRole('link', { name: 'Models' }).click();
          const file = (text: string) => ({ name: 'audit.json', mimeType: 'application/json', buffer: Buffer.from(text) });
          await page.getByLabel('Open an audit of a file').setInputFiles(file('no audit'));
          await page.getByRole('alert').waitFor();
          await page.getByLabel('Open an audit of a file').setInputFiles(file(out));
          await page.getByText('scores.csv').first().waitFor();
          await page.getByText('Fairness by group').waitFor();
          expect(await seriousFindings(page)).toEqual([]);
          await page.emulateMedia({ media: 'print' });
          expect(await page.getByRole('button').count()).toBe(0);
          expect(await page.getByText('Fairness by group').isVisible()).toBe(true);
          expect((await page.pdf()).length).toBeGreaterThan(10_000);
        }),
      120_000,
    );

    it(
      'reads in one sentence how things are, and finds each chart as a table',
      () =>
        visit(analyst, async (page) => {
          await page.getByRole('heading', { name: 'How are we doing?' }).waitFor();
          await page
            .getByText(/at risk/i)
            .first()
            .waitFor();
          await page.getByText('As a table').first().click();
          await page.getByRole('table').first().waitFor();
          expect(await seriousFindings(page)).toEqual([]);
        }),
      120_000,
    );

    it(
      'finds no name of a learner',
      () =>
        visit(analyst, async (page) => {
          const answer = await page.request.get('/api/caseload');
          expect(answer.status()).toBe(403);
          expect(await page.getByRole('link', { name: 'Caseload' }).count()).toBe(0);
        }),
      120_000,
    );

    it(
      "reads the model's report card",
      () =>
        visit(analyst, async (page) => {
          await page.getByRole('link', { name: 'Models' }).click();
          await page.getByText(/Of 100 learners it names/).waitFor();
          await page.getByText('Fairness by group').waitFor();
          await page.getByRole('heading', { name: 'By course' }).waitFor();
          // an analyst reads; who decides is an admin
          expect(await page.getByRole('button', { name: 'Keep it in use' }).count()).toBe(0);
          await page.getByText('Model card').click();
          await page.getByRole('heading', { name: 'Limits and what it must not be used for' }).waitFor();
          await page.getByText(/must not be used to grade, admit, sanction/).waitFor();
          expect(await seriousFindings(page)).toEqual([]);
        }),
      120_000,
    );
  });

  describe('the address', () => {
    it(
      'that leads nowhere says so',
      () =>
        visit('analyst@lakeshore.example', async (page) => {
          await page.goto('/nowhere');
          await page.getByText('Nothing here').waitFor();
          expect(await page.getByText('Go to your start page').count()).toBe(1);
        }),
      120_000,
    );
  });

  describe('an admin', () => {
    it(
      'keeps a model in use with a reason, which stands in its history; without a reason nothing happens',
      () =>
        visit('admin@lakeshore.example', async (page) => {
          await page.getByRole('link', { name: 'Models' }).click();
          const verdicts = page.getByRole('region', { name: 'In plain words' });
          await verdicts.getByRole('button', { name: 'Keep it in use' }).click();
          await verdicts.getByText(/no other is tried in its place/).waitFor();
          await verdicts.getByRole('button', { name: 'Keep it in use' }).click();
          // the reason is asked for by the field itself
          expect(await verdicts.getByLabel('Why').evaluate((field: HTMLTextAreaElement) => field.validity.valueMissing)).toBe(true);
          await verdicts.getByLabel('Why').fill('The counselors found it right so far');
          expect(await seriousFindings(page)).toEqual([]);
          await verdicts.getByRole('button', { name: 'Keep it in use' }).click();
          await page.getByText('It holds from the next scoring on.').first().waitFor();
          // It stands there once the fact was relayed and folded.
          const told = page.getByRole('region', { name: 'How models came into use' }).getByText('The counselors found it right so far');
          for (let look = 0; look < 30 && (await told.count()) === 0; look += 1) {
            await page.waitForTimeout(1_000);
            await page.reload();
            await page.getByRole('heading', { name: 'How models came into use' }).waitFor();
          }
          await told.waitFor({ timeout: 1_000 });
        }),
      120_000,
    );

    it(
      'offers the models to another tenant only with its id and a reason, is told what goes over, and is refused one that is not here',
      () =>
        visit('admin@lakeshore.example', async (page) => {
          await page.getByRole('link', { name: 'Models' }).click();
          const card = page.getByRole('region', { name: 'Lending our models', exact: true });
          await card.getByText('Nobody may start from them.').waitFor();
          await card.getByRole('button', { name: 'Let another tenant start from them' }).click();
          await card.getByText(/Its admin has to choose it too/).waitFor();
          expect(await seriousFindings(page)).toEqual([]);
          await card.getByLabel('Id of the other tenant').fill('riverside');
          await card.getByLabel('Why').fill('They begin with our courses');
          await card.getByRole('button', { name: 'Decide' }).click();
          await card.getByText(/no other tenant here with the id riverside/).waitFor();
          await card.getByRole('button', { name: 'Cancel' }).click();
          await card.getByText('Nobody may start from them.').waitFor();
        }),
      120_000,
    );
  });
}
