import { expect } from '@playwright/test';
import { administrator, heading, invited, look as looked, press, test } from './people.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ seminars: ['tirana-2016'] });

const SEMINAR = '/seminars/tirana-2016';

test('an expert changes a cell, adds a row, and sees what was said before', async ({ someone, site, javaScriptEnabled }) => {
  const [ana, vera] = [await someone(), await someone()];
  const look = () => looked(vera, javaScriptEnabled);
  await administrator(ana, site);
  await invited(ana, vera, SEMINAR, 'Expert', 'Vera');
  await vera.goto(`${SEMINAR}/comparison`);
  await look();
  await vera.getByRole('link', { name: 'Edit the row: Role in the seminar' }).click();
  await expect(heading(vera)).toHaveText('Edit the row');
  await look();
  const albania = vera.getByRole('group', { name: 'Albania', exact: true });
  await albania.getByLabel('What is known').fill('Host, in Tirana, for two days');
  await albania.getByLabel('As of when').fill('');
  await albania.getByLabel('How sure').selectOption('Country not named');
  const both = vera.getByRole('group', { name: 'Bosnia & Herzegovina, Moldova' });
  await both.getByLabel('Albania').check();
  await press(vera, 'Save');
  await expect(vera.getByRole('alert')).toContainText('Another cell of this row says something of this country already');
  await expect(albania.getByLabel('What is known')).toHaveValue('Host, in Tirana, for two days');
  await look();
  await both.getByLabel('Albania').uncheck();
  await press(vera, 'Save');
  await expect(vera.getByRole('table')).toContainText('Host, in Tirana, for two days');
  await vera.getByRole('link', { name: 'Edit the row: Role in the seminar' }).click();
  const before = vera.getByRole('region', { name: 'What it said before' });
  await expect(before).toContainText('Vera');
  await expect(before).toContainText('Host, in Tirana. National authorities');
  await look();

  await vera.goto(`${SEMINAR}/comparison`);
  await vera.getByRole('link', { name: 'Add a row' }).click();
  await vera.getByLabel('What is compared').fill('Shelters');
  await vera.getByRole('group', { name: 'Moldova' }).getByLabel('What is known').fill('Seven');
  await press(vera, 'Save');
  const row = vera.getByRole('row').filter({ hasText: 'Shelters' });
  await expect(row).toContainText('Seven');
  await expect(row).toContainText('Nothing is recorded for Albania yet');
  await row.getByRole('link', { name: 'Edit the row' }).click();
  await press(vera, 'Take the row away');
  await expect(vera.getByRole('table')).not.toContainText('Shelters');
  await vera.getByRole('link', { name: 'Edit the comparison' }).click();
  await vera.getByLabel('Title').fill('Side by side');
  await look();
  await press(vera, 'Save');
  await expect(heading(vera)).toHaveText('Side by side');
});
