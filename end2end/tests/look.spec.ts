import { expect } from '@playwright/test';
import { PRACTICE, SESSION, SOME, TIRANA, test } from './pages.ts';

// 640 is a laptop of 1280 at 200%.
const WIDTHS = [320, 360, 640, 768, 1280, 1600];

/** How much wider than the window the page is, and what makes it so. */
const tooWide = () => {
  const most = document.documentElement.clientWidth;
  const contained = (element: Element): boolean => {
    const parent = element.parentElement;
    if (!parent || parent === document.body) return false;
    return getComputedStyle(parent).overflowX !== 'visible' || contained(parent);
  };
  const over = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > most + 1 && !contained(element);
  });
  // Two of the same: what is cut off at the edge of the body cannot be scrolled to, and is lost.
  const by = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - most;
  return { by, what: over.slice(-3).map((element) => element.outerHTML.slice(0, 160)) };
};

for (const some of SOME) {
  test(`nothing is wider than the window, from ${some[0]?.[0]} to ${some.at(-1)?.[0]} @once`, async ({ page }) => {
    test.setTimeout(90_000);
    for (const [name, address] of some) {
      // The longest words are not the English ones.
      for (const [lang, widths] of [['en', WIDTHS], ['mk', [320, 768]], ['ro', [320]]] as const) {
        await page.goto(`${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          const { by, what } = await page.evaluate(tooWide);
          expect.soft({ by, what }, `${name} (${address}), ${lang}, ${width}`).toEqual({ by: 0, what: [] });
        }
      }
    }
  });
}

for (const [name, address] of [['home', '/'], ['a session', SESSION], ['a practice', PRACTICE], ['search', '/search?q=children'], ['a seminar', TIRANA], ['the comparison', `${TIRANA}/comparison`], ['the glossary', '/glossary']] as const) {
  test(`nothing of ${name} moves while it is loaded @look`, async ({ page }) => {
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // Fonts come late, as they do on a bad network.
    await page.route('**/*.woff2', async (route) => {
      await new Promise((done) => setTimeout(done, 400));
      await route.continue();
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(200);
    const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, shift) => sum + shift, 0), `moved by ${shifts.join(', ')}`).toBe(0);
  });
}

test('whoever asks for less motion gets none @once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const address of ['/', SESSION, '/search?q=children']) {
    await page.goto(address);
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
      const style = getComputedStyle(element);
      const long = (times: string) => times.split(',').some((time) => parseFloat(time) * (time.includes('ms') ? 1 : 1000) > 10);
      return (style.animationName !== 'none' && long(style.animationDuration)) || long(style.transitionDuration);
    }).map((element) => element.outerHTML.slice(0, 80)));
    expect(moving, address).toEqual([]);
  }
});

test('what one presses is large enough for a thumb @look', async ({ page }, info) => {
  test.skip(!info.project.name.startsWith('phone'), 'thumbs are for phones');
  await page.goto('/search?q=children&kind=session');
  for (const button of await page.getByRole('button').filter({ visible: true }).all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.height ?? 0, box?.width ?? 0), (await button.textContent()) ?? '').toBeGreaterThanOrEqual(24);
  }
});

test('dark is dark, and light is light @look', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(SESSION);
    const ground = await page.locator('body').evaluate((body) => {
      const of = (element: Element) => getComputedStyle(element).backgroundColor;
      return of(body) === 'rgba(0, 0, 0, 0)' ? of(document.documentElement) : of(body);
    });
    const lightness = Math.max(...(ground.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number));
    if (colorScheme === 'dark') expect(lightness, ground).toBeLessThan(80);
    else expect(lightness, ground).toBeGreaterThan(200);
  }
});
