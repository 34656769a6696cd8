import { describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type District, seriousFindings } from './district.js';

/** What a learner does, and what their teacher sees of it. */
export function learnerChapter(district: () => District): void {
  const visit: District['visit'] = (...asked) => district().visit(...asked);

  describe('a learner', () => {
    const learner = 'learner@lakeshore.example';
    const known = (page: Page) => page.getByRole('region', { name: 'What your answers say' });

    it(
      'answers, is told what was wrong, and sees within seconds what it changed; their teacher sees it live',
      () =>
        visit('teacher@lakeshore.example', async (teacher) => {
          await teacher.getByText('Live', { exact: true }).waitFor();
          await teacher.getByRole('table').first().waitFor();
          expect(await seriousFindings(teacher)).toEqual([]);
          const newest = teacher.getByRole('region', { name: 'Latest answers' }).getByRole('listitem').first();
          const before = await newest.innerText();
          await visit(learner, async (page) => {
            await page.getByRole('link', { name: 'Practice' }).click();
            await page.getByRole('button', { name: 'Check' }).waitFor();
            await page.getByText(/\d+ answers?/).first().waitFor(); // prettier-ignore
            const evidence = await known(page).innerText();
            expect(await seriousFindings(page)).toEqual([]);
            const choice = page.getByRole('radio').first();
            if ((await choice.count()) > 0) await choice.check();
            else await page.getByRole('textbox', { name: 'Your answer' }).fill('1000000');
            await page.getByRole('button', { name: 'Check' }).click();
            await page.getByRole('status').filter({ hasText: /Right\.|Not yet\./ }).waitFor(); // prettier-ignore
            await page.waitForFunction(
              (earlier) => (document.querySelector<HTMLElement>('.practice section:last-child')?.innerText ?? earlier) !== earlier,
              evidence,
            );
            expect(await seriousFindings(page)).toEqual([]);
          });
          await teacher.waitForFunction(
            (earlier) => (document.querySelector<HTMLElement>('.live-list li')?.innerText ?? earlier) !== earlier,
            before,
          );
          expect(await newest.innerText()).toMatch(/answered .* right|tried/);
        }),
      120_000,
    );

    it('sets a goal, contests what looks wrong, keeps a plan; their teacher answers and groups the class', async () => {
      await visit(
        learner,
        async (page) => {
          await page.getByRole('button', { name: 'Set a goal' }).click();
          await page.locator('select[name=target]').selectOption({ index: 1 });
          await page.locator('form').getByRole('button', { name: 'Set a goal' }).click();
          await page.getByRole('button', { name: 'Let it go' }).first().waitFor();
          await page.getByText('This looks wrong').first().click();
          await page.getByRole('textbox', { name: 'Note' }).first().fill('I did this at home.');
          await page.getByRole('button', { name: 'Tell my school' }).first().click();
          await page.getByText('A person will look at it.', { exact: true }).waitFor();
          expect(await seriousFindings(page)).toEqual([]);
          await page.getByRole('link', { name: 'Plan' }).click();
          await page.getByRole('button', { name: 'Keep this plan' }).click();
          await page.getByText('This is your plan.').waitFor();
          expect(await seriousFindings(page)).toEqual([]);
        },
        { width: 390, height: 844 },
      );
      await visit('teacher@lakeshore.example', async (page) => {
        await page.getByText('I did this at home.').waitFor();
        await page.getByText('Answer', { exact: true }).first().click();
        await page.getByRole('button', { name: 'Send to the learner' }).first().click();
        await page.getByText('Done. The learner sees it.').waitFor();
        await page.getByRole('button', { name: 'Take these groups' }).click();
        await page.getByRole('button', { name: 'Group again from the gaps of today' }).waitFor();
        expect(await seriousFindings(page)).toEqual([]);
      });
    }, 120_000);

    it(
      'reads on a phone what they can do, what to look at again, and who may see it',
      () =>
        visit(
          learner,
          async (page) => {
            await page.getByRole('heading', { name: 'What I am learning' }).waitFor();
            await page.getByText('Who may see this').waitFor();
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
