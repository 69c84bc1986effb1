import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { SOME } from './pages.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const some of SOME) {
  test(`axe finds nothing from ${some[0]?.[0]} to ${some.at(-1)?.[0]} @look`, async ({ page }) => {
    test.setTimeout(90_000);
    for (const [name, address] of some) {
      await page.goto(address);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
        const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
        expect.soft(found, `${name} (${address}), ${colorScheme}`).toEqual([]);
      }
    }
  });
}

for (const lang of ['sr-Cyrl', 'sq']) {
  test(`axe finds nothing on pages in ${lang} @look`, async ({ page }) => {
    for (const address of ['/', '/seminars/tirana-2016/sessions/nrm-compared', '/seminars/example/comparison', '/glossary/begging']) {
      await page.goto(`${address}?lang=${lang}`);
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      expect.soft(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)), address).toEqual([]);
    }
  });
}

test('axe finds nothing while suggestions are open @island', async ({ page }) => {
  await page.goto('/search');
  await page.waitForLoadState('networkidle');
  await page.getByRole('combobox').pressSequentially('guardian');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('axe finds nothing while the menu of a phone is open @look', async ({ page }, info) => {
  test.skip(!info.project.name.startsWith('phone'), 'a laptop has no menu');
  await page.goto('/');
  await page.getByText('Menu', { exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
    expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), colorScheme).toEqual([]);
  }
});
