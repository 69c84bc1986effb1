import { expect } from '@playwright/test';
import { TIRANA } from './pages.ts';
import { administrator, look, press, test } from './people.ts';

test.describe.configure({ timeout: 90_000 });

test('who is in is found by a part of the name, by the keys alone, and is still found when a seat was taken away', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto(`${TIRANA}/door`);
  for (const name of ['Đorđe Đorđević', 'Đorđa Petrović', 'Mira', 'Ion', 'Sanja', 'Elira']) {
    await ana.getByLabel('Name', { exact: true }).fill(name);
    await press(ana, 'Give a seat');
  }
  const seats = ana.locator('#who ~ ul > li');
  await expect(seats).toHaveCount(6);
  await expect(seats.first()).toContainText('Elira');

  await ana.getByLabel('Find a name').fill('djordj');
  await ana.keyboard.press('Tab');
  await ana.keyboard.press('Tab');
  await ana.keyboard.press('Tab');
  await ana.getByLabel('In order of').selectOption('name');
  await ana.keyboard.press('Tab');
  await ana.keyboard.press('Enter');
  await expect(seats).toHaveCount(2);
  await expect(seats.first()).toContainText('Đorđa Petrović');
  await expect(ana.getByRole('status')).toContainText('Found: 2 of 6.');
  await look(ana, javaScriptEnabled);

  await press(ana, 'Take the seat away: Đorđa Petrović');
  await expect(seats).toHaveCount(1);
  await expect(ana.getByLabel('Find a name')).toHaveValue('djordj');
  await ana.getByRole('link', { name: 'Show all' }).click();
  await expect(seats).toHaveCount(5);
  expect(new URL(ana.url()).search).toBe('');

  await ana.goto(`${TIRANA}/door?lang=sr-Cyrl`);
  await look(ana, javaScriptEnabled);
});
