import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { join } from 'node:path';
import { root, start } from '../serve.mjs';
import { axe, TIRANA, squeezed, test as plain } from './pages.ts';

export type Site = Awaited<ReturnType<typeof start>>;
export const PASSWORD = 'kali i bardhe mbi ure';

// Each journey has a site of its own, in which nobody has an account yet.
export const test = plain.extend<{ seminars: string[]; site: Site; someone: () => Promise<Page> }>({
  seminars: [['tirana-2016'], { option: true }],
  site: async ({ seminars }, use) => {
    const paths = ['glossary', ...seminars.map((seminar) => `seminars/${seminar}`)];
    const site = await start({ paths: paths.map((path) => join(root, 'content', path)) });
    await use(site);
    await site.stop();
  },
  // Somebody with a browser of their own, like the one of the project.
  someone: async ({ browser, contextOptions, site }, use) => {
    const opened: { close(): Promise<void> }[] = [];
    await use(async () => {
      const page = await another(browser, contextOptions, site);
      opened.push(page.context());
      return page;
    });
    for (const context of opened) await context.close();
  },
});

export async function another(browser: Browser, options: BrowserContextOptions, site: Site) {
  const context = await browser.newContext({ ...options, baseURL: site.url });
  return context.newPage();
}

export const press = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).click();
export const link = (site: Site) => /http:\S+\/invitations\/\S+/.exec(site.said())?.[0] ?? '';
export const heading = (page: Page) => page.getByRole('heading', { level: 1 });

export async function administrator(page: Page, site: Site) {
  await page.goto(link(site));
  await page.getByLabel('Your name').fill('Ana Hoxha');
  await page.getByLabel('E-mail address').fill('ana@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await press(page, 'Begin');
  await expect(heading(page)).toHaveText('Your account');
}

export async function opened(page: Page) {
  await page.goto(`${TIRANA}/door`);
  await press(page, 'Open the door');
  return squeezed(await page.locator('.door__code').textContent());
}

// Nothing on a page is in anybody's way, and none of it is beside the screen.
export async function look(page: Page, scripts: boolean) {
  if (scripts) expect((await axe(page).analyze()).violations).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide, `${page.url()} scrolls sideways`).toBe(false);
}

// Somebody who takes an invitation to a seminar.
export async function invited(by: Page, one: Page, seminar: string, role: string, name: string) {
  await by.goto(`${seminar}/invitations`);
  await by.getByLabel(role, { exact: true }).check();
  await by.getByRole('main').getByRole('button').first().click();
  await one.goto((await by.locator('.passing a').getAttribute('href')) ?? '');
  await one.getByLabel('Your name').fill(name);
  await one.getByLabel('E-mail address').fill(`${name.toLowerCase()}@example.org`);
  await one.getByLabel('Password').fill(PASSWORD);
  await one.getByRole('main').getByRole('button').last().click();
}
