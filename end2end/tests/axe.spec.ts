import { expect } from '@playwright/test';
import { findings, SOME, test } from './pages.ts';

for (const some of SOME) {
  test(`axe finds nothing from ${some[0]?.[0]} to ${some.at(-1)?.[0]} @look`, async ({ page }) => {
    test.setTimeout(90_000);
    for (const [name, address] of some) {
      await page.goto(address);
      expect.soft(await findings(page), `${name} (${address})`).toEqual([]);
    }
  });
}

for (const lang of ['sr-Cyrl', 'sq']) {
  test(`axe finds nothing on pages in ${lang} @look`, async ({ page }) => {
    for (const address of ['/', '/seminars/tirana-2016/sessions/nrm-compared', '/seminars/example/comparison', '/glossary/begging']) {
      await page.goto(`${address}?lang=${lang}`);
      expect.soft(await findings(page), address).toEqual([]);
    }
  });
}

test('axe finds nothing while suggestions are open @island', async ({ page }) => {
  await page.goto('/search');
  await page.waitForLoadState('networkidle');
  await page.getByRole('combobox').pressSequentially('guardian');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  expect(await findings(page)).toEqual([]);
});

test('axe finds nothing while the menu of a phone is open @look', async ({ page }, info) => {
  test.skip(!info.project.name.startsWith('phone'), 'a laptop has no menu');
  await page.goto('/');
  await page.getByText('Menu', { exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});
