import { expect } from '@playwright/test';
import { administrator, heading, look, press, test } from './people.ts';
import { squeezed } from './pages.ts';

test('an administrator looks at what would go, and keeps to it', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.getByRole('complementary').getByRole('link', { name: 'How long people’s data is kept' }).click();
  await expect(heading(ana)).toHaveText('How long people’s data is kept');
  await look(ana, javaScriptEnabled);
  await ana.getByLabel('Accounts that nobody uses').selectOption('24 months');
  await press(ana, 'Show what would go');
  await expect(ana.getByRole('heading', { name: 'What would go by these periods' })).toBeVisible();
  await expect(ana.getByText('It is now “For as long as nobody takes it away”.')).toBeVisible();
  await look(ana, javaScriptEnabled);
  await press(ana, 'Keep to these periods');
  await expect(ana.getByRole('heading', { name: 'What goes now' })).toBeVisible();
  await expect(ana.getByLabel('Accounts that nobody uses')).toHaveValue('24');
  await ana.goto('/privacy');
  expect(squeezed(await ana.getByRole('main').textContent())).toContain('when nobody has used it for 24 months');
});
