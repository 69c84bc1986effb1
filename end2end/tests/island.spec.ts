import { expect, type Page } from '@playwright/test';
import { PAGES, watched, test } from './pages.ts';

const box = (page: Page) => page.getByRole('combobox', { name: 'Search everything' });
const options = (page: Page) => page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');

/** The page when its island is awake. */
async function awake(page: Page, address = '/search') {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  await expect(async () => {
    await box(page).fill('');
    await box(page).pressSequentially('gu');
    await expect(options(page).first()).toBeVisible({ timeout: 1000 });
  }).toPass();
  await box(page).fill('');
}

/** Types, and waits for the answer to all of it. */
async function ask(page: Page, words: string) {
  const answered = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('q') === words);
  await box(page).pressSequentially(words);
  await answered;
  await expect(options(page).first()).toBeVisible();
  await page.waitForTimeout(100);
}

test('@island the box answers as one types, and the keys pick', async ({ page }) => {
  await awake(page);
  await expect(box(page)).toHaveAttribute('aria-expanded', 'false');
  await ask(page, 'guardian');
  await expect(box(page)).toHaveAttribute('aria-expanded', 'true');
  expect(await box(page).getAttribute('aria-controls')).toBe(await page.getByRole('listbox').getAttribute('id'));
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant', /./);
  await page.keyboard.press('ArrowDown');
  await expect(options(page).nth(0)).toHaveAttribute('aria-selected', 'true');
  await expect(box(page)).toHaveAttribute('aria-activedescendant', (await options(page).nth(0).getAttribute('id')) ?? '-');
  await page.keyboard.press('ArrowDown');
  await expect(options(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(options(page).nth(0)).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant', /./);
  await page.keyboard.press('ArrowUp');
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
  await expect(box(page)).toHaveValue('guardian');
  await expect(box(page)).toBeFocused();
});

test('@island Enter opens what is picked, and searches when nothing is', async ({ page }) => {
  await awake(page);
  await ask(page, 'guardian');
  await page.keyboard.press('ArrowDown');
  const word = await options(page).first().locator('.suggestions__word').textContent();
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/\/search/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(word ?? '-', { ignoreCase: true });
  await awake(page);
  await ask(page, 'guardian');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/search?q=guardian');
});

test('@island Escape closes the list and leaves what was typed', async ({ page }) => {
  await awake(page);
  await ask(page, 'guardian');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect(box(page)).toHaveAttribute('aria-expanded', 'false');
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant', /./);
  await expect(box(page)).toHaveValue('guardian');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/search?q=guardian');
});

test('@island a suggestion can be pressed', async ({ page }) => {
  await awake(page);
  await ask(page, 'guardian');
  await options(page).nth(1).click();
  await expect(page).not.toHaveURL(/\/search/);
});

test('@island an emptied box has no suggestions', async ({ page }) => {
  await awake(page);
  await ask(page, 'guardian');
  await box(page).fill('');
  await expect(page.getByRole('listbox')).toBeHidden();
});

test('@island an answer that comes late is dropped', async ({ page }) => {
  await awake(page);
  const answer = (title: string) => ({ suggestions: [{ address: `/${title}`, kind: 'term', title }] });
  const answered: string[] = [];
  await page.route('**/api/v1/suggestions?**', async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? '';
    // The shorter the question, the longer its answer takes.
    await new Promise((done) => setTimeout(done, q === 'a' ? 1200 : q === 'ab' ? 700 : q === 'ad' ? 400 : 30));
    answered.push(q);
    await route.fulfill({ json: answer(`about-${q}`) }).catch(() => undefined);
  });
  await box(page).pressSequentially('abc', { delay: 200 });
  await expect(options(page)).toHaveText([/about-abc/]);
  await expect.poll(() => answered.length).toBe(3);
  await page.waitForTimeout(300);
  await expect(options(page)).toHaveText([/about-abc/]);
  expect(answered.at(-1)).toBe('a');
  // And one that comes after the box was emptied.
  await box(page).fill('');
  const asked = page.waitForRequest((request) => new URL(request.url()).searchParams.get('q') === 'ad');
  await box(page).pressSequentially('ad');
  await asked;
  await box(page).fill('');
  await page.waitForTimeout(700);
  await expect(page.getByRole('listbox')).toBeHidden();
});

test('@island Enter opens what was picked, also when a newer answer comes in between', async ({ page }) => {
  await awake(page);
  await page.route('**/api/v1/suggestions?**', async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? '';
    if (q === 'ab') await new Promise((done) => setTimeout(done, 600));
    const suggestion = (title: string) => ({ address: `/${title}`, kind: 'term', title });
    await route.fulfill({ json: { suggestions: [suggestion(`first-of-${q}`), suggestion(`second-of-${q}`)] } }).catch(() => undefined);
  });
  await box(page).pressSequentially('a');
  await expect(options(page).first()).toHaveText(/first-of-a/);
  await box(page).pressSequentially('b');
  await page.keyboard.press('ArrowDown');
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
  await expect(options(page).first()).toHaveText(/first-of-ab/);
  // Either it is still the one that was picked, or nothing is picked any more; never another in its place.
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/first-of-a$|search\?q=ab/);
});

test('@island a question that is stale is taken back, and one that was answered is not asked again', async ({ page }) => {
  await awake(page);
  const ended: string[] = [];
  const asked: string[] = [];
  const typed = (address: string) => new URL(address).searchParams.get('q') ?? '';
  page.on('request', (request) => { if (request.url().includes('/suggestions?')) asked.push(typed(request.url())); });
  page.on('requestfailed', (request) => ended.push(typed(request.url())));
  await page.route('**/api/v1/suggestions?**', async (route) => {
    const q = typed(route.request().url());
    if (q === 'a') await new Promise((done) => setTimeout(done, 3000));
    await route.fulfill({ json: { suggestions: [{ address: `/${q}`, kind: 'term', title: `about-${q}` }] } }).catch(() => undefined);
  });
  await box(page).pressSequentially('a');
  await expect.poll(() => asked).toEqual(['a']);
  // Letters that follow each other at once, however busy the machine is, are one question.
  await box(page).evaluate((input: HTMLInputElement) => {
    for (const letter of 'bcde') {
      input.value += letter;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, data: letter, inputType: 'insertText' }));
    }
  });
  await expect(options(page)).toHaveText([/about-abcde/]);
  expect(ended).toEqual(['a']);
  expect(asked).toEqual(['a', 'abcde']);
  await expect(page.getByRole('status').filter({ hasText: 'Suggestions: 1' })).toHaveCount(1);
  await box(page).pressSequentially('f');
  await expect(options(page)).toHaveText([/about-abcdef/]);
  await page.keyboard.press('Backspace');
  await expect(options(page).locator('.suggestions__word')).toHaveText(['about-abcde']);
  expect(asked).toEqual(['a', 'abcde', 'abcdef']);
});

test('@island what comes after the box was left stays away', async ({ page }) => {
  await awake(page);
  await page.route('**/api/v1/suggestions?**', async (route) => {
    await new Promise((done) => setTimeout(done, 400));
    await route.fulfill({ json: { suggestions: [{ address: '/x', kind: 'term', title: 'late' }] } }).catch(() => undefined);
  });
  for (const leave of ['Escape', 'Tab']) {
    await box(page).fill('');
    await box(page).pressSequentially('abc');
    await page.waitForTimeout(250);
    await page.keyboard.press(leave);
    await page.waitForTimeout(600);
    await expect(page.getByRole('listbox')).toBeHidden();
  }
  // Back in the box, an arrow asks for what stands there and not for what stood there before.
  await box(page).fill('abc');
  await box(page).focus();
  await page.keyboard.press('Tab');
  await page.waitForTimeout(600);
  await box(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(options(page)).toHaveText([/late/]);
});

test('@island an answer that is none leaves a form that works', async ({ page }) => {
  await awake(page);
  await page.route('**/api/v1/suggestions?**', (route) => route.fulfill({ status: 500, body: 'no' }));
  await box(page).pressSequentially('guardian');
  await page.waitForTimeout(200);
  await expect(page.getByRole('listbox')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/search?q=guardian');
});

test('@island suggestions are in the reader\'s language, and say their own @once', async ({ page }) => {
  await page.goto('/search?lang=sq');
  await page.waitForLoadState('networkidle');
  const input = page.getByRole('combobox');
  await input.pressSequentially('cersetori');
  await expect(page.getByRole('option').first()).toContainText('cerșetorie');
  await expect(page.getByRole('option').first().locator('[lang=ro]')).toHaveCount(1);
});

test('@island what was typed before the island woke is still there @once', async ({ page }) => {
  await page.route('**/*.wasm', async (route) => {
    await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
  await page.goto('/search', { waitUntil: 'domcontentloaded' });
  await box(page).pressSequentially('guardian');
  await page.waitForLoadState('networkidle');
  await expect(box(page)).toHaveValue('guardian');
});

test('@island a page with the island keeps to its policy @once', async ({ page, baseURL }) => {
  const seen = await watched(page, baseURL ?? '');
  await awake(page);
  await ask(page, 'guardian');
  const policy = (await (await page.request.get('/search')).headers())['content-security-policy'];
  expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'/);
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|nonce|data:|\*/);
  expect(seen.scripts.length).toBeGreaterThan(0);
  expect({ ...seen, scripts: [] }).toEqual({ dialogs: [], foreign: [], breaches: [], errors: [], scripts: [] });
});

test('@island a page without an island asks for no script but the one of every page @once', async ({ page, baseURL }) => {
  const seen = await watched(page, baseURL ?? '');
  for (const [name, address] of Object.entries(PAGES)) {
    if (name.startsWith('search')) continue;
    const answer = await page.goto(address);
    expect(answer?.headers()['content-security-policy'], name).toMatch(/script-src 'self';/);
    expect(answer?.headers()['content-security-policy'], name).toMatch(/default-src 'none'/);
    expect(await page.locator('[style], script:not([type="application/ld+json"], [src^="/assets/leave."]), style').count(), `${name}: nothing inline`).toBe(0);
  }
  // Chromium writes an error for the page that is not found; that is no error of the page.
  expect({ ...seen, errors: seen.errors.filter((error) => !/404/.test(error)) }).toEqual({ dialogs: [], foreign: [], breaches: [], errors: [], scripts: [] });
});

test('@island a suggestion breaks no word, however long and on whatever screen', async ({ page, context, baseURL }) => {
  await context.setExtraHTTPHeaders({ 'accept-language': 'sr-Cyrl' });
  await page.goto(`${baseURL}/search`);
  await page.getByRole('combobox').pressSequentially('просјачењ');
  const titles = page.getByRole('option');
  await expect(titles.nth(3)).toBeVisible();
  const broken = await titles.evaluateAll((options) =>
    options.flatMap((option) => {
      const text = option.firstElementChild?.firstChild;
      if (!text?.textContent) return ['an option without words'];
      return [...text.textContent.matchAll(/\p{L}+/gu)].flatMap(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length > 1 ? [word] : [];
      });
    }),
  );
  expect(broken).toEqual([]);
});
