import { expect, type Page } from '@playwright/test';
import { administrator, heading, press, test } from './people.ts';
import { axe } from './pages.ts';

test.describe.configure({ timeout: 90_000 });
test.use({ seminars: ['example'] });

const SESSION = '/seminars/example/sessions/four-systems-side-by-side';

/** For whom it is now. */
const now = (page: Page) => page.getByRole('group', { name: 'Who may see it', exact: true });

test('a session is hidden, and shown again', async ({ someone, site, javaScriptEnabled }) => {
  const [ana, nobody] = [await someone(), await someone()];
  await administrator(ana, site);
  await nobody.goto(SESSION);
  const title = await heading(nobody).textContent();
  await ana.goto('/seminars/example');
  await ana.getByRole('link', { name: 'Who may see what' }).first().click();
  await ana.getByRole('link', { name: title ?? '' }).click();
  // axe is a script of its own.
  if (javaScriptEnabled) expect((await axe(ana).analyze()).violations).toEqual([]);
  // By keys alone: down to the team, and saved.
  await now(ana).getByRole('radio', { name: /As what it lies in/ }).focus();
  await ana.keyboard.press('ArrowUp');
  await expect(ana.getByRole('radio', { name: /^The team:/ })).toBeChecked();
  await ana.keyboard.press('Enter');
  await expect(ana.getByText('Who may see it: The team:')).toBeVisible();
  await nobody.reload();
  await expect(heading(nobody)).toHaveText('The line stops here');
  await ana.goto('/seminars/example/protection');
  await expect(ana.getByText('Set here: an import leaves it so.')).toHaveCount(1);
  await ana.getByRole('link', { name: title ?? '' }).click();
  await press(ana, 'Take it back: as the files say (Everybody)');
  await nobody.reload();
  await expect(heading(nobody)).toHaveText(title ?? '');
});

test('slides wait for their moment, and a plan is given up', async ({ someone, site, javaScriptEnabled }) => {
  const [ana, nobody] = [await someone(), await someone()];
  await administrator(ana, site);
  const slides = '/seminars/example/materials/slides-four-systems';
  await ana.goto('/seminars/example/protection/material/slides-four-systems');
  // The session is over: there is nothing to wait for but a day of one's own.
  await expect(ana.getByRole('radio', { name: /^When the session is over/ })).toHaveCount(0);
  await ana.getByLabel('Day', { exact: true }).fill('2020-01-31');
  await ana.getByLabel('Time', { exact: true }).fill('10:30');
  const then = ana.getByRole('group', { name: 'Who may see it from then on' });
  await then.getByRole('radio', { name: 'Those who take part in the seminar' }).check();
  await press(ana, 'Plan it');
  await expect(ana.getByRole('alert')).toContainText('This has passed: choose a later time');
  await expect(ana.getByLabel('Time', { exact: true })).toHaveValue('10:30');
  await expect(then.getByRole('radio', { name: 'Those who take part in the seminar' })).toBeChecked();
  if (javaScriptEnabled) expect((await axe(ana).analyze()).violations).toEqual([]);
  await ana.getByLabel('Day', { exact: true }).fill('2999-01-31');
  await ana.getByLabel('Day', { exact: true }).press('Enter');
  await expect(ana.getByText('Who may see it: The team, and observers such as interpreters')).toBeVisible();
  await expect(ana.getByText(/^Then: Those who take part in the seminar .*31 January 2999, 10:30/).first()).toBeVisible();
  await nobody.goto(slides);
  await expect(heading(nobody)).toHaveText('The line stops here');
  await press(ana, 'Give the plan up, and leave it as it is');
  await expect(ana.getByText(/^Then: /)).toHaveCount(0);
  await expect(ana.getByRole('radio', { name: /^The team, and observers/ })).toBeChecked();
  await press(ana, 'Take it back: as the files say (Everybody)');
  await nobody.reload();
  await expect(heading(nobody)).toHaveText('Slides: four systems side by side');
});

test('two who change it at once: the second is told and sees what holds', async ({ someone, site }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto('/seminars/example/protection/session/four-systems-side-by-side');
  // Whoever has chosen nothing yet is shown what holds by then.
  await now(ana).getByRole('radio', { name: /^Everybody who has an account/ }).check();
  const again = await ana.context().newPage();
  await again.goto('/seminars/example/protection/session/four-systems-side-by-side');
  await again.getByRole('radio', { name: /^The team:/ }).check();
  await press(again, 'Save');
  await press(ana, 'Save');
  await expect(ana.getByRole('alert')).toContainText('Somebody changed this meanwhile');
  await expect(ana.getByRole('radio', { name: /^The team:/ })).toBeChecked();
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
