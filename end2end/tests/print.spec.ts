import { expect, type Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { EXAMPLE, PRACTICE, SESSION, TIRANA, test } from './pages.ts';

/** The words on the paper. */
async function printed(page: Page) {
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4', printBackground: false })));
  const { text, totalPages } = await extractText(pdf, { mergePages: true });
  return { text: text.replace(/\s+/g, ' '), pages: totalPages };
}

// Words that are broken at the end of a line are still words.
const joined = (text: string) => text.replace(/[\s\u00ad\u2010-]+/g, '');

const controls = /Skip to the text|Menu|Shqip|Bosanski|Română|Through the programme|In other languages|Which areas come first\? Group work of the delegations/;

test('a session on paper is its text, without what one presses', async ({ page }) => {
  await page.goto(SESSION);
  const { text, pages } = await printed(page);
  expect(text).toContain('National referral mechanisms in three countries, compared');
  expect(text).toContain('Important challenges remain in all three countries');
  expect(text).toContain('Transnational Anti-Trafficking Training Seminar');
  expect(text).not.toMatch(controls);
  expect(pages).toBeLessThanOrEqual(3);
});

test('a comparison on paper keeps its table @once', async ({ page }) => {
  for (const address of [`${TIRANA}/comparison`, `${EXAMPLE}/comparison`]) {
    await page.goto(address);
    const cells = (await page.getByRole('cell').allTextContents()).length;
    const topics = await page.getByRole('rowheader').allTextContents();
    const { text } = await printed(page);
    expect(cells).toBeGreaterThan(5);
    for (const topic of topics) expect(joined(text)).toContain(joined(topic));
    expect(text).not.toMatch(/Skip to the text|Shqip/);
  }
});

test('on paper there is nothing to press', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  for (const address of [SESSION, PRACTICE, TIRANA, '/search?q=children', '/recommendations/exa-1']) {
    await page.goto(address);
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
    await expect(page.getByText('Menu', { exact: true })).toBeHidden();
    await expect(page.locator('#languages')).toBeHidden();
    await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  }
});

test('paper is light, also for those who read in the dark @once', async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto(SESSION);
  const ink = await page.locator('.prose').first().evaluate((element) => getComputedStyle(element).color);
  const [red = 255, green = 255, blue = 255] = (ink.match(/[\d.]+/g) ?? []).map(Number);
  expect(Math.max(red, green, blue), `the ink is ${ink}`).toBeLessThan(110);
});
