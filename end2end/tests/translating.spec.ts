import { expect, type Page } from '@playwright/test';
import { EXAMPLE } from './pages.ts';
import { administrator, look, press, test } from './people.ts';

test.use({ seminars: ['example'] });
test.describe.configure({ timeout: 90_000 });

// The form has the same buttons above and below.
const first = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).first().click();

test('a session is translated beside its original, read in that language, and told when the original changes', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto(`${EXAMPLE}/sessions/opening/edit`);
  await ana.getByRole('link', { name: 'Translations', exact: true }).last().click();
  const session = ana.locator('#session-opening');
  await expect(session).toContainText('Albanian: not translated');
  await look(ana, javaScriptEnabled);

  await session.getByRole('link', { name: 'Albanian' }).click();
  await expect(ana.getByRole('heading', { level: 1 })).toHaveText('Translation: Albanian');
  await expect(ana.locator('.original').first()).toContainText('Opening');
  await look(ana, javaScriptEnabled);
  // Without a title it is none, and nothing that was typed is lost.
  await ana.getByLabel('Text (Albanian)').fill('Pse **takohemi** këtu.');
  await first(ana, 'Save');
  await expect(ana.getByRole('alert')).toContainText('Title');
  await ana.getByLabel('Title', { exact: true }).fill('Hapja e takimit');
  await first(ana, 'Preview');
  await expect(ana.getByRole('region', { name: 'Preview' }).locator('strong')).toHaveText('takohemi');
  await first(ana, 'Save');
  await expect(session).toContainText('Albanian: translated');

  const reader = await someone();
  await reader.goto(`${EXAMPLE}/sessions/opening?lang=sq`);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Hapja e takimit');
  await expect(reader.locator('.prose strong')).toHaveText('takohemi');

  await ana.goto(`${EXAMPLE}/sessions/opening/edit`);
  await ana.getByLabel('Summary').fill('What the opening was for.');
  await first(ana, 'Save');
  await ana.goto(`${EXAMPLE}/translations?lang=sr-Cyrl`);
  await expect(session).toContainText('албански: оригинал је измењен');
  await look(ana, javaScriptEnabled);
});

test('who answers for the site is set in the browser and stands on the privacy page', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto('/account');
  await ana.getByRole('link', { name: 'Settings of the site' }).click();
  await ana.getByLabel('Who answers for people’s data').fill('Ana Hoxha, ana@example.org');
  await ana.getByLabel('Where “leave quickly” leads').fill('nowhere');
  await press(ana, 'Save');
  await expect(ana.getByRole('alert')).toContainText('leave quickly');
  await expect(ana.getByLabel('Who answers for people’s data')).toHaveValue('Ana Hoxha, ana@example.org');
  await look(ana, javaScriptEnabled);
  await ana.getByLabel('Where “leave quickly” leads').fill('');
  await press(ana, 'Save');
  const reader = await someone();
  await reader.goto('/privacy');
  await expect(reader.getByRole('main')).toContainText('Ana Hoxha, ana@example.org');
});
