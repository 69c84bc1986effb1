import { expect, type Page } from '@playwright/test';
import { administrator, heading, look as looked, test } from './people.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ seminars: ['example'] });

test('a seminar is made, peopled, given a session and a file, and opened to everybody', async ({ someone, site, javaScriptEnabled }) => {
  const [ana, ion] = [await someone(), await someone()];
  const look = (page: Page = ana) => looked(page, javaScriptEnabled);
  const save = () => ana.getByRole('button', { name: 'Save' }).last().click();
  await administrator(ana, site);
  await ana.goto('/seminars');
  await ana.getByRole('link', { name: 'New seminar' }).click();
  await expect(heading(ana)).toHaveText('New seminar');
  await look();
  await ana.getByLabel('Title').fill('Takimi në Durrës');
  await ana.getByLabel('First day').fill('2027-03-02');
  await ana.getByLabel('Last day').fill('2027-03-01');
  await ana.getByLabel('Time zone').fill('Durrës');
  await save();
  await expect(ana.getByRole('alert')).toContainText('2 things are to be settled');
  await expect(ana.getByLabel('Title')).toHaveValue('Takimi në Durrës');
  await look();
  await ana.getByLabel('Last day').fill('2027-03-03');
  await ana.getByLabel('Time zone').fill('Europe/Tirane');
  await ana.getByLabel('Country', { exact: true }).first().selectOption('Albania');
  await save();
  await expect(heading(ana)).toHaveText('Takimi në Durrës');
  await expect(ana.getByRole('main')).toContainText('Being prepared');
  await look();
  expect((await ion.goto('/seminars/takimi-ne-durres'))?.status()).toBe(404);

  await ana.getByRole('link', { name: 'People', exact: true }).first().click();
  await ana.getByRole('link', { name: 'Name an organisation' }).click();
  await ana.getByLabel('Its name').fill('Zyra e Parë');
  await ana.getByLabel('Its name').press('Enter');
  await ana.getByRole('link', { name: 'Name somebody' }).click();
  await look();
  await ana.getByLabel('Name', { exact: true }).fill('Arta Gashi');
  await ana.getByLabel('Organisation').selectOption('Zyra e Parë');
  await save();
  await expect(ana.getByRole('main')).toContainText('Others who are named');
  await look();
  await ana.getByRole('link', { name: 'Edit the programme' }).click();
  await ana.getByRole('link', { name: 'New session' }).click();
  await ana.getByLabel('Title').fill('Hapja');
  await ana.getByLabel('Day').fill('2027-03-02');
  await ana.getByLabel('Starts').fill('09:00');
  await ana.getByLabel('Person').first().selectOption('Arta Gashi');
  await save();

  await ana.getByRole('link', { name: 'Takimi në Durrës' }).first().click();
  await ana.getByRole('link', { name: 'Materials' }).click();
  await ana.getByRole('link', { name: 'Add a material' }).click();
  await look();
  await ana.getByLabel('File').setInputFiles({ name: 'Fletët e para.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no pdf') });
  await save();
  await expect(ana.getByRole('alert')).toContainText('what is in it is not what the end of its name says');
  await look();
  await ana.getByLabel('File').setInputFiles({ name: 'Fletët e para.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nfletë') });
  await ana.getByLabel('Belongs to').selectOption('Hapja');
  await save();
  await expect(heading(ana)).toHaveText('Fletët e para');
  await expect(ana.getByRole('link', { name: 'Get the file' })).toBeVisible();

  await ana.goto('/seminars/takimi-ne-durres/edit');
  await ana.getByLabel('Announced').check();
  await ana.getByLabel('First day', { exact: true }).fill('2027-03-09');
  await ana.getByLabel('Last day').fill('2027-03-10');
  await save();
  await expect(ana.getByRole('alert')).toContainText('1 session would be on none of these days');
  await ana.getByLabel(/^Move all sessions/).check();
  await save();
  await expect(ana.getByRole('main')).not.toContainText('Being prepared');
  await ion.goto('/seminars/takimi-ne-durres/programme');
  await expect(ion.getByRole('main')).toContainText('9 March');
  await expect(ion.getByRole('main')).toContainText('Hapja');
  await look(ion);
  await ion.goto('/people/arta-gashi');
  await expect(ion.getByRole('main')).toContainText('Zyra e Parë');
  await expect(ion.getByRole('link', { name: 'Edit this person' })).toHaveCount(0);
});

test('a seminar is copied with its programme, and its forms speak the reader’s language', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto('/seminars/example/edit');
  await ana.getByRole('link', { name: 'Make another like it' }).click();
  await ana.getByLabel('Title').fill('Second example');
  await ana.getByLabel('First day').fill('2028-02-28');
  await ana.getByLabel('First day').press('Enter');
  await expect(ana).toHaveURL(/\/seminars\/second-example\/edit$/);
  await expect(ana.getByLabel('Being prepared')).toBeChecked();
  await expect(ana.getByLabel('Last day')).toHaveValue('2028-03-01');
  await ana.goto('/seminars/second-example/programme');
  await expect(ana.getByRole('heading', { level: 2 }).first()).toContainText('28 February');
  await ana.getByRole('button', { name: 'Српски' }).click();
  for (const page of ['/seminars/second-example/edit', '/seminars/second-example/copy', '/seminars/second-example/people/new', '/seminars/second-example/materials/new']) {
    await ana.goto(page);
    await expect(ana.locator('html')).toHaveAttribute('lang', 'sr-Cyrl');
    await looked(ana, javaScriptEnabled);
  }
});
