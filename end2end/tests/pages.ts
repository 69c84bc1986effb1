// An address for every kind of page, and what several journeys need.
import { AxeBuilder } from '@axe-core/playwright';
import { type Page, test as plain, type TestInfo } from '@playwright/test';

// Debian's browser crashes at its start now and then, one in some thousand times; that says nothing about a page, so it
// is started again. What happens after the start is a test's own.
export const test = plain.extend({
  browser: [
    async ({ playwright, browserName }, use) => {
      const start = () => playwright[browserName].launch();
      const browser = await start().catch(start).catch(start);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker', timeout: 0 },
  ],
});

export const TIRANA = '/seminars/tirana-2016';
export const EXAMPLE = '/seminars/example';
export const SESSION = `${TIRANA}/sessions/nrm-compared`;
export const PRACTICE = '/practices/guardian-pairs';

export const PAGES: Record<string, string> = {
  home: '/',
  seminars: '/seminars',
  'a seminar': TIRANA,
  'a seminar that is an example': EXAMPLE,
  'a programme without times': `${TIRANA}/programme`,
  'a programme with times and group work': `${EXAMPLE}/programme`,
  'a session': SESSION,
  'a session with a table and speakers': `${EXAMPLE}/sessions/group-work-support`,
  'a session under the Chatham House Rule': `${EXAMPLE}/sessions/what-went-wrong`,
  'the people of a seminar': `${EXAMPLE}/people`,
  'the materials of a seminar': `${EXAMPLE}/materials`,
  'a material that is a page': `${TIRANA}/materials/summary`,
  'a material that is a file': `${TIRANA}/materials/summary-as-text`,
  'a material that is a link': `${TIRANA}/materials/atina-summary`,
  'a comparison of three': `${TIRANA}/comparison`,
  'a comparison of four': `${EXAMPLE}/comparison`,
  'the recommendations of a seminar': `${EXAMPLE}/recommendations`,
  practices: '/practices',
  'a practice': PRACTICE,
  challenges: '/challenges',
  'a challenge': '/challenges/children-wait-for-a-guardian',
  recommendations: '/recommendations',
  'a recommendation with progress': '/recommendations/exa-1',
  people: '/people',
  'a person': '/people/zrinka-lavandic',
  'an organisation': '/organisations/example-centre-guardianship',
  glossary: '/glossary',
  'a term': '/glossary/begging',
  'search, not asked yet': '/search',
  'search with finds and filters': '/search?q=children&kind=session&kind=challenge',
  'search without finds': '/search?q=qqqqqqqq',
  'the gallery of pieces': '/dev/gallery',
  'not found': '/nothing-of-this-name',
};

/** The pages, some at a time: a test that opens one only costs more than what it does. */
export const SOME = Object.entries(PAGES).reduce<[string, string][][]>((groups, page, at) => {
  if (at % 8 === 0) groups.push([]);
  groups.at(-1)?.push(page);
  return groups;
}, []);

/** The rules of axe for a page. In its other mode axe opens a page of its own each time, to put the findings of frames
 * together; there are no frames here. */
export const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode();

/** What axe finds on a page, in light and in dark: there, by the rules whose answer depends on colours. */
export async function findings(page: Page) {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const rules = colorScheme === 'light' ? axe(page).withTags(TAGS) : axe(page).withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await rules.analyze();
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${colorScheme}: ${id}: ${html.slice(0, 200)}`)));
  }
  return found;
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Whether the window is narrow. */
export const isPhone = (info: TestInfo) => info.project.name.startsWith('phone');

/** A text without the spaces between its words. */
export const squeezed = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim();

/** Notes what a page does that it must not: dialogs, requests to others, breaches of the policy, errors; and its scripts,
 * but the one that every page of ours has. */
export async function watched(page: Page, url: string) {
  const host = new URL(url).host;
  const seen = { dialogs: [] as string[], foreign: [] as string[], breaches: [] as string[], errors: [] as string[], scripts: [] as string[] };
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) seen.breaches.push(message.text());
    else if (message.type() === 'error') seen.errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(error.message));
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (to.host === host && /^\/assets\/leave\.[0-9a-f]+\.js$/.test(to.pathname)) return;
    if (request.resourceType() === 'script' || request.url().endsWith('.wasm')) seen.scripts.push(request.url());
  });
  await page.route('**/*', (route) => {
    const to = new URL(route.request().url());
    if (to.host === host) return route.continue();
    seen.foreign.push(to.href);
    return route.abort();
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.warn(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return seen;
}
