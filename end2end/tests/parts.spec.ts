import { expect } from '@playwright/test';
import { PASSWORD, administrator, heading, look as looked, opened, press, test } from './people.ts';
import { TIRANA } from './pages.ts';

test.describe.configure({ timeout: 90_000 });

test('a list is looked at, mended and invited, and one of it comes in', async ({ someone, site, javaScriptEnabled }) => {
  const [ana, mira] = [await someone(), await someone()];
  const look = () => looked(ana, javaScriptEnabled);
  await administrator(ana, site);
  await ana.goto(`${TIRANA}/invitations`);
  await ana.getByRole('link', { name: 'Invite many at once' }).click();
  await look();
  await press(ana, 'See what will happen');
  await expect(ana.getByRole('alert')).toContainText('Paste at least one line, or take a file.');
  const list = ana.getByLabel('People, one a line');
  await list.fill('Mira Popa <mira@example.org>, expert, Moldova\nSead, sead@example.org, kralj\nЂорђе, посматрач');
  await press(ana, 'See what will happen');
  await expect(ana.getByRole('heading', { name: '2 people will be invited' })).toBeVisible();
  await expect(ana.getByText('“kralj” is no role')).toBeVisible();
  await look();
  await press(ana, 'Make 2 links');
  await expect(heading(ana)).toHaveText('2 links are ready');
  await expect(ana.getByLabel('All links as a table')).toHaveValue(/Mira Popa\tmira@example\.org\tExpert\tMoldova\thttp/);
  await look();
  // What is left of the list is mended and looked at again.
  await expect(list).toHaveValue('Sead,sead@example.org,kralj');
  const link = await ana.getByRole('listitem').filter({ hasText: 'Mira Popa' }).getByText(/^http/).textContent();
  await list.fill('Sead,sead@example.org');
  await press(ana, 'See what will happen');
  await expect(ana.getByRole('button', { name: 'Make 1 link' })).toBeVisible();

  await mira.goto(link ?? '');
  await mira.getByLabel('Password').fill(PASSWORD);
  await mira.getByRole('main').getByRole('button').last().click();
  await mira.goto('/account');
  await expect(mira.getByRole('main')).toContainText('Expert');
});

test('a file from a spreadsheet is a list too', async ({ someone, site }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto(`${TIRANA}/invitations/many`);
  const text = 'Ime i prezime;E-pošta;Uloga\nAmra Hodžić;amra@example.org;posmatrač\n';
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  await ana.getByLabel('Or a file').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: utf16 });
  await press(ana, 'See what will happen');
  await expect(ana.getByRole('heading', { name: '1 person will be invited' })).toBeVisible();
  await expect(ana.getByRole('main').getByRole('listitem').filter({ hasText: 'Amra Hodžić' })).toContainText('Observer');
  await press(ana, 'Make 1 link');
  await expect(heading(ana)).toHaveText('1 link is ready');
});

test('who came in by the code is given a part, and sees more from the next page on', async ({ someone, site }) => {
  const [ana, mira] = [await someone(), await someone()];
  await administrator(ana, site);
  const code = await opened(ana);
  await mira.goto(`/join/${code.replace('-', '')}`);
  await mira.locator('#name').fill('Mira');
  await mira.getByRole('main').getByRole('button').last().click();
  await mira.goto(`${TIRANA}/door`);
  await expect(heading(mira)).toHaveText('The line stops here');
  await ana.goto(`${TIRANA}/door`);
  await ana.getByRole('main').getByRole('link', { name: 'Mira', exact: true }).click();
  await expect(heading(ana)).toHaveText('Mira');
  // By keys alone.
  await ana.getByRole('radio', { name: 'Participant' }).focus();
  for (const _ of [1, 2, 3]) await ana.keyboard.press('ArrowUp');
  await expect(ana.getByRole('radio', { name: 'Organiser' })).toBeChecked();
  await ana.keyboard.press('Enter');
  await expect(heading(ana)).toHaveText('Door');
  await mira.reload();
  await expect(heading(mira)).toHaveText('Door');
});
