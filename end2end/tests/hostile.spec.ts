// Every payload of hostile-xss, imported by `plenary import` as the text of a material, opened in the browser.
import { expect } from '@playwright/test';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { folder } from '../fixtures/hostile.mjs';
import { squeezed, watched, test } from './pages.ts';

// The recorder of traces fetches pictures itself, which the policy rightly stops.
test.use({ trace: 'off' });

const made = existsSync(fileURLToPath(new URL('../fixtures/hostile/seminar.md', import.meta.url)));
const files = made ? readdirSync(`${folder}/materials`).sort() : [];

test('there are hostile texts @once', () => {
  test.skip(!made, 'no hostile payloads here: set PLENARY_TEST_DATA to the folder that holds hostile-xss/');
  expect(files.length).toBeGreaterThan(15);
});

const nothing = { dialogs: [], foreign: [], breaches: [], errors: [], scripts: [] };

/** What of a page could run, frame, style, ask or lead astray. */
const survivors = () => {
  const bad: string[] = [];
  const say = (what: string, element: Element) => bad.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
  const prose = [...document.querySelectorAll('.prose')];
  for (const element of prose.flatMap((part) => [...part.querySelectorAll('*')])) {
    const name = element.localName;
    if (['script', 'style', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'form', 'button', 'textarea', 'select', 'option', 'isindex', 'keygen', 'link', 'meta', 'base', 'svg', 'math', 'template', 'noscript', 'xml', 'marquee', 'video', 'audio', 'source', 'portal', 'dialog', 'slot', 'body', 'html', 'head', 'title', 'plaintext', 'xmp', 'canvas'].includes(name) || name.includes('-')) say('element', element);
    if (name === 'input' && !(element.getAttribute('type') === 'checkbox' && element.hasAttribute('disabled'))) say('input', element);
  }
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (/^on/i.test(name)) say('handler', element);
      if (name === 'style' || name === 'srcdoc' || name === 'formaction' || name === 'srcset' || name === 'ping' || name === 'background' || name === 'http-equiv') say(name, element);
      // eslint-disable-next-line no-control-regex
      const address = value.replace(/[\u0000-\u0020\u00a0\u200b-\u200f\u2028\u2029]/g, '').toLowerCase();
      if (['href', 'src', 'action', 'xlink:href', 'cite', 'poster', 'data', 'longdesc', 'usemap', 'codebase', 'lowsrc', 'dynsrc'].includes(name)) {
        if (/^(javascript|vbscript|data|livescript|mocha|file|blob|feed|view-source|jar|ms-its|mhtml|res|filesystem|about):/.test(address)) say(name, element);
      }
      if (element.closest('.prose') && name === 'target') say('target', element);
      if (element.parentElement?.closest('.prose') && name === 'class' && !/^(prose__|footnote|task-list|contains-task)/.test(value)) say('class', element);
    }
  }
  return bad;
};

for (const part of [0, 1, 2, 3]) {
  const some = files.filter((_, at) => at % 4 === part);
  test(`nothing of them runs, and nothing leaves: part ${part + 1} of 4 @once`, async ({ page, baseURL }) => {
    test.skip(!made, 'no hostile payloads here');
    test.setTimeout(60_000);
    const seen = await watched(page, baseURL ?? '');
    for (const file of some) {
      const address = `/seminars/hostile/materials/${file.replace('.md', '')}`;
      const answer = await page.goto(address, { waitUntil: 'load' });
      expect(answer?.status(), file).toBe(200);
      expect.soft(await page.evaluate(survivors), file).toEqual([]);
      // The frame of the page is whole: no payload closed anything of ours.
      await expect(page.getByRole('heading', { level: 1 }), file).toHaveCount(1);
      await expect(page.locator('body > footer.foot'), file).toHaveCount(1);
      await expect(page.locator('main .prose'), file).toHaveCount(1);
      // Nothing was swallowed but what nothing can end.
      const written = readFileSync(`${folder}/materials/${file}`, 'utf8').match(/^## Payload \d+$/gm)?.length ?? 0;
      const there = await page.locator('.prose').getByRole('heading', { name: /^Payload \d+/ }).count();
      expect.soft(there, `${file}: payloads that are on the page`).toBeGreaterThanOrEqual(written - 1);
      // A press on whatever can be pressed runs nothing either.
      await page.evaluate(() => {
        document.addEventListener('click', (event) => event.preventDefault(), { capture: true });
        for (const element of document.querySelectorAll<HTMLElement>('.prose *')) {
          for (const type of ['mouseover', 'mouseenter', 'focus', 'pointerdown', 'animationend', 'toggle', 'error', 'load']) element.dispatchEvent(new Event(type, { bubbles: true }));
          element.click?.();
        }
      });
      await page.waitForTimeout(50);
      expect(new URL(page.url()).pathname).toBe(address);
      expect.soft(seen.breaches.splice(0), `${file}: what the policy had to stop`).toEqual([]);
    }
    // A picture that is not there is an error of nobody.
    expect({ ...seen, errors: seen.errors.filter((error) => !/status of 404/.test(error)) }).toEqual(nothing);
  });
}

test('hostile names and summaries are words like any others @once', async ({ page, baseURL }) => {
  test.skip(!made, 'no hostile payloads here');
  const seen = await watched(page, baseURL ?? '');
  for (const address of ['/seminars', '/seminars/hostile', '/seminars/hostile/programme', '/seminars/hostile/materials', '/seminars/hostile/materials/payloads-0', '/search?q=hostile', '/search?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E']) {
    await page.goto(address);
    expect(await page.evaluate(survivors), address).toEqual([]);
    expect(await page.locator('script:not([type="application/ld+json"]):not([src^="/assets/"])').count(), address).toBe(0);
    for (const data of await page.locator('script[type="application/ld+json"]').allTextContents()) JSON.parse(data);
    await expect(page.getByRole('contentinfo')).toHaveCount(1);
  }
  await page.goto('/seminars/hostile');
  expect(squeezed(await page.getByRole('heading', { level: 1 }).textContent())).toBe('Hostile texts "><img src=x onerror=alert(1)></title><script>alert(2)</script>');
  expect({ ...seen, scripts: [], errors: seen.errors.filter((error) => !/status of 404/.test(error)) }).toEqual(nothing);
  for (const address of ['/feed.xml', '/sitemap.xml']) {
    const text = await (await page.request.get(address)).text();
    const error = await page.evaluate((xml) => new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent ?? null, text);
    expect(error, address).toBeNull();
  }
});
