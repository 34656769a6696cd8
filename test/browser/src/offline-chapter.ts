import { describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type District, seriousFindings } from './district.js';

/** Practice without a connection, and the placement test, on a phone. */
export function offlineChapter(district: () => District): void {
  const phone = { width: 390, height: 844 };
  const learner = 'learner@lakeshore.example';
  const visit = (work: (page: Page) => Promise<void>) => district().visit(learner, work, phone);

  describe('a learner on the way', () => {
    it('practises without a connection, also after the page was loaded anew, and what was answered is sent when it is back', async () => {
      await visit(async (page) => {
        await page.goto('/practice');
        await page.getByRole('button', { name: 'Check' }).waitFor();
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
        await answersKept(page, 2);
        await page.context().setOffline(true);
        await page.reload();
        await page.getByRole('button', { name: 'Check' }).waitFor();
        const asked = await page.locator('#practice-question').innerText();
        await answer(page);
        await page.getByText('1 answer is kept on this device').waitFor();
        await page.waitForFunction((before) => document.querySelector<HTMLElement>('#practice-question')?.innerText !== before, asked);
        expect(await seriousFindings(page)).toEqual([]);
        await page.reload();
        await page.getByText('1 answer is kept on this device').waitFor();
        await answer(page);
        await page.getByText('2 answers are kept on this device').waitFor();
        const sent = page.waitForResponse((response) => response.url().endsWith('/api/practice/kept-answers') && response.ok());
        await page.context().setOffline(false);
        const { items } = (await (await sent).json()) as { items: { kept: boolean }[] };
        expect(items.map(({ kept }) => kept)).toEqual([true, true]);
        await page.getByText(/kept on this device/).waitFor({ state: 'detached' });
      });
    }, 120_000);

    it('keeps nothing of the API on the device after signing out', async () => {
      await visit(async (page) => {
        await page.goto('/practice');
        await page.getByRole('button', { name: 'Check' }).waitFor();
        await answersKept(page, 2);
        await page.getByRole('button', { name: /☰/ }).or(page.locator('.who')).first().click();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByLabel('Login').waitFor();
        expect(await keptAnswers(page)).toEqual([]);
      });
    }, 120_000);

    it('takes the placement test, leaves it and goes on, and says what is not so about what would be skipped', async () => {
      await visit(async (page) => {
        await page.goto('/placement');
        await page.getByRole('button', { name: /Begin: Mathematics/ }).click();
        await page.getByText(/Mathematics: question 1 of at most/).first().waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await answerTest(page);
        await page.getByText(/Mathematics: question 2 of at most/).first().waitFor();
        const asked = await page.locator('#placement-question').innerText();
        await page.goto('/me');
        await page.getByRole('link', { name: 'Find out where to begin' }).click();
        await page.getByText(/Mathematics: question 2 of at most/).first().waitFor();
        expect(await page.locator('#placement-question').innerText()).toBe(asked);
        const report = page.getByRole('heading', { name: 'What the test found: Mathematics' });
        for (let turn = 0; turn < 20 && (await report.count()) === 0; turn += 1) {
          const before = await page.locator('.placement').innerText();
          await answerTest(page);
          await page.waitForFunction((text) => document.querySelector<HTMLElement>('.placement')?.innerText !== text, before);
        }
        await report.waitFor();
        await page.getByRole('heading', { name: 'Begin here' }).waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider).toBe(0);
      });
    }, 120_000);
  });
} // prettier-ignore

const keptAnswers = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => (await (await caches.open('pharos-answers')).keys()).map(({ url }) => url));

/** Asked again and again from here: `waitForFunction` takes a promise for an answer. */
async function answersKept(page: Page, least: number): Promise<void> {
  const end = Date.now() + 15_000;
  let kept = await keptAnswers(page);
  while (kept.length < least) {
    if (Date.now() > end) throw new Error(`the device kept ${kept.length} of ${least} answers: ${kept.join(', ')}`);
    await page.waitForTimeout(50);
    kept = await keptAnswers(page);
  }
}

/** Any answer: what is looked at is that it is not lost. */
async function answer(page: Page): Promise<void> {
  const choice = page.getByRole('radio').first();
  if ((await choice.count()) > 0) await choice.check();
  else await page.getByRole('textbox', { name: 'Your answer' }).fill('7');
  await page.getByRole('button', { name: 'Check' }).click();
}

/** The first choice, or that it is not known. */
async function answerTest(page: Page): Promise<void> {
  const choice = page.getByRole('radio').first();
  if ((await choice.count()) > 0) {
    await choice.check();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
  } else await page.getByRole('button', { name: 'I do not know yet' }).click();
}
