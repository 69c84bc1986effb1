import { expect } from '@playwright/test';
import { test } from './pages.ts';
import { request as http } from 'node:http';

/** A request as no browser and no client library would write it. */
function raw(base: string, path: string, method = 'GET', headers: Record<string, string> = {}) {
  const { hostname, port } = new URL(base);
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((done, fail) => {
    const sent = http({ hostname, port, path, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part)).on('end', () => done({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    sent.on('error', fail).end();
  });
}

test('a page that is not there helps on', async ({ page }) => {
  const answer = await page.goto('/practices/nothing-of-this-name');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The line stops here');
  const others = page.getByRole('list', { name: 'The same in other languages' }).getByRole('listitem');
  const langs = await others.evaluateAll((items) => items.map((item) => item.getAttribute('lang') ?? ''));
  // Bosnian and Croatian may have the same words for it, and then say them once.
  expect([...langs].sort().filter((lang) => lang !== 'hr')).toEqual(['bs', 'mk', 'ro', 'sq', 'sr-Cyrl']);
  const said = await others.allTextContents();
  expect(new Set(said).size, 'nothing is said twice').toBe(said.length);
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
  await page.getByRole('searchbox', { name: 'What were you looking for?' }).fill('guardian');
  await page.getByRole('search').getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL('/search?q=guardian');
});

test('a page that is not there says so in the reader\'s language', async ({ page }) => {
  await page.goto('/nothing?lang=sq');
  await expect(page.locator('html')).toHaveAttribute('lang', 'sq');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('The line stops here');
  await expect(page.getByRole('list').locator('li[lang=en]')).toContainText('There is nothing here');
});

test('a page cannot be written to @once', async ({ request, baseURL }) => {
  for (const address of ['/', '/seminars/tirana-2016', '/search']) {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await request.fetch(address, { method, headers: { origin: baseURL ?? '' } });
      expect(answer.status(), `${method} ${address}`).toBe(405);
      expect(answer.headers()['allow'], `${method} ${address}`).toMatch(/GET/);
      expect(await answer.text()).toContain('That cannot be done here');
    }
  }
});

test('a form of another site is refused @once', async ({ request, baseURL }) => {
  const send = (headers: Record<string, string>) =>
    request.post('/language', { form: { language: 'sq', next: '/' }, headers, maxRedirects: 0 });
  for (const headers of [
    { origin: 'https://evil.example' }, { origin: 'null' }, { origin: `${baseURL}.evil.example` }, {},
    { 'sec-fetch-site': 'cross-site', origin: baseURL ?? '' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' },
  ] as Record<string, string>[]) {
    const answer = await send(headers);
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
    expect(answer.headers()['set-cookie'], JSON.stringify(headers)).toBeUndefined();
    expect(await answer.text()).toContain('<h1');
  }
  const ours = await send({ origin: baseURL ?? '' });
  expect(ours.status()).toBe(303);
  expect(ours.headers()['set-cookie']).toMatch(/^language=sq;.*SameSite=Lax/);
});

test('another site\'s form changes nothing in the browser @once', async ({ page, context, baseURL }) => {
  await page.route('http://evil.example/**', (route) => route.fulfill({
    contentType: 'text/html',
    body: `<form method="post" action="${baseURL}/language"><input name="language" value="sq"><input name="next" value="/"><button>Win</button></form>`,
  }));
  await page.goto('http://evil.example/');
  const [answer] = await Promise.all([page.waitForResponse((response) => response.url().endsWith('/language')), page.getByRole('button').click()]);
  expect(answer.status()).toBe(403);
  expect(await context.cookies(baseURL)).toEqual([]);
});

test('the choice of a language leads nowhere else @once', async ({ request, baseURL }) => {
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', '\r\nX: y']) {
    const answer = await request.post('/language', { form: { language: 'sq', next }, headers: { origin: baseURL ?? '' }, maxRedirects: 0 });
    expect(answer.status(), next).toBe(303);
    expect(answer.headers()['location'], next).toBe('/');
  }
  const odd = await request.post('/language', { form: { language: '<script>', next: '/seminars' }, headers: { origin: baseURL ?? '' }, maxRedirects: 0 });
  expect(odd.headers()['set-cookie']).toBeUndefined();
  const empty = await request.post('/language', { headers: { origin: baseURL ?? '' }, maxRedirects: 0 });
  expect(empty.status()).toBeLessThan(500);
});

test('what cannot be read gets a page that says so @once', async ({ baseURL }) => {
  for (const [path, statuses] of [
    ['/%', [400]], ['/%zz', [400]], ['/%00', [400]], ['/seminars/%ff', [400]], ['/%2e%2e/%2e%2e/etc/passwd', [400, 404]],
    [`/${'a'.repeat(20_000)}`, [414]], [`/search?q=${'a'.repeat(20_000)}`, [414]], ['/seminars//tirana-2016', [404]],
  ] as const) {
    const answer = await raw(baseURL ?? '', path);
    expect(statuses, `${path.slice(0, 40)} answered ${answer.status}`).toContain(answer.status);
    expect(answer.text, path.slice(0, 40)).toContain('<h1');
    expect(answer.headers['content-security-policy'], path.slice(0, 40)).toMatch(/default-src 'none'/);
  }
  expect((await raw(baseURL ?? '', '/', 'PURGE', { origin: baseURL ?? '' })).status).toBe(405);
});

test('an error is a page like the others, with the number of its request @look', async ({ page, baseURL }) => {
  await page.goto('/seminars');
  await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('#languages');
    if (form) form.action = '/seminars';
  });
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.locator('#languages').getByRole('button', { name: 'Shqip' }).click()]);
  expect(answer.status()).toBe(405);
  expect(new URL(answer.url()).origin).toBe(baseURL);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('That cannot be done here');
  await expect(page.getByRole('main')).toContainText(answer.headers()['x-request-id'] ?? '-');
  await expect(page.getByRole('link', { name: 'Plenary, home' }).first()).toBeVisible();
});

test('programs are told in their own way what is not there @once', async ({ request }) => {
  for (const address of ['/api/v1/nothing', '/api/v1/practices/nothing', '/api/v1/seminars/nothing/sessions/nothing']) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(404);
    expect(answer.headers()['content-type'], address).toMatch(/json/);
  }
});
