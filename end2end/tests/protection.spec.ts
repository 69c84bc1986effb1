import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { administrator, heading, press, test } from './people.ts';

test.describe.configure({ timeout: 90_000 });
test.use({ seminars: ['example'] });

const SESSION = '/seminars/example/sessions/four-systems-side-by-side';

test('a session is hidden, and shown again', async ({ someone, site, javaScriptEnabled }) => {
  const [ana, nobody] = [await someone(), await someone()];
  await administrator(ana, site);
  await nobody.goto(SESSION);
  const title = await heading(nobody).textContent();
  await ana.goto('/seminars/example');
  await ana.getByRole('link', { name: 'Who may see what' }).first().click();
  await ana.getByRole('link', { name: title ?? '' }).click();
  // axe is a script of its own.
  if (javaScriptEnabled) expect((await new AxeBuilder({ page: ana }).analyze()).violations).toEqual([]);
  // By keys alone: down to the team, and saved.
  await ana.getByRole('radio', { name: /As what it lies in/ }).focus();
  await ana.keyboard.press('ArrowUp');
  await expect(ana.getByRole('radio', { name: /^The team/ })).toBeChecked();
  await ana.keyboard.press('Enter');
  await expect(ana.getByText('Who may see it: The team')).toBeVisible();
  await nobody.reload();
  await expect(heading(nobody)).toHaveText('The line stops here');
  await ana.goto('/seminars/example/protection');
  await expect(ana.getByText('Set here: an import leaves it so.')).toHaveCount(1);
  await ana.getByRole('link', { name: title ?? '' }).click();
  await press(ana, 'Take it back: as the files say (Everybody)');
  await nobody.reload();
  await expect(heading(nobody)).toHaveText(title ?? '');
});

test('two who change it at once: the second is told and sees what holds', async ({ someone, site }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto('/seminars/example/protection/session/four-systems-side-by-side');
  const again = await ana.context().newPage();
  await again.goto('/seminars/example/protection/session/four-systems-side-by-side');
  await again.getByRole('radio', { name: /^The team/ }).check();
  await press(again, 'Save');
  await ana.getByRole('radio', { name: /^Everybody who has an account/ }).check();
  await press(ana, 'Save');
  await expect(ana.getByRole('alert')).toContainText('Somebody changed this meanwhile');
  await expect(ana.getByRole('radio', { name: /^The team/ })).toBeChecked();
});

test('the Chatham House Rule goes on and off, and the screens follow', async ({ someone, site }) => {
  const [ana, nobody] = [await someone(), await someone()];
  await administrator(ana, site);
  await nobody.goto(SESSION);
  const speaker = nobody.getByRole('main').getByText('Radivoje Dunjić-Senica');
  await expect(speaker).not.toHaveCount(0);
  await ana.goto('/seminars/example/protection/session/four-systems-side-by-side');
  await expect(ana.getByText('Radivoje Dunjić-Senica')).toBeVisible();
  await expect(ana.getByText('What has left already cannot be taken back')).toBeVisible();
  await press(ana, 'Turn it on');
  await expect(ana.getByRole('button', { name: 'Turn it off' })).toBeVisible();
  await nobody.reload();
  await expect(speaker).toHaveCount(0);
  await nobody.goto('/people/radivoje-dunjic-senica');
  await expect(nobody.locator(`a[href="${SESSION}"]`)).toHaveCount(0);
  await press(ana, 'Turn it off');
  await nobody.reload();
  await expect(nobody.locator(`a[href="${SESSION}"]`)).not.toHaveCount(0);
});
