import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import { environment, servePharos, temporaryFolder } from '@pharos/faults/pharos-process';
import { type Page } from 'playwright-core';
import { openBrowser, openReader, signIn } from './open-browser.js';

/** A small demo district that is served, and a browser to look at it with. */
export interface District {
  readonly address: string;
  /** For what a test writes; gone with the district. */
  readonly folder: string;
  /** Runs one person's visit and holds the page to having reported no error of its own. */
  visit(login: string, work: (page: Page) => Promise<void>, size?: { width: number; height: number }): Promise<void>;
  close(): Promise<void>;
}

export async function openDistrict(): Promise<District> {
  const folder = await temporaryFolder();
  const server = await servePharos(environment(`${folder.path}/data`), ['--demo', '--learners', '200']);
  const browser = await openBrowser();
  return {
    address: server.address,
    folder: folder.path,
    async visit(login, work, size) {
      const reader = await openReader(browser, server.address, size);
      try {
        await signIn(reader.page, login);
        await work(reader.page);
        expect(reader.errors).toEqual([]);
      } catch (error) {
        // What stood on the page says more than where the test waited.
        if (error instanceof Error)
          error.message += `\n\n${reader.page.url()} showed:\n${await shownBy(reader.page)}\nerrors of the page: ${reader.errors.join('; ') || 'none'}`;
        throw error;
      } finally {
        await reader.close();
      }
    },
    async close() {
      await browser.close();
      await server.stop();
      await folder.dispose();
    },
  };
}

async function shownBy(page: Page): Promise<string> {
  return page.locator('body').innerText({ timeout: 2_000 }).then((text) => text.slice(0, 1_500), (error: unknown) => `nothing to read: ${String(error)}`);
} // prettier-ignore

/** Findings of axe that keep people out. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
