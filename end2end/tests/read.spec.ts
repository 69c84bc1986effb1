import { expect } from '@playwright/test';
import { EXAMPLE, PAGES, SESSION, TIRANA, isPhone, test } from './pages.ts';

test('one reads from home through a programme to whoever stands behind a practice', async ({ page }) => {
  await page.goto('/');
  const main = page.getByRole('main');
  const heading = page.getByRole('heading', { level: 1 });
  await main.getByRole('link', { name: 'Transnational Anti-Trafficking Training Seminar' }).first().click();
  await expect(page).toHaveURL(TIRANA);
  await expect(heading).toHaveText('Transnational Anti-Trafficking Training Seminar');
  await page.getByRole('navigation', { name: 'This seminar' }).getByRole('link', { name: 'Programme' }).click();
  await expect(page).toHaveURL(`${TIRANA}/programme`);
  await expect(page.getByRole('navigation', { name: 'This seminar' }).getByRole('link', { name: 'Programme' })).toHaveAttribute('aria-current', 'page');
  await main.getByRole('link', { name: 'National referral mechanisms in three countries, compared' }).click();
  await expect(page).toHaveURL(SESSION);
  await expect(main.getByText('Important challenges remain in all three countries')).toBeVisible();
  await page.getByRole('navigation', { name: 'Through the programme' }).getByRole('link', { name: /Which areas come first/ }).click();
  await expect(page).toHaveURL(`${TIRANA}/sessions/priorities-of-the-delegations`);
  const through = page.getByRole('navigation', { name: 'Through the programme' });
  await expect(through.getByRole('link')).toHaveCount(2);
  await expect(through.getByRole('link').first()).toHaveAttribute('href', SESSION);
  await main.getByRole('link', { name: /^Communication between institutions/ }).first().click();
  await expect(page).toHaveURL('/challenges/communication-between-institutions');
  await main.getByRole('link', { name: 'Comparing referral mechanisms at one table' }).click();
  await expect(page).toHaveURL('/practices/comparing-mechanisms-at-one-table');
  await main.getByRole('link', { name: /^Communication between institutions/ }).first().click();
  await main.locator('section').filter({ has: page.getByRole('heading', { name: 'Recommendations that take it up' }) }).getByRole('link').first().click();
  await expect(page).toHaveURL('/recommendations/tir-1');
  await expect(main.getByText('Recommendation TIR/1')).toBeVisible();
});

test('a practice leads to its author, and the author to where they work', async ({ page }) => {
  await page.goto('/challenges/children-wait-for-a-guardian');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Guardians in pairs' }).click();
  await main.getByRole('link', { name: 'Zrinka Lavandić' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Zrinka Lavandić');
  const contributions = page.getByRole('region', { name: 'Contributed to' });
  await expect(contributions.getByRole('link', { name: 'Guardians in pairs' })).toBeVisible();
  await main.getByRole('link', { name: 'Example Centre for Guardianship', exact: true }).click();
  await expect(page).toHaveURL('/organisations/example-centre-guardianship');
  await expect(main.getByRole('link', { name: 'Zrinka Lavandić' })).toHaveAttribute('href', '/people/zrinka-lavandic');
});

test('whoever the seminar had as experts is among its people @once', async ({ page }) => {
  await page.goto(`${TIRANA}/people`);
  await expect(page.getByRole('main').getByRole('link', { name: 'Liliana Sorrentino' })).toBeVisible();
  await page.goto('/people/liliana-sorrentino');
  await expect(page.getByRole('main').getByRole('link', { name: 'Transnational Anti-Trafficking Training Seminar' })).toBeVisible();
});

test('breadcrumbs lead back up', async ({ page }) => {
  await page.goto(SESSION);
  const crumbs = page.getByRole('navigation', { name: 'You are in' });
  await expect(crumbs.getByRole('link')).toHaveText(['Seminars', 'Transnational Anti-Trafficking Training Seminar', 'Programme']);
  await crumbs.getByRole('link', { name: 'Programme' }).click();
  await expect(page).toHaveURL(`${TIRANA}/programme`);
  await page.getByRole('navigation', { name: 'You are in' }).getByRole('link', { name: 'Seminars' }).click();
  await expect(page).toHaveURL('/seminars');
});

test('the first stop of the keyboard leads past the head of the page', async ({ page }) => {
  await page.goto(SESSION);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the text' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${SESSION}#main`);
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement));
  expect(inside, 'the next stop is in the text').toBe(true);
});

test('the menu opens, and leads on', async ({ page }, info) => {
  await page.goto(SESSION);
  const nav = page.getByRole('navigation', { name: 'Main' });
  if (isPhone(info)) {
    await expect(nav).toBeHidden();
    await page.getByText('Menu', { exact: true }).click();
  }
  await expect(nav.getByRole('link')).toHaveText(['Seminars', 'Practices', 'Challenges', 'Recommendations', 'Glossary']);
  await nav.getByRole('link', { name: 'Glossary' }).click();
  await expect(page).toHaveURL('/glossary');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glossary');
});

test('a programme shows its days, its times and where the delegations part', async ({ page }) => {
  await page.goto(`${EXAMPLE}/programme`);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Tuesday 15 September', 'Wednesday 16 September', 'Thursday 17 September']);
  const first = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^Opening/ }) });
  await expect(first.getByRole('time')).toHaveText('09:00');
  await expect(first.getByRole('time')).toHaveAttribute('datetime', '2026-09-15T09:00:00+02:00');
  const groups = page.getByRole('list', { name: 'The delegations work in groups' }).first();
  await expect(groups.getByRole('listitem')).toHaveCount(4);
  await page.goto(`${TIRANA}/programme`);
  await expect(page.getByText('The source gives no times')).toBeVisible();
});

test('a file can be taken, and is what it says @once', async ({ page, request }) => {
  await page.goto(`${TIRANA}/materials/summary-as-text`);
  const link = page.getByRole('link', { name: 'Get the file' });
  const answer = await request.get((await link.getAttribute('href')) ?? '');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['x-content-type-options']).toBe('nosniff');
  expect(answer.headers()['content-security-policy']).toContain('sandbox');
  expect((await answer.body()).length).toBeGreaterThan(200);
});

test('every page has one heading of the first rank, landmarks, a title, a language @once', async ({ page }) => {
  test.setTimeout(60_000);
  for (const [name, address] of Object.entries(PAGES)) {
    const answer = await page.goto(address);
    expect(answer?.status(), name).toBe(name === 'not found' ? 404 : 200);
    for (const role of ['banner', 'main', 'contentinfo'] as const) await expect.soft(page.getByRole(role), name).toHaveCount(1);
    await expect.soft(page.getByRole('heading', { level: 1 }), name).toHaveCount(1);
    const seen = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      return {
        lang: document.documentElement.lang,
        title: /Plenary/.test(document.title),
        described: !!document.querySelector('meta[name=description]')?.getAttribute('content')?.trim(),
        shared: ['og:title', 'og:description', 'og:url', 'og:type'].filter((name) => !document.querySelector(`meta[property="${name}"]`)?.getAttribute('content')),
        data: [...document.querySelectorAll('script[type="application/ld+json"]')].map((data) => JSON.parse(data.textContent ?? '')['@type']),
        twice: ids.filter((id, at) => ids.indexOf(id) !== at),
      };
    });
    expect.soft(seen, `${name} (${address})`).toEqual({ lang: 'en', title: true, described: true, shared: [], data: seen.data, twice: [] });
    const kind = { 'a session': 'Event', 'a person': 'Person', 'a practice': 'LearningResource', 'a material that is a page': 'LearningResource', 'a seminar': 'EducationEvent' }[name];
    if (kind) expect.soft(seen.data, name).toContain(kind);
  }
});

test('no link of ours leads to nothing @once', async ({ page, request }) => {
  test.setTimeout(60_000);
  const known = new Map<string, string>();
  for (const address of Object.values(PAGES)) {
    await page.goto(address);
    for (const href of await page.locator('a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))) {
      known.set(href.split('#')[0] ?? '', address);
    }
    const lost = await page.evaluate(() =>
      [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href') ?? '')
        .filter((href) => href !== '#' && !document.getElementById(decodeURIComponent(href.slice(1)))));
    expect(lost, `parts that ${address} does not have`).toEqual([]);
  }
  const dead: string[] = [];
  for (const [href, from] of known) {
    const answer = await request.get(href, { maxRedirects: 0 });
    if (answer.status() !== 200) dead.push(`${answer.status()} ${href} (on ${from})`);
  }
  expect(dead).toEqual([]);
});
