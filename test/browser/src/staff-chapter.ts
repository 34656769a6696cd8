import { describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type District, seriousFindings } from './district.js';

const alerts = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Log a step' }) });

/** What a cell says as a number; the page writes a true minus. */
const numberIn = (text: string): number => Number(text.replace('−', '-').replace('+', '').trim());

/** What a counselor sees and does, and the learner behind an alert. */
export function staffChapter(district: () => District): void {
  const visit: District['visit'] = (...asked) => district().visit(...asked);

  describe('a counselor', () => {
    const counselor = 'counselor@lakeshore.example';

    it(
      'sees who needs them, why, how sure, and the next step',
      () =>
        visit(counselor, async (page) => {
          await page.getByRole('heading', { name: 'Who needs you this week' }).waitFor();
          const first = alerts(page).first();
          await first.waitFor();
          const words = await first.innerText();
          expect(words).toMatch(/of 10 students like this did/);
          expect(words).toMatch(/missed|Marks|No activity|Grade|Present/);
          expect(words).toContain('Next step');
          expect(await seriousFindings(page)).toEqual([]);
        }),
      120_000,
    );

    it(
      'logs a step without leaving the list, and takes it back',
      () =>
        visit(counselor, async (page) => {
          const first = alerts(page).first();
          await first.getByRole('button', { name: 'Log a step' }).click();
          await page.getByRole('button', { name: 'Log it' }).click();
          await page.getByText(/^Logged for/).waitFor();
          await page.getByRole('button', { name: 'Undo' }).click();
          await page.getByText('Taken back. Everything is as it was.').waitFor();
          expect(new URL(page.url()).pathname).toBe('/caseload');
        }),
      120_000,
    );

    it(
      'goes through the list by keyboard',
      () =>
        visit(counselor, async (page) => {
          await alerts(page).first().waitFor();
          await page.keyboard.press('j');
          await page.keyboard.press('j');
          await page.keyboard.press('Enter');
          await page.waitForURL(/\/learners\//);
          expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/\w+ \w+/);
        }),
      120_000,
    );

    it(
      "follows one alert to its end: the learner's story, then closing it",
      () =>
        visit(counselor, async (page) => {
          // Its text as it stands in the page: what is seen of a row is drawn a moment later than the row is there.
          const name = (await alerts(page).first().getByRole('link').first().textContent())!;
          expect(name).toMatch(/\w+ \w+/);
          await alerts(page).first().getByRole('link').first().click();
          await page.getByRole('heading', { level: 1, name }).waitFor();
          await page.getByText('Why', { exact: true }).first().waitFor();
          expect(await seriousFindings(page)).toEqual([]);
          await page.goBack();
          const row = alerts(page).filter({ hasText: name });
          await row.getByRole('button', { name: 'More…' }).click();
          await row.getByRole('button', { name: /^Close/ }).click();
          await page.getByRole('button', { name: 'Close it' }).click();
          await page.getByText(/^Closed: /).waitFor();
          expect(await alerts(page).filter({ hasText: name }).count()).toBe(0);
        }),
      120_000,
    );

    it(
      'reads the list on a phone without scrolling sideways',
      () =>
        visit(
          counselor,
          async (page) => {
            await alerts(page).first().waitFor();
            const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            expect(wider).toBe(0);
          },
          { width: 390, height: 844 },
        ),
      120_000,
    );
  });

  describe('a learner’s page', () => {
    it(
      'shows pushes that add up to the number, and what would change it',
      () =>
        visit('counselor@lakeshore.example', async (page) => {
          await alerts(page).first().waitFor();
          const links = await alerts(page).getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href')).filter((to) => to?.includes('/learners/'))); // prettier-ignore
          expect(links.length).toBeGreaterThan(0);
          let changes = 0;
          for (const to of [...new Set(links)].slice(0, 6)) {
            await page.goto(`${district().address}${to}`);
            await page.locator('table.pushes').waitFor();
            const changed = await page.locator('table.pushes tbody tr td:nth-child(4)').allInnerTexts();
            const sums = changed.map(numberIn);
            const told = sums.slice(0, -1).reduce((sum, push) => sum + push, 0);
            // each is rounded to two digits
            expect(Math.abs(told - sums.at(-1)!)).toBeLessThan(0.005 * (sums.length + 1));
            changes += await page.locator('.possible').count();
          }
          expect(changes).toBeGreaterThan(0);
        }),
      120_000,
    );
  });
}
