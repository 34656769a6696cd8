import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where Debian and others put Chromium. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const browserPath = places.find((place) => existsSync(place));

/** Without the background services, which would look for hosts that a test machine does not reach. */
const args = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync',
]; // prettier-ignore

export const openBrowser = (): Promise<Browser> => {
  if (browserPath === undefined) throw new Error(`no Chromium in ${places.join(', ')}: apt-get install chromium`);
  return chromium.launch({ executablePath: browserPath, args });
};

export interface Reader {
  readonly page: Page;
  /** Errors that the page itself reported: none is the only good number. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** A person's own browser: no cookies of others. */
export async function openReader(browser: Browser, address: string, size = { width: 1280, height: 900 }): Promise<Reader> {
  const context = await browser.newContext({ baseURL: address, viewport: size, locale: 'en-US', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 500) errors.push(`${response.status()} ${response.url()}`);
  });
  return { page, errors, close: () => context.close() };
}

/** Signs in as somebody of the demo district would. */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password', { exact: true }).fill('lighthouse-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
}
