// Lighthouse (mobile) on five pages, from a server of our own; `npm run lighthouse`. Measure a release build:
// PLENARY_BINARY=../target/release/plenary. Fails where a page is under its goal.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { flags, found } from './browser.mjs';
import { freePort, root, start } from './serve.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const entry = join(here, 'lighthouse/node_modules/lighthouse/core/index.js');
if (!existsSync(entry)) {
  console.error('lighthouse is not installed: npm run lighthouse does it');
  process.exit(2);
}
const { default: lighthouse } = await import(pathToFileURL(entry).href);

const PAGES = {
  home: '/',
  session: '/seminars/tirana-2016/sessions/nrm-compared',
  practice: '/practices/guardian-pairs',
  search: '/search',
  finds: '/search?q=children',
};
const GOALS = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };

const bundled = ['content/glossary', 'content/seminars/tirana-2016', 'content/seminars/example'].map((path) => join(root, path));
const server = await start({ paths: bundled });
const port = await freePort();
const browser = await chromium.launch({ executablePath: found(), args: [...flags, `--remote-debugging-port=${port}`] });
const out = join(here, 'lighthouse/report');
mkdirSync(out, { recursive: true });
const rows = [];
let under = 0;
try {
  for (const [name, address] of Object.entries(PAGES)) {
    const result = await lighthouse(`${server.url}${address}`, { port, output: 'html', logLevel: 'error', onlyCategories: Object.keys(GOALS) });
    if (!result) throw new Error(`lighthouse said nothing of ${name}`);
    writeFileSync(join(out, `${name}.html`), String(result.report));
    const row = { page: name };
    for (const [category, goal] of Object.entries(GOALS)) {
      const score = Math.round((result.lhr.categories[category]?.score ?? 0) * 100);
      row[category] = score < goal ? `${score} (goal ${goal})` : score;
      if (score >= goal) continue;
      under += 1;
      const lost = result.lhr.categories[category].auditRefs.map(({ id, weight }) => ({ weight, ...result.lhr.audits[id] }))
        .filter(({ score, weight }) => weight > 0 && score !== null && score < 0.9);
      for (const audit of lost) console.log(`${name}, ${category}: ${audit.id} ${audit.displayValue ?? ''} (${audit.title})`);
    }
    rows.push(row);
  }
} finally {
  await browser.close();
  await server.stop();
}
console.table(rows);
process.exit(under > 0 ? 1 : 0);
