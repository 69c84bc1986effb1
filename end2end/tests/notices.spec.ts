import { expect, type Page } from '@playwright/test';
import { TIRANA } from './pages.ts';
import { administrator, invited, look, opened, press, test } from './people.ts';

test.describe.configure({ timeout: 90_000 });
test.use({ seminars: ['tirana-2016', 'example'] });

const notices = (page: Page) => page.locator('#notices');

async function join(page: Page, code: string, name: string) {
  await page.goto(`/join/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('main').getByRole('button', { name: 'Come in' }).click();
}

test('a notice stands on the pages of who takes part, and of a delegation alone', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  await administrator(ana, site);
  const ion = await someone();
  await join(ion, await opened(ana), 'Ion');
  // With scripts a screen shows it that stays open; without, the next page does.
  const read = async (path: string) => javaScriptEnabled || (await ion.goto(path));

  await ana.goto(`${TIRANA}/notices`);
  await look(ana, javaScriptEnabled);
  await press(ana, 'Post the notice');
  await expect(ana.getByRole('alert')).toContainText('Write what the notice is to say');
  await ana.getByLabel('What to say').fill('Lunch is served <b>in</b> the garden.');
  await press(ana, 'Post the notice');
  await expect(ana.getByRole('heading', { name: 'Standing now' })).toBeVisible();
  await expect(notices(ana)).toContainText('Lunch is served <b>in</b> the garden.');
  await read(`${TIRANA}/programme`);
  await expect(notices(ion)).toContainText('Lunch is served <b>in</b> the garden.');
  await look(ion, javaScriptEnabled);

  await ana.getByLabel('What to say').fill('Autobusul așteaptă.');
  await ana.getByLabel('Its language').selectOption({ label: 'Romanian' });
  await ana.getByLabel('Delegation of Moldova').check();
  await press(ana, 'Post the notice');
  await expect(notices(ana)).toContainText('Delegation of Moldova');
  await expect(notices(ana).locator('[lang=ro]')).toHaveText('Autobusul așteaptă.');
  await look(ana, javaScriptEnabled);
  await ana.getByLabel('What to say').fill('The afternoon begins.');
  await press(ana, 'Post the notice');
  await read(TIRANA);
  await expect(notices(ion)).toContainText('The afternoon begins.');
  await expect(notices(ion)).not.toContainText('Autobusul');
  await ion.goto(`/account`);
  await expect(notices(ion)).toHaveCount(0);

  await ion.goto(`${TIRANA}/people`);
  await ana.getByRole('listitem').filter({ hasText: 'Lunch' }).getByRole('button', { name: 'Take it down' }).click();
  await expect(ana.getByRole('heading', { name: 'Earlier' })).toBeVisible();
  await read(`${TIRANA}/people`);
  await expect(notices(ion)).not.toContainText('Lunch');
  await press(ana, 'Delete');
  await expect(ana.getByRole('main')).not.toContainText('Lunch');

  const nobody = await someone();
  await nobody.goto(TIRANA);
  await expect(notices(nobody)).toHaveCount(0);
});

test('@island a screen that is open drops what is not to be seen any more, and keeps what somebody types', async ({ someone, site }) => {
  const ana = await someone();
  await administrator(ana, site);
  const ion = await someone();
  const [seminar, name] = ['/seminars/example', 'Radivoje Dunjić-Senica'];
  await invited(ana, ion, seminar, 'Participant', 'Ion');
  await ion.goto(`${seminar}/sessions/four-systems-side-by-side`);
  await expect(ion.getByRole('main')).toContainText(name);
  await ion.evaluate(() => ((window as unknown as { same: boolean }).same = true));
  await ana.goto(`${seminar}/protection/session/four-systems-side-by-side`);
  await press(ana, 'Turn it on');
  await expect(ion.getByRole('main')).not.toContainText(name);
  expect(await ion.evaluate(() => (window as unknown as { same: boolean }).same), 'it was not loaded anew').toBe(true);

  // Whoever types keeps what they have, and is told.
  const door = await someone();
  await invited(ana, door, TIRANA, 'Organiser', 'Eva');
  await door.goto(`${TIRANA}/door`);
  await press(door, 'Open the door');
  const code = (await door.locator('.door__code').textContent()) ?? '';
  await ana.goto(`${TIRANA}/door`);
  await ana.getByLabel('Name').fill('Half a na');
  const sanja = await someone();
  await join(sanja, code.trim(), 'Sanja');
  await expect(door.getByRole('main')).toContainText('Sanja');
  await expect(ana.getByText('This page has changed.')).toBeVisible();
  await expect(ana.getByLabel('Name')).toHaveValue('Half a na');
  await ana.getByRole('link', { name: 'Show it as it is now' }).click();
  await expect(ana.getByRole('main')).toContainText('Sanja');

  // Who is taken out sees nothing more.
  await ana.getByRole('button', { name: 'Take the seat away: Sanja' }).click();
  await expect(notices(sanja)).toHaveCount(0);
  await expect(sanja.locator('.masthead a[href^="/sign-in"]')).toHaveCount(1);
});

test('@island what a form was answered with stays, and what is typed stays where there is nothing any more', async ({ someone, site }) => {
  const ana = await someone();
  await administrator(ana, site);
  const [eva, sanja] = [await someone(), await someone()];
  await invited(ana, eva, TIRANA, 'Organiser', 'Eva');
  const code = await opened(ana);
  // A link that is shown once.
  await ana.goto(`${TIRANA}/invitations`);
  await ana.getByRole('main').getByRole('button').first().click();
  const link = (await ana.locator('.passing').textContent()) ?? '';
  await eva.goto(`${TIRANA}/programme/new`);
  await eva.getByLabel('Title').fill('Made to be taken away');
  await eva.getByRole('main').getByRole('button', { name: 'Save' }).first().click();
  await eva.goto(`${TIRANA}/sessions/made-to-be-taken-away/edit`);
  await eva.getByLabel('Title').fill('Half a titl');

  await join(sanja, code, 'Sanja');
  const door = await ana.context().newPage();
  await door.goto(`${TIRANA}/notices`);
  await door.getByLabel('What to say').fill('Everybody is here.');
  await press(door, 'Post the notice');
  await expect(notices(ana)).toContainText('Everybody is here.');
  await expect(ana.locator('.passing')).toHaveText(link);
  await expect(notices(eva)).toContainText('Everybody is here.');

  await door.goto(`${TIRANA}/sessions/made-to-be-taken-away/edit`);
  await press(door, 'Take the session away');
  await expect(eva.getByText('This page has changed.')).toBeVisible();
  await expect(eva.getByLabel('Title')).toHaveValue('Half a titl');
  await eva.getByRole('main').getByRole('button', { name: 'Save' }).first().click();
  await expect(eva.getByRole('alert')).toContainText('is not here any more');
  await expect(eva.getByLabel('Title')).toHaveValue('Half a titl');
});

test('a rehearsal says so to everybody, and leaves nobody in', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto(`${TIRANA}/door`);
  await press(ana, 'Begin a rehearsal');
  const ion = await someone();
  await join(ion, await opened(ana), 'Ion');
  await ion.goto(`${TIRANA}/programme`);
  await expect(notices(ion)).toContainText('This is a rehearsal');
  await look(ion, javaScriptEnabled);
  await ana.goto(`${TIRANA}/door`);
  await expect(ana.getByRole('main')).toContainText('It has gone on since');
  await look(ana, javaScriptEnabled);
  await press(ana, 'End it and empty the seminar');
  await expect(ana.getByRole('main')).toContainText('Nobody is in yet');
  await expect(notices(ana)).not.toContainText('This is a rehearsal');
  if (!javaScriptEnabled) await ion.goto(`${TIRANA}/programme`);
  await expect(notices(ion)).toHaveCount(0);
});
