import { expect, type Page } from '@playwright/test';
import { administrator, heading, press, test } from './people.ts';
import { axe } from './pages.ts';

test.describe.configure({ timeout: 90_000 });
test.use({ seminars: ['tirana-2016'] });

const SEMINAR = '/seminars/tirana-2016';

/** Another site, which is not reached here. */
async function elsewhere(page: Page) {
  await page.route('https://www.wikipedia.org/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' }),
  );
}

/** Back, as often as there was a page: none shows anything. */
async function nothingBehind(page: Page, pages: number) {
  for (let back = 0; back < pages; back++) {
    await page.goBack();
    await expect(heading(page)).toHaveText('There is nothing here');
    await expect(page).toHaveTitle('…');
    await expect(page.locator('body')).not.toContainText(/Plenary|Seminar/);
  }
}

test('one leaves by the button, and "back" shows nothing', async ({ someone, javaScriptEnabled }) => {
  const mira = await someone();
  await elsewhere(mira);
  await mira.goto(SEMINAR);
  const title = await heading(mira).textContent();
  await mira.goto(`${SEMINAR}/programme`);
  // At hand wherever one is on the page, and in nobody's way at its end.
  const button = mira.getByRole('button', { name: 'Leave quickly' });
  await mira.getByText('Plenary keeps no record of any victim').scrollIntoViewIfNeeded();
  await expect(button).toBeInViewport();
  await button.click();
  await mira.waitForURL(/wikipedia/);
  await nothingBehind(mira, 2);
  if (javaScriptEnabled) expect((await axe(mira).analyze()).violations).toEqual([]);
  await press(mira, 'Go on');
  await expect(mira).toHaveURL(SEMINAR);
  await expect(heading(mira)).toHaveText(title ?? '');
});

test('Shift three times empties the page before the answer comes; capitals do not', async ({ someone, javaScriptEnabled }) => {
  const mira = await someone();
  await elsewhere(mira);
  await mira.goto(SEMINAR);
  await mira.goto('/search');
  const button = mira.getByRole('button', { name: 'Leave quickly' });
  if (!javaScriptEnabled) {
    // A key is a script: nothing is promised.
    await expect(button).not.toHaveAttribute('title');
    for (let time = 0; time < 3; time++) await mira.keyboard.press('Shift');
    await expect(mira).toHaveURL('/search');
    return;
  }
  await expect(button).toHaveAttribute('title', 'Or press Shift three times');
  await mira.getByRole('main').locator('input[name=q]').focus();
  for (const letter of ['N', 'G', 'O', ' ', 'A']) await mira.keyboard.press(`Shift+${letter}`);
  await expect(mira).toHaveURL('/search');
  // The browser is asked nothing while it waits: the page itself says what is on it then.
  let said: string[] = [];
  await mira.exposeFunction('report', (...says: string[]) => (said = says));
  await mira.evaluate(() => {
    const { report } = window as unknown as { report: (...says: string[]) => void };
    const seen = new MutationObserver(() => report(document.title, document.body.innerText));
    seen.observe(document.body, { childList: true });
  });
  // The network is as bad as it can be.
  let answered = () => {};
  const waits = new Promise<void>((go) => (answered = go));
  await mira.route('**/leave', async (route) => {
    await waits;
    await route.continue();
  });
  for (let time = 0; time < 3; time++) await mira.keyboard.press('Shift', { delay: 20 });
  await expect.poll(() => said).toEqual(['…', '']);
  answered();
  await mira.waitForURL(/wikipedia/);
  await nothingBehind(mira, 2);
});

test('@island the other pages that are open show nothing either, and keep what was typed', async ({ someone, site }) => {
  const mira = await someone();
  await elsewhere(mira);
  await administrator(mira, site);
  const other = await mira.context().newPage();
  await other.goto(`${SEMINAR}/door`);
  await other.getByLabel('Name').fill('Half a na');
  const title = await other.title();
  await mira.goto(SEMINAR);
  await mira.getByRole('button', { name: 'Leave quickly' }).click();
  await expect(other.locator('body')).toBeHidden();
  await expect(other).toHaveTitle('…');
  await mira.waitForURL(/wikipedia/);

  await mira.goto(SEMINAR);
  await mira.getByRole('button', { name: 'Go on' }).click();
  await expect(heading(mira)).not.toHaveText('There is nothing here');
  await expect(other.getByLabel('Name')).toHaveValue('Half a na');
  await expect(other).toHaveTitle(title);
});
