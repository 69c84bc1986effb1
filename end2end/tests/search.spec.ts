import { expect, type Page } from '@playwright/test';
import { squeezed, test } from './pages.ts';

const box = (page: Page) => page.locator('input[name=q]').and(page.locator('[type=search]'));
const finds = (page: Page) => page.getByRole('main').getByRole('list').and(page.locator('.ledger')).getByRole('listitem');
const count = async (page: Page) => Number(/\d+/.exec(squeezed(await page.getByRole('heading', { level: 2 }).first().textContent()))?.[0] ?? 'NaN');

test('from the head of the page to finds, with a form alone', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('searchbox', { name: /Search all of it/ }).fill('guardian');
  await page.getByRole('search').getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL('/search?q=guardian');
  expect(await count(page)).toBeGreaterThan(3);
  await expect(box(page)).toHaveValue('guardian');
  await expect(page).toHaveTitle(/guardian/);
  await box(page).fill('begging');
  await page.getByRole('search').getByRole('button').click();
  await expect(page).toHaveURL(/q=begging/);
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('begging');
});

for (const [typed, found, lang] of [
  ['cersetori', /cerșetor/i, 'ro'],
  ['CERŞETORIE', /cerșetor/i, 'ro'],
  ['prosjačenje', /prosjačenje|просјачење/i, undefined],
  ['prosjacenje', /prosjačenje|просјачење/i, undefined],
  ['treguesit', /tregues/i, 'sq'],
] as const) {
  test(`${typed} finds what is written with other letters @once`, async ({ page }) => {
    await page.goto(`/search?q=${encodeURIComponent(typed)}`);
    expect(await finds(page).count()).toBeGreaterThan(0);
    const marks = await page.locator('mark').allTextContents();
    expect(marks.some((mark) => found.test(mark)), `marked: ${marks.join(', ')}`).toBe(true);
    if (lang) await expect(page.locator(`[lang=${lang}]`).filter({ has: page.locator('mark') }).first()).toBeVisible();
  });
}

test('Cyrillic text is found by Latin letters, and the other way round @once', async ({ request }) => {
  const found = async (q: string) => {
    const answer = await (await request.get(`/api/v1/search?q=${encodeURIComponent(q)}&most=20`)).json();
    return answer.hits.map((hit: { address: string }) => hit.address.replace(/[?#].*/, '')).sort();
  };
  const latin = await found('prosjačenju');
  expect(latin).toContain('/challenges/trafficking-for-forced-begging');
  expect(await found('просјачењу')).toEqual(latin);
  expect(await found('prosjacenju')).toEqual(latin);
});

test('a find in another language opens where the words stand @once', async ({ page }) => {
  // Also words that only a translation has, whatever language the reader's page is in.
  const lost: string[] = [];
  for (const typed of ['cerșit', 'просјачења', 'treguesve']) {
    await page.goto(`/search?q=${encodeURIComponent(typed)}`);
    const hits = await finds(page).filter({ has: page.locator('mark') }).evaluateAll((items) => items.map((item) => ({
      href: item.querySelector('a')?.getAttribute('href') ?? '', mark: item.querySelector('mark')?.textContent ?? '',
    })));
    expect(hits.length).toBeGreaterThan(0);
    for (const { href, mark } of hits.slice(0, 5)) {
      await page.goto(href);
      const text = squeezed(await page.getByRole('main').textContent()).toLowerCase();
      if (!text.includes(mark.toLowerCase())) lost.push(`${typed}: ${href} has no “${mark}”`);
    }
  }
  expect(lost).toEqual([]);
});

test('a find leads to the place in the page, and the place is there @once', async ({ page }) => {
  // Every find is opened.
  test.setTimeout(90_000);
  const hrefs = new Set<string>();
  for (const typed of ['challenges', 'guardian', 'presented', 'handover', 'communication']) {
    await page.goto(`/search?q=${typed}`);
    for (const link of await finds(page).getByRole('link').all()) hrefs.add((await link.getAttribute('href')) ?? '');
  }
  const withPlace = [...hrefs].filter((href) => href.includes('#'));
  expect(withPlace.length).toBeGreaterThan(0);
  let [quoted, lost] = [0, 0];
  for (const href of withPlace) {
    // Another page before: a browser looks for words only where a page is loaded anew.
    await page.goto('/glossary');
    await page.goto(href);
    const [id = '', text] = href.slice(href.indexOf('#') + 1).split(':~:text=');
    if (id) await expect(page.locator(`[id="${decodeURIComponent(id)}"]`), href).toHaveCount(1);
    if (text) {
      const words = decodeURIComponent(text);
      // Across the cells of a table, or a break, words do not follow each other; then the heading is what is led to.
      if (!squeezed(await page.getByRole('main').textContent()).includes(words)) {
        if (id) await expect(page.locator(`[id="${decodeURIComponent(id)}"]`), href).toBeInViewport();
        lost += 1;
        continue;
      }
      await expect(page.getByText(words).first(), href).toBeInViewport();
      quoted += 1;
    } else {
      await expect(page.locator(`[id="${decodeURIComponent(id)}"]`), href).toBeInViewport();
    }
  }
  expect(quoted).toBeGreaterThan(3 * lost);
});

test('a page ends with what is like it, and a search that finds nothing says what there is', async ({ page }) => {
  await page.goto('/challenges/trafficking-for-forced-begging');
  const alike = page.getByRole('region', { name: 'More like this' }).getByRole('link');
  expect(await alike.count()).toBeGreaterThan(1);
  expect(await alike.count()).toBeLessThanOrEqual(4);
  const hrefs = await alike.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(hrefs).not.toContain('/challenges/trafficking-for-forced-begging');
  await alike.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const address of ['/search', '/search?q=zzzelephants']) {
    await page.goto(address);
    await page.getByRole('navigation', { name: 'Kind' }).getByRole('link', { name: 'Sessions' }).click();
    await expect(page).toHaveURL(/kind=session/);
    expect(await finds(page).count()).toBeGreaterThan(0);
  }
});

test('filters narrow, say how many, and can be taken back', async ({ page }) => {
  await page.goto('/search?q=children');
  const all = await count(page);
  const form = page.getByRole('form', { name: 'Narrow down' });
  // On a phone the filters are folded, so that finds come first.
  const unfold = async () => { if (!(await form.isVisible())) await page.getByText('Narrow down', { exact: true }).click(); };
  await unfold();
  const sessions = form.getByRole('group', { name: 'Kind' }).getByRole('checkbox', { name: /^Sessions/ });
  const promised = Number(/\d+/.exec(squeezed(await form.getByRole('group', { name: 'Kind' }).locator('label').filter({ hasText: 'Sessions' }).textContent()))?.[0]);
  await sessions.check();
  await form.getByRole('button', { name: 'Show these' }).click();
  await expect(page).toHaveURL(/kind=session/);
  expect(await count(page)).toBe(promised);
  expect(promised).toBeLessThan(all);
  await unfold();
  await expect(form.getByRole('checkbox', { name: /^Sessions/ })).toBeChecked();
  for (const meta of await finds(page).locator('.ledger__meta').allTextContents()) expect(meta).toContain('Session');
  await form.getByRole('checkbox', { name: /^Sessions/ }).uncheck();
  await form.getByRole('button', { name: 'Show these' }).click();
  expect(await count(page)).toBe(all);
  // Or by what is said above the finds.
  await page.goto('/search?q=children&kind=session&theme=child-trafficking');
  const chosen = page.getByRole('list', { name: 'Narrow down' });
  await expect(chosen.getByRole('listitem')).toHaveCount(2);
  await chosen.getByRole('link', { name: 'Remove: Sessions' }).click();
  await expect(page).toHaveURL('/search?q=children&theme=child-trafficking');
  await chosen.getByRole('link', { name: /^Remove/ }).click();
  expect(await count(page)).toBe(all);
});

test('every count of a filter is what it then finds @once', async ({ page }) => {
  await page.goto('/search?q=children');
  const filters = await page.getByRole('form', { name: 'Narrow down' }).locator('label').evaluateAll((labels) => labels.map((label) => {
    const input = label.querySelector('input');
    return { name: input?.name ?? '', value: input?.value ?? '', count: Number(label.querySelector('.check__count')?.textContent) };
  }));
  expect(filters.length).toBeGreaterThan(5);
  for (const { name, value, count: promised } of filters) {
    await page.goto(`/search?q=children&${name}=${encodeURIComponent(value)}`);
    expect(await count(page), `${name}=${value}`).toBe(promised);
  }
});

test('many finds come in pages, and none twice', async ({ page }) => {
  await page.goto('/search?q=a');
  const seen: string[] = [];
  const total = await count(page);
  expect(total).toBeGreaterThan(10);
  for (let at = 0; at < 3; at++) {
    seen.push(...(await finds(page).getByRole('heading', { level: 3 }).getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))));
    const next = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next page' });
    if ((await next.count()) === 0) break;
    await next.click();
  }
  expect(seen.length).toBeGreaterThan(10);
  expect(new Set(seen.map((href) => href.replace(/[?#].*/, ''))).size).toBe(seen.length);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Previous page' }).click();
  await expect(page).toHaveURL(/page=2|q=a/);
});

test('no question is too odd for an answer @once', async ({ page, request }) => {
  const odd = ['', ' ', '🙂', '👩‍👩‍👧‍👦 ß ﷺ', '"', '"unclosed', "'", 'AND', 'OR NOT', '(', 'title:x', '*', '?', '~', '^2', '\\', '../..', '<script>alert(1)</script>', 'a'.repeat(390), 'a:b:c', '+-', '[a TO b]', '%', '\u202e', 'NULL', '0', '-1', '１２', 'ǆ'];
  for (const q of odd) {
    const answer = await page.goto(`/search?q=${encodeURIComponent(q)}`);
    expect(answer?.status(), q).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    // What is left out of an address is a matter of the server; what is typed must come back into the box.
    if (q.trim() && q.length < 300) expect((await box(page).inputValue()).trim(), 'what was typed is still there').toBe(q.trim());
  }
  const many = Array.from({ length: 2000 }, (_, at) => `w${at % 90}`).join('+');
  const long = await request.get(`/search?q=${many}`);
  expect([200, 414]).toContain(long.status());
  expect(await long.text()).toContain('<h1');
  for (const query of ['page=0', 'page=-1', 'page=9999999999999999999', 'page=x', 'kind=nothing', 'country=%FF', 'kind=&kind=&kind=', 'q=a&q=b', 'language=xx&theme=%00', 'sort=price']) {
    const answer = await request.get(`/search?q=children&${query}`);
    expect([200, 400], query).toContain(answer.status());
    expect(await answer.text(), query).toContain('<h1');
  }
});

test('nothing found says so, and helps', async ({ page }) => {
  await page.goto('/search?q=qqqqqqqq');
  await expect(page.getByRole('main')).toContainText(/Nothing found for/);
  await page.goto('/search?q=children&kind=term&seminar=tirana-2016');
  await expect(page.getByRole('link', { name: 'Search without filters' })).toHaveAttribute('href', '/search?q=children');
});

test('a snippet cuts no word and no entity @once', async ({ page }) => {
  await page.goto('/search?q=children');
  for (const passage of await finds(page).locator('p:not(.ledger__meta)').allTextContents()) {
    expect(passage).not.toMatch(/&(amp|lt|gt|quot|#\d+);/);
    expect(passage.length).toBeLessThan(600);
  }
});

test('the glossary says what it added, and takes it back', async ({ page }) => {
  await page.goto('/search?q=lypja');
  const said = page.getByText(/The glossary knows lypja/);
  await expect(said).toBeVisible();
  await expect(page.locator('.hint-line [lang=ro]')).toHaveText(/cerșetorie/);
  const all = await count(page);
  await page.getByRole('link', { name: 'Only the word I wrote' }).click();
  await expect(page).toHaveURL(/plain=/);
  expect(await count(page)).toBeLessThan(all);
  await page.getByRole('link', { name: 'Look in all languages' }).click();
  expect(await count(page)).toBe(all);
});

test('what nothing has leads to what was perhaps meant, and finds are put in order of date', async ({ page }) => {
  await page.goto('/search?q=traffiking');
  await page.getByRole('link', { name: 'trafficking', exact: true }).first().click();
  await expect(box(page)).toHaveValue('trafficking');
  await page.getByRole('link', { name: 'date', exact: true }).click();
  await expect(page).toHaveURL(/sort=date/);
  await expect(page.getByRole('link', { name: 'fit', exact: true })).toBeVisible();
});

test('operators narrow, and stand as filters that can be taken back @once', async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent('"child victims" kind:session')}`);
  await expect(box(page)).toHaveValue(/^"child victims"\s*$/);
  expect(await count(page)).toBeGreaterThan(0);
  await page.locator('.narrowed').getByRole('link').click();
  await expect(page).not.toHaveURL(/kind=/);
});
