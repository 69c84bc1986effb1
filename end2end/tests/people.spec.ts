import { expect } from '@playwright/test';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { root, start } from '../serve.mjs';
import { findings, TIRANA, squeezed } from './pages.ts';
import { PASSWORD, administrator, another, heading, link, opened, press, test } from './people.ts';

// Several people, each with a browser, on a site of their own: more than a page costs.
test.describe.configure({ timeout: 90_000 });

test('the first start: in with one click, a way back, and out and in again', async ({ someone, site }) => {
  const page = await someone();
  await page.goto(link(site));
  await expect(heading(page)).toHaveText('You are the first here');
  await press(page, 'Begin');
  await expect(page.getByText('You cannot come back yet')).toBeVisible();
  await page.getByLabel('Your name').fill('Ana Hoxha');
  await page.getByLabel('E-mail address').fill('no address');
  await press(page, 'Save');
  await expect(page.getByRole('alert')).toContainText('Write an e-mail address');
  await expect(page.getByLabel('Your name')).toHaveValue('Ana Hoxha');
  await page.getByLabel('E-mail address').fill('ana@example.org');
  await press(page, 'Save');
  await page.getByRole('link', { name: 'Set a password' }).click();
  await page.getByLabel('New password').fill('plenary123');
  await press(page, 'Set a password');
  await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('New password').fill(PASSWORD);
  await press(page, 'Set a password');
  await expect(page.getByText('You cannot come back yet')).toHaveCount(0);
  await press(page, 'Sign out');
  await page.goto('/account');
  await expect(heading(page)).toHaveText('Sign in');
  await page.getByLabel('E-mail address').fill('ana@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await press(page, 'Sign in');
  await expect(page).toHaveURL(`${site.url}/account`);
  await expect(heading(page)).toHaveText('Your account');
  await page.goto(link(site));
  await expect(heading(page)).toHaveText('This link cannot be used');
});

test('an expert is invited, comes, and is shown what experts are shown', async ({ someone, site }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto(`${TIRANA}/invitations`);
  await ana.getByLabel('Name').fill('Ion Rusu');
  await ana.getByLabel('Expert').check();
  await ana.getByLabel('Moldova').check();
  await press(ana, 'Make the link');
  await expect(heading(ana)).toHaveText('The link for Ion Rusu is ready');
  const invitation = squeezed(await ana.locator('.passing').textContent());

  const ion = await someone();
  await ion.goto(invitation);
  await expect(ion.getByRole('main')).toContainText('Your role: Expert');
  await expect(ion.getByLabel('Your name')).toHaveValue('Ion Rusu');
  await ion.getByLabel('E-mail address').fill('ion@example.org');
  await ion.getByLabel('Password').fill('short');
  await press(ion, 'Accept');
  await expect(ion.getByRole('alert')).toContainText('ten letters');
  await expect(ion.getByLabel('E-mail address')).toHaveValue('ion@example.org');
  await ion.getByLabel('Password').fill('shetitje buze lumit sot');
  await press(ion, 'Accept');
  await expect(ion.getByRole('complementary')).toContainText('Transnational Anti-Trafficking Training Seminar: Expert');
  await ion.goto(TIRANA);
  await expect(ion.getByRole('navigation', { name: 'This seminar' }).getByRole('link', { name: 'Door' })).toHaveCount(0);
  for (const address of ['/admin/people', `${TIRANA}/door`, `${TIRANA}/invitations`]) {
    expect((await ion.goto(address))?.status(), address).toBe(404);
  }
  await ana.goto('/admin/people');
  await ana.getByRole('link', { name: 'Ion Rusu' }).click();
  await press(ana, 'End the access');
  await ion.goto('/account');
  await expect(heading(ion)).toHaveText('Sign in');
});

test('a phone comes in by the code, moves, and keeps the seat with an account', async ({ someone, site }) => {
  const ana = await someone();
  await administrator(ana, site);
  const code = await opened(ana);
  await expect(ana.getByRole('img', { name: 'A picture of the address, for cameras' })).toBeVisible();

  const phone = await someone();
  await phone.goto('/');
  await phone.getByLabel('Code').fill(code.toLowerCase().replace('-', ' '));
  await press(phone, 'Come in');
  await phone.getByRole('form', { name: 'First choose your language' }).getByRole('button', { name: 'Shqip' }).click();
  await expect(phone.locator('html')).toHaveAttribute('lang', 'sq');
  await phone.locator('#name').fill('Ana Hoxha');
  await phone.getByRole('main').locator('form').last().getByRole('button').click();
  await expect(phone).toHaveURL(`${site.url}${TIRANA}`);
  await phone.goto('/account?lang=en');
  const own = squeezed(await phone.locator('.passing').textContent());
  expect(own).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  await phone.getByLabel('Albania').check();
  await press(phone, 'Save');

  await ana.getByRole('link', { name: 'Look again' }).click();
  await expect(ana.getByRole('main')).toContainText('Ana Hoxha');
  await expect(ana.getByRole('main')).toContainText('Albania');
  await expect(ana.getByRole('main')).not.toContainText(own);

  const tablet = await someone();
  await tablet.goto('/join');
  await tablet.getByLabel('Code').fill(own);
  await press(tablet, 'Come in');
  await expect(tablet).toHaveURL(`${site.url}${TIRANA}`);
  await phone.goto('/account');
  await expect(phone).toHaveURL(/sign-in/);
  await tablet.goto('/account');
  await press(tablet, 'Keep this seat with an account');
  await tablet.getByLabel('E-mail address').fill('another.ana@example.org');
  await tablet.getByLabel('Password').fill('shetitje buze lumit sot');
  await press(tablet, 'Accept');
  await expect(heading(tablet)).toHaveText('Your account');
  await ana.getByRole('link', { name: 'Look again' }).click();
  await expect(ana.getByRole('main')).toContainText('with an account');
  await ana.getByRole('button', { name: 'Take the seat away: Ana Hoxha' }).click();
  await expect(ana.getByText('Nobody is in yet.')).toBeVisible();
  await press(ana, 'Close the door');
  // In the language that was chosen.
  await phone.goto('/join');
  await phone.locator('#code').fill(code);
  await phone.getByRole('main').getByRole('button').click();
  await phone.locator('#name').fill('Eva');
  await phone.getByRole('main').locator('form').last().getByRole('button').click();
  await expect(phone.getByRole('alert')).toBeVisible();
  await expect(phone.locator('#name')).toHaveValue('Eva');
});

test('one signs out elsewhere, from where one is', async ({ someone, site }) => {
  const [laptop, phone] = [await someone(), await someone()];
  await administrator(laptop, site);
  await phone.goto('/sign-in');
  await phone.getByLabel('E-mail address').fill('ana@example.org');
  await phone.getByLabel('Password').fill(PASSWORD);
  await press(phone, 'Sign in');
  await laptop.goto('/account');
  await expect(laptop.getByRole('listitem').filter({ hasText: 'This browser' })).toHaveCount(1);
  await laptop.getByRole('button', { name: /^Sign out there/ }).click();
  await expect(laptop.getByRole('button', { name: /^Sign out there/ })).toHaveCount(0);
  await phone.goto('/account');
  await expect(heading(phone)).toHaveText('Sign in');
  // A browser that was here holds nothing of it but cookies, which no script reads.
  await laptop.goto('/seminars/tirana-2016');
  const held = await laptop.evaluate(async () => ({
    cookies: document.cookie,
    stored: localStorage.length + sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(held).toEqual({ cookies: '', stored: 0, databases: 0, caches: 0, workers: 0 });
});

test('in the room: phones come in over plain HTTP at an address that is not localhost @once', async ({ browser, contextOptions }) => {
  const outside = Object.values(networkInterfaces()).flat().some((one) => one?.family === 'IPv4' && !one.internal);
  test.skip(!outside, 'this machine is on no network');
  const site = await start({ paths: [join(root, 'content/seminars/tirana-2016')], room: true });
  try {
    expect(site.url).not.toMatch(/127\.0\.0\.1|localhost/);
    expect(site.said()).toContain('It is plain HTTP');
    const ana = await another(browser, contextOptions, site);
    await administrator(ana, site);
    const code = await opened(ana);
    await expect(ana.getByText(`Or type the code at ${site.url.replace('http://', '')}/join`)).toBeVisible();
    const phone = await another(browser, contextOptions, site);
    await phone.goto(`/join/${code.replace('-', '')}`);
    await phone.getByLabel('Your name').fill('Ion Rusu');
    await press(phone, 'Come in');
    await expect(phone).toHaveURL(`${site.url}${TIRANA}`);
    const [cookie] = (await phone.context().cookies()).filter(({ name }) => name === 'session');
    expect(cookie).toMatchObject({ httpOnly: true, secure: false, sameSite: 'Lax' });
    await ana.context().close();
    await phone.context().close();
  } finally {
    await site.stop();
  }
});

test('axe finds nothing where people come in, and behind it @look', async ({ someone, site }) => {
  // Against a hang: 22 pages, in two colours each, take minutes on a machine that is busy.
  test.setTimeout(300_000);
  const ana = await someone();
  await administrator(ana, site);
  const code = (await opened(ana)).replace('-', '');
  await ana.locator('#name').fill('Ion Rusu');
  await press(ana, 'Give a seat');
  const nobody = await someone();
  const inside = ['/account', '/account/password', '/admin/people', '/admin/people/1', '/admin/invitations', '/admin/missed'];
  const ofSeminar = ['door', 'cards', 'attendance', 'poster', 'invitations', 'invitations/many', 'seats/1', 'protection', 'protection/session/nrm-compared'].map((end) => `${TIRANA}/${end}`);
  const outside = ['/sign-in', '/join', `/join/${code}`, '/help/roles', '/privacy', '/sign-out', '/invitations/x'];
  for (const [page, addresses] of [[ana, [...inside, ...ofSeminar]], [nobody, outside]] as const) {
    for (const address of addresses) {
      await page.goto(address);
      expect.soft(await findings(page), address).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      expect.soft(wide, `${address} scrolls sideways`).toBe(false);
    }
  }
});
