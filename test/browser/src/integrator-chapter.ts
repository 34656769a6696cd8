import { describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type District, seriousFindings } from './district.js';

/** What an integrator sees of platforms and their keys. */
export function integratorChapter(district: () => District): void {
  const visit: District['visit'] = (...asked) => district().visit(...asked);

  describe('an integrator', () => {
    const admin = 'admin@lakeshore.example';
    const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
    const statement = {
      actor: { account: { homePage: 'https://lms.example', name: 'learner-1' } },
      verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
      object: { id: 'https://lms.example/activities/first-steps' },
    };

    it(
      'makes a key, sends a first statement with it, sees what came of it and what was wrong, and revokes it',
      () =>
        visit(admin, async (page) => {
          await page.getByRole('link', { name: 'Platforms' }).click();
          await page.getByRole('button', { name: 'New key' }).click();
          expect(await seriousFindings(page)).toEqual([]);
          await page.getByLabel('Which platform it is for').fill('Course site');
          await page.getByText('Options and limits').click();
          await page.getByLabel(/^It may ask/).check();
          await page.getByRole('button', { name: 'Make the key' }).click();
          await page.getByText('Waiting for its first statement').waitFor();
          const [id, secret] = await page.locator('.secret code').allInnerTexts();
          expect(await page.locator('.new-key pre').innerText()).toContain(`${id}:${secret}`);
          expect(await seriousFindings(page)).toEqual([]);
          const send = async (body: unknown, headers: Record<string, string> = {}) => {
            const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
            const more = { authorization, 'x-experience-api-version': '2.0.0', 'content-type': 'application/json', ...headers };
            return (await fetch(`${district().address}/xapi/statements`, { method: 'POST', headers: more, body: JSON.stringify(body) }))
              .status;
          };
          expect(await send(statement)).toBe(200);
          await page.getByText('Its first statement has arrived').waitFor();
          await page.getByRole('button', { name: 'I have kept the secret' }).click();

          const { verb: _verb, ...withoutVerb } = statement;
          expect([await send(withoutVerb), await send([withoutVerb], { prefer: 'handling=lenient' })]).toEqual([400, 200]);
          const wrong = region(page, 'What platforms get wrong');
          await wrong.getByText('is required').waitFor();
          await wrong.getByRole('button', { name: 'Example' }).click();
          await wrong.getByText('learner-1').waitFor();

          const stream = region(page, 'What comes in');
          await stream.getByRole('button', { name: 'Open: completed first steps' }).click();
          await stream.getByText('What was made of it').waitFor();
          expect(await stream.innerText()).not.toContain('learner-1');
          await stream.getByRole('button', { name: 'Show who this is' }).click();
          await stream.getByText('learner-1').waitFor();
          expect(await seriousFindings(page)).toEqual([]);

          await page.reload();
          const letters = region(page, 'Set aside for you to look at');
          await letters.getByRole('button', { name: 'Open' }).click();
          const held = letters.getByLabel(/^What it holds/);
          await held.waitFor();
          await held.fill(JSON.stringify({ ...withoutVerb, verb: statement.verb }));
          await letters.getByRole('button', { name: 'Send as repaired' }).click();
          await letters.getByText('Repaired and sent').waitFor();

          const forwards = region(page, 'Where statements are sent on to');
          await forwards.getByRole('button', { name: 'New target' }).click();
          await forwards.getByLabel('What it is called here').fill('State store');
          // Nothing listens there: it is tried again, and says so.
          await forwards.getByLabel(/^Address of its xAPI endpoint/).fill('http://127.0.0.1:9/xapi');
          await forwards.getByLabel(/^Its key/).fill('key');
          await forwards.getByLabel(/^Its secret/).fill('secret');
          expect(await seriousFindings(page)).toEqual([]);
          await forwards.getByRole('button', { name: 'Send there' }).click();
          await forwards.getByText(/^Failed .*could not be reached/).waitFor();
          await forwards.getByRole('button', { name: 'Pause State store' }).click();
          await forwards.getByText('Paused', { exact: true }).waitFor();
          expect(await seriousFindings(page)).toEqual([]);
          await forwards.getByRole('button', { name: 'Forget State store' }).click();
          await forwards.getByRole('button', { name: 'Forget it' }).click();
          await forwards.getByText('Statements are sent nowhere else.').waitFor();

          await page.getByRole('button', { name: 'Revoke the key of Course site' }).click();
          await page.getByRole('button', { name: 'Revoke it' }).click();
          await page.getByText('The key of Course site is revoked.').waitFor();
          expect(await send(statement)).toBe(401);
        }),
      120_000,
    );
  });

  describe('an integrator on a phone', () => {
    it(
      'reads the place without scrolling it sideways',
      () =>
        visit(
          'admin@lakeshore.example',
          async (page) => {
            await page.goto('/platforms');
            await page.getByRole('button', { name: /^Open: / }).first().click(); // prettier-ignore
            await page.getByText('What was made of it').waitFor();
            expect(await seriousFindings(page)).toEqual([]);
            const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            expect(wider).toBe(0);
          },
          { width: 390, height: 844 },
        ),
      120_000,
    );
  });
}
