// Pictures of the main screens, from a server of our own: `node screenshots.mjs`, into shots/. `--readme` writes the
// two pictures of the README into docs/pictures/, and the one that stands for a page where it is shared.
import { chromium } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { root, start } from './serve.mjs';

const SCREENS = {
  home: '/',
  seminar: '/seminars/tirana-2016',
  programme: '/seminars/example/programme',
  session: '/seminars/tirana-2016/sessions/nrm-compared',
  practice: '/practices/guardian-pairs',
  search: '/search?q=children',
  comparison: '/seminars/tirana-2016/comparison',
  recommendation: '/recommendations/exa-1',
  glossary: '/glossary',
  'not-found': '/nothing-of-this-name',
};

const readme = process.argv.includes('--readme');
// What readers see, without what the tests bring.
const bundled = ['content/glossary', 'content/seminars/tirana-2016', 'content/seminars/example'].map((path) => join(root, path));
const server = await start({ paths: bundled });
const browser = await chromium.launch(launch);

async function picture(address, path, { width, height = 800, colorScheme = 'light', lang = 'en', whole = true }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce', deviceScaleFactor: readme ? 1 : width < 500 ? 2 : 1 });
  await page.goto(`${server.url}${address}${address.includes('?') ? '&' : '?'}lang=${lang}`, { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path, fullPage: whole });
  await page.close();
  console.log(path);
}

try {
  if (readme) {
    const out = join(root, 'docs/pictures');
    mkdirSync(out, { recursive: true });
    await picture(SCREENS.home, join(out, 'home.png'), { width: 1280, height: 860, whole: false });
    await picture(SCREENS.session, join(out, 'session.png'), { width: 1280, height: 860, whole: false });
    const page = await browser.newPage({ viewport: { width: 1200, height: 630 }, colorScheme: 'light' });
    await page.goto(server.url, { waitUntil: 'networkidle' });
    await page.evaluate(() => {
      const [mark, words] = [document.querySelector('.masthead__mark'), document.querySelector('h1').textContent];
      document.body.innerHTML = `<main class="cover"><div class="cover__inner"><div class="cover__text">${mark.outerHTML}<p class="cover__title">Plenary</p><p class="cover__lead">${words}</p></div></div></main>`;
      const style = (part, set) => Object.assign(document.querySelector(part).style, set);
      style('main', { height: '630px', display: 'grid', alignContent: 'center' });
      style('.masthead__mark', { width: '8rem', height: '8rem' });
      style('.cover__title', { fontSize: '9rem', fontWeight: '560' });
      style('.cover__lead', { fontSize: '2.1rem', maxInlineSize: 'none' });
    });
    const path = join(root, 'style/icons/share.png');
    await page.screenshot({ path });
    console.log(path);
  } else {
    const out = join(root, 'end2end/shots');
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    for (const [name, address] of Object.entries(SCREENS)) {
      for (const width of [1280, 360]) {
        for (const colorScheme of ['light', 'dark']) await picture(address, join(out, `${name}-${width}-${colorScheme}.png`), { width, height: width === 360 ? 740 : 800, colorScheme });
      }
    }
    await picture(SCREENS.session, join(out, 'session-mk-1280-light.png'), { width: 1280, lang: 'mk' });
    await picture(SCREENS.session, join(out, 'session-mk-360-light.png'), { width: 360, height: 740, lang: 'mk' });
    const page = await browser.newPage();
    for (const name of ['session', 'comparison']) {
      await page.goto(`${server.url}${SCREENS[name]}`, { waitUntil: 'networkidle' });
      const path = join(out, `${name}-print.pdf`);
      writeFileSync(path, await page.pdf({ format: 'A4', preferCSSPageSize: true }));
      const drawn = spawnSync('pdftoppm', ['-r', '70', '-png', path, path.replace('.pdf', '')]);
      console.log(drawn.error ? `${path} (pdftoppm would make pictures of it)` : path);
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
