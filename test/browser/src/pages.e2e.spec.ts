import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { environment, runPharos, servePharos, type Serving, temporaryFolder } from '@pharos/faults/pharos-process';
import { type Browser, type Page } from 'playwright-core';
import { browserPath, openBrowser, openReader, type Reader, signIn } from './open-browser.js';

if (browserPath === undefined) process.stderr.write('The walk through the pages is skipped: no Chromium is installed here.\n');
const describeInBrowser = browserPath === undefined ? describe.skip : describe;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: Serving;
let browser: Browser;

beforeAll(async () => {
  if (browserPath === undefined) return;
  folder = await temporaryFolder();
  server = await servePharos(environment(`${folder.path}/data`), ['--demo', '--learners', '200']);
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await folder?.dispose();
});

/** Runs one person's visit and holds the page to having reported no error of its own. */
async function visit(login: string, work: (page: Page) => Promise<void>, size?: { width: number; height: number }): Promise<void> {
  const reader: Reader = await openReader(browser, server.address, size);
  try {
    await signIn(reader.page, login);
    await work(reader.page);
    expect(reader.errors).toEqual([]);
  } finally {
    await reader.close();
  }
}

/** Findings of axe that keep people out. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

const alerts = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Log a step' }) });

describeInBrowser('a counselor', () => {
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
        const name = await alerts(page).first().getByRole('link').first().innerText();
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

/** What a cell says as a number; the page writes a true minus. */
const numberIn = (text: string): number => Number(text.replace('−', '-').replace('+', '').trim());

describeInBrowser('a learner’s page', () => {
  it(
    'shows pushes that add up to the number, and what would change it',
    () =>
      visit('counselor@lakeshore.example', async (page) => {
        await alerts(page).first().waitFor();
        const links = await alerts(page).getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href')).filter((to) => to?.includes('/learners/'))); // prettier-ignore
        expect(links.length).toBeGreaterThan(0);
        let changes = 0;
        for (const to of [...new Set(links)].slice(0, 6)) {
          await page.goto(`${server.address}${to}`);
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

describeInBrowser('an analyst', () => {
  const analyst = 'analyst@lakeshore.example';

  it(
    'opens the audit of a file in the place of the model’s, and prints it without what is only for the screen',
    () =>
      visit(analyst, async (page) => {
        const scores = path.join(folder.path, 'scores.csv');
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
        const { out } = await runPharos(asked, environment(`${folder.path}/none`));
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
        expect(await seriousFindings(page)).toEqual([]);
      }),
    120_000,
  );
});

describeInBrowser('an integrator', () => {
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
          return (await fetch(`${server.address}/xapi/statements`, { method: 'POST', headers: more, body: JSON.stringify(body) })).status;
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

        await page.getByRole('button', { name: 'Revoke the key of Course site' }).click();
        await page.getByRole('button', { name: 'Revoke it' }).click();
        await page.getByText('The key of Course site is revoked.').waitFor();
        expect(await send(statement)).toBe(401);
      }),
    120_000,
  );
});

describeInBrowser('an integrator on a phone', () => {
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

describeInBrowser('the address', () => {
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

describeInBrowser('a learner', () => {
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
          else await page.getByLabel('Your answer').fill('1000000');
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
