import { expect } from '@playwright/test';
import { EXAMPLE, PRACTICE, SESSION, TIRANA, squeezed, test } from './pages.ts';

const choose = (page: import('@playwright/test').Page, name: string) =>
  page.locator('#languages').getByRole('button', { name, exact: true }).click();

test('one chooses Albanian and stays where one was, on this page and the next', async ({ page }) => {
  await page.goto(`${TIRANA}/programme`);
  await page.getByRole('form', { name: 'Languages' }).getByRole('button', { name: 'Shqip' }).click();
  await expect(page).toHaveURL(`${TIRANA}/programme`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'sq');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Programi');
  await expect(page.locator('#languages').getByRole('button', { name: 'Shqip' })).toHaveAttribute('aria-current', 'true');
  await page.getByRole('main').getByRole('link', { name: /Mekanizm/ }).first().click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'sq');
  await choose(page, 'English');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a choice keeps the question of a search', async ({ page }) => {
  await page.goto('/search?q=children&kind=session');
  await choose(page, 'Română');
  await expect(page).toHaveURL('/search?q=children&kind=session');
  await expect(page.getByRole('searchbox').or(page.getByRole('combobox'))).toHaveValue('children');
});

test('the choice wins over ?lang= of the address it was made on', async ({ page }) => {
  await page.goto('/seminars?lang=ro');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ro');
  await choose(page, 'Shqip');
  await expect(page.locator('html')).toHaveAttribute('lang', 'sq');
});

test('Serbian is the same text in two scripts', async ({ page }) => {
  const texts: string[] = [];
  for (const [name, lang] of [['Српски', 'sr-Cyrl'], ['Srpski', 'sr-Latn']] as const) {
    await page.goto(SESSION);
    await choose(page, name);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    const title = squeezed(await page.getByRole('heading', { level: 1 }).textContent());
    const body = squeezed(await page.locator('.prose').first().textContent());
    expect(/\p{Script=Cyrillic}/u.test(title + body), `Cyrillic in ${lang}`).toBe(lang === 'sr-Cyrl');
    texts.push(`${title} ${body}`);
  }
  const [cyrillic = '', latin = ''] = texts;
  expect(cyrillic.length).toBeGreaterThan(300);
  // As scientific as a test needs: letter for letter.
  const letters: Record<string, string> = { а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ђ: 'đ', е: 'e', ж: 'ž', з: 'z', и: 'i', ј: 'j', к: 'k', л: 'l', љ: 'lj', м: 'm', н: 'n', њ: 'nj', о: 'o', п: 'p', р: 'r', с: 's', т: 't', ћ: 'ć', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'č', џ: 'dž', ш: 'š' };
  const derived = [...cyrillic.toLowerCase()].map((letter) => letters[letter] ?? letter).join('');
  expect(latin.toLowerCase()).toBe(derived);
});

test('the browser\'s own language is followed, the best that we have @once', async ({ request }) => {
  const lang = async (accepted: string, address = '/') => {
    const answer = await request.get(address, { headers: { 'accept-language': accepted } });
    expect(answer.headers()['vary']).toMatch(/Accept-Language/i);
    return /<html lang="([^"]+)"/.exec(await answer.text())?.[1];
  };
  expect(await lang('sq')).toBe('sq');
  expect(await lang('de, ro;q=0.8, en;q=0.5')).toBe('ro');
  expect(await lang('mk-MK,mk;q=0.9')).toBe('mk');
  expect(await lang('sr-Cyrl-RS')).toBe('sr-Cyrl');
  expect(await lang('sr-Latn')).toBe('sr-Latn');
  expect(await lang('hr-HR, en;q=0.1')).toBe('hr');
  expect(await lang('bs')).toBe('bs');
  expect(await lang('ja, zh')).toBe('en');
  expect(await lang('sq;q=0, en')).toBe('en');
  expect(await lang(';;;q=,,*')).toBe('en');
});

test('?lang= wins over the choice and over the browser @once', async ({ request }) => {
  const answer = await request.get('/seminars?lang=mk', { headers: { 'accept-language': 'ro', cookie: 'language=sq' } });
  expect(await answer.text()).toContain('<html lang="mk"');
  const chosen = await request.get('/seminars', { headers: { 'accept-language': 'ro', cookie: 'language=sq' } });
  expect(await chosen.text()).toContain('<html lang="sq"');
});

test('every page says where its other languages are @once', async ({ page }) => {
  await page.goto(`${SESSION}?lang=sq`);
  const tags = await page.locator('link[rel=alternate][hreflang]').evaluateAll((links) => links.map((link) => link.getAttribute('hreflang')));
  expect([...tags].sort()).toEqual(['bs', 'en', 'hr', 'mk', 'ro', 'sq', 'sr-Cyrl', 'sr-Latn', 'x-default']);
  expect(await page.locator('link[rel=canonical]').getAttribute('href')).toMatch(/nrm-compared$/);
});

test('a machine\'s translation says so, and leads to the original', async ({ page }) => {
  await page.goto(`${SESSION}?lang=sq`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'sq');
  const main = page.getByRole('main');
  const note = main.getByText('Përkthim automatik').first();
  await expect(note).toBeVisible();
  await main.getByRole('link', { name: 'Lexoni origjinalin' }).click();
  await expect(page).toHaveURL(/text=en/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('National referral mechanisms in three countries, compared');
});

test('the original keeps the reader\'s own interface', async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: 'language', value: 'sq', url: baseURL ?? '' }]);
  await page.goto(SESSION);
  await page.getByRole('main').getByRole('link', { name: /origjinal/i }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'sq');
  await expect(page.locator('.prose')).toHaveAttribute('lang', 'en');
});

test('what stands in another language says in which @once', async ({ page }) => {
  // No Macedonian version of the practice: it is shown in another language, and says so.
  await page.goto(`${PRACTICE}?lang=mk`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'mk');
  const lang = await page.getByRole('heading', { level: 1 }).getAttribute('lang');
  expect(lang).toMatch(/^(en|hr)$/);
  await expect(page.locator('.prose').first()).toHaveAttribute('lang', lang ?? '');
  await page.goto(`${EXAMPLE}/comparison?lang=sq`);
  await expect(page.getByRole('cell').filter({ hasText: 'made-up mobile team' }).locator('[lang=en]').first()).toBeVisible();
  await page.goto('/glossary/begging');
  await expect(page.locator('dd[lang=ro]')).toContainText('cerșetorie');
  await expect(page.locator('dd[lang=sr-Cyrl]').or(page.locator('dd[lang=sr]'))).toContainText('просјачење');
});

for (const lang of ['sq', 'bs', 'hr', 'sr-Latn', 'sr-Cyrl', 'ro', 'mk']) {
  test(`no word of the interface is left in English: ${lang} @once`, async ({ page }) => {
    const left: string[] = [];
    const english = /\b(Seminars|Practices|Challenges|Recommendations|Glossary|People|Search|Languages?|Skip|Menu|Programme|Overview|Materials|Comparison|Objectives|Where|When|Countries|Themes|Sources|Previous|Next|Session|Plenary session|Nothing|You are in|Main|Contents)\b/;
    for (const address of ['/', TIRANA, SESSION, `${EXAMPLE}/programme`, '/recommendations/exa-1', PRACTICE, '/search?q=children', '/nothing']) {
      await page.goto(`${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      left.push(...(await page.evaluate(() => {
        // Only what is in the page's own language, and of the interface: navigation, headings of facts, buttons, labels.
        const own = (element: Element) => element.closest('[lang]') === document.documentElement;
        const texts = [...document.querySelectorAll('nav[aria-label] , aside[aria-label], [role=search] button, dt, summary, label, .masthead__link, .section__more, .skip, .foot strong')];
        return texts.filter(own).map((element) => element.getAttribute('aria-label') ?? element.textContent ?? '');
      })).filter((text) => english.test(text)).map((text) => `${address}: ${text.trim()}`));
    }
    expect(left).toEqual([]);
  });
}
