import { expect } from '@playwright/test';
import { administrator, heading, invited, look as looked, press, test } from './people.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ seminars: ['example'] });

const EXAMPLE = '/seminars/example';

test('an expert writes a practice with another, and nobody else sees it until it is published', async ({ someone, site, javaScriptEnabled }) => {
  const [ana, vera, sead, ion] = [await someone(), await someone(), await someone(), await someone()];
  const look = (page = vera) => looked(page, javaScriptEnabled);
  await administrator(ana, site);
  await invited(ana, vera, EXAMPLE, 'Expert', 'Vera');
  await invited(ana, sead, EXAMPLE, 'Facilitator', 'Sead');

  await vera.goto('/practices');
  await vera.getByRole('link', { name: 'Write a practice' }).click();
  await expect(heading(vera)).toHaveText('Write a practice');
  await expect(vera.getByRole('main')).toContainText('It is saved as a draft');
  await look();
  await vera.getByLabel('What was done').fill('```\nnever closed');
  await vera.getByRole('button', { name: 'Save' }).last().click();
  await expect(vera.getByRole('alert')).toContainText('2 things are to be settled');
  await expect(vera.getByLabel('What was done')).toHaveValue('```\nnever closed');
  await look();
  await vera.getByLabel('Title').fill('Numbers that answer at night');
  await vera.getByLabel('What was done').fill('One list, **called** every week.');
  await vera.getByLabel('Maturity').selectOption('Promising');
  await vera.getByRole('button', { name: 'Preview' }).last().click();
  await expect(vera.getByRole('region', { name: 'Preview' })).toContainText('What was done');
  await look();
  await vera.getByRole('button', { name: 'Save' }).last().click();
  await expect(heading(vera)).toHaveText('Numbers that answer at night');
  await expect(vera.getByRole('main')).toContainText('Nobody sees it but those who write it');
  await look();
  const draft = vera.url();
  for (const other of [ana, sead, ion]) expect((await other.goto(draft))?.status()).toBe(404);
  await vera.goto('/practices');
  await expect(vera.getByRole('listitem').filter({ hasText: 'Numbers that answer at night' })).toContainText('Draft');
  await ana.goto('/practices');
  await expect(ana.getByRole('main')).not.toContainText('Numbers that answer at night');

  await vera.goto(draft);
  await vera.getByText('Who writes it').click();
  await vera.getByLabel('Write it with').selectOption('Sead');
  await press(vera, 'Let them write');
  await sead.goto(draft);
  await sead.getByRole('link', { name: 'Edit this practice' }).click();
  await sead.getByLabel('Lessons').fill('Call in the evening.');
  await sead.getByRole('button', { name: 'Save' }).first().click();
  await expect(sead.getByRole('main')).toContainText('Call in the evening.');
  await sead.getByText('Who writes it').click();
  await look(sead);

  // Whoever publishes has seen what it says.
  await press(vera, 'Publish');
  await expect(vera).toHaveURL(draft);
  await expect(vera.getByRole('main')).toContainText('Call in the evening.');
  await press(vera, 'Publish');
  await expect(vera).toHaveURL(/\/practices\/numbers-that-answer-at-night$/);
  await expect(vera.getByRole('main')).not.toContainText('Nobody sees it');
  await look();
  await ion.goto(draft);
  await expect(ion).toHaveURL(vera.url());
  await expect(heading(ion)).toHaveText('Numbers that answer at night');
  await expect(ion.getByRole('link', { name: 'Edit this practice' })).toHaveCount(0);
  await ana.goto(vera.url());
  await expect(ana.getByRole('link', { name: 'Edit this practice' })).toBeVisible();
});

test('a challenge is named in Cyrillic, published and taken away again', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  const look = () => looked(ana, javaScriptEnabled);
  await administrator(ana, site);
  await ana.getByRole('button', { name: 'Српски' }).click();
  await ana.goto('/challenges/new');
  await expect(heading(ana)).toHaveText('Наведи изазов');
  await look();
  await ana.getByLabel('Наслов').fill('Нико се не јавља ноћу');
  await ana.getByLabel('Тек почиње да се показује').check();
  await ana.getByRole('button', { name: 'Сачувај' }).click();
  await expect(heading(ana)).toHaveText('Нико се не јавља ноћу');
  await look();
  await press(ana, 'Објави');
  await expect(ana).toHaveURL(/\/challenges\/niko-se-ne-javlja-nocu$/);
  await ana.getByRole('link', { name: 'Уреди изазов' }).click();
  await look();
  await press(ana, 'Уклони изазов');
  await expect(ana).toHaveURL(/\/challenges$/);
  await expect(ana.getByRole('main')).not.toContainText('Нико се не јавља ноћу');
});
