// What is not public is nowhere. fixtures/hidden is a seminar of which some things are; every other one says
// "zzmarker" in its title, its summary, its text, its names. fixtures/draft is a seminar that is not open at all.
import { expect, type APIRequestContext, type APIResponse } from '@playwright/test';
import { test } from './pages.ts';
import { readFileSync, readdirSync } from 'node:fs';

const MARKER = /zzmarker/i;
const HIDDEN = '/seminars/hidden';

/** Everything that can be reached from home, the machines' addresses included. */
async function crawl(request: APIRequestContext, starts: string[], accept = 'en', most = 900) {
  const seen = new Map<string, { status: number; text: string }>();
  const next = [...starts];
  while (next.length > 0 && seen.size < most) {
    const some = next.splice(0, 8).filter((address) => !seen.has(address));
    await Promise.all([...new Set(some)].map(async (address) => {
      seen.set(address, { status: 0, text: '' });
      const answer = await request.get(address, { headers: { 'accept-language': accept }, maxRedirects: 0 });
      const text = await answer.text();
      seen.set(address, { status: answer.status(), text });
      if (!/html|xml/.test(answer.headers()['content-type'] ?? '')) return;
      for (const match of text.matchAll(/(?:href="|<loc>|<id>)([^"<]+)/g)) {
        const href = (match[1] ?? '').replaceAll('&amp;', '&').replace(/^http:\/\/127\.0\.0\.1:\d+/, '').split('#')[0] ?? '';
        // Languages and filters are not other things.
        if (!/^\/(?!\/)/.test(href) || href.startsWith('/assets/') || /[?&](lang|text|theme|country)=/.test(href)) continue;
        if (!seen.has(href)) next.push(href);
      }
    }));
  }
  return seen;
}

test('the fixtures hold what must not be seen, and what may @once', async ({ request }) => {
  const fixtures = new URL('../fixtures/', import.meta.url);
  const files = ['hidden', 'draft'].flatMap((folder) => readdirSync(new URL(`${folder}/`, fixtures), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile()).map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'));
  expect(files.filter((text) => MARKER.test(text)).length).toBeGreaterThan(15);
  for (const open of [HIDDEN, `${HIDDEN}/sessions/open-room`, `${HIDDEN}/materials/open-paper`, '/challenges/open-challenge', '/practices/open-practice', '/recommendations/hid-1', '/people/openda-visible', '/people/quietus-speaker']) {
    expect((await request.get(open)).status(), open).toBe(200);
  }
});

test('no page, feed, calendar, map of the site or answer for programs says anything of it @once', async ({ request }) => {
  test.setTimeout(120_000);
  const machines = ['/feed.xml', '/sitemap.xml', '/robots.txt', '/api/v1/openapi.json', `${HIDDEN}/programme.ics`, '/seminars/tirana-2016/programme.ics'];
  const described = await (await request.get('/api/v1/openapi.json')).json();
  const lists = Object.keys(described.paths).filter((path) => !path.includes('{')).map((path) => `/api/v1${path.replace(/^\/api\/v1/, '')}`);
  expect(lists.length).toBeGreaterThan(5);
  const api = [...lists, '/api/v1/seminars/hidden', '/api/v1/seminars/hidden/comparison', '/api/v1/seminars/hidden/materials',
    '/api/v1/seminars/hidden/sessions/open-room', '/api/v1/seminars/hidden/sessions/under-the-rule', '/api/v1/people/openda-visible',
    '/api/v1/people/quietus-speaker', '/api/v1/challenges/open-challenge', '/api/v1/practices/open-practice', '/api/v1/recommendations/hid-1',
    ...lists.map((list) => `${list}?most=1000&page=1&limit=1000`)];
  const seen = await crawl(request, ['/', '/people', '/search?q=closed', '/search?q=hidden&seminar=hidden', '/nothing', `${HIDDEN}/comparison`, ...machines, ...api]);
  expect(seen.size).toBeGreaterThan(250);
  const statuses = [...seen].filter(([, answer]) => answer.status >= 500).map(([address]) => address);
  expect(statuses, 'broken').toEqual([]);
  expect(seen.get(`${HIDDEN}/sessions/open-room`)?.text, 'the crawl came to the open room').toContain('The open room');
  const leaks = [...seen].filter(([address, answer]) => MARKER.test(answer.text) || MARKER.test(address)).map(([address, answer]) => {
    const at = answer.text.search(MARKER);
    return `${address}: …${answer.text.slice(Math.max(0, at - 80), at + 60)}…`;
  });
  expect(leaks).toEqual([]);
});

test('nor in the languages in which it also stands @once', async ({ request }) => {
  for (const lang of ['sq', 'sr-Cyrl', 'sr-Latn', 'mk']) {
    const starts = ['/', '/seminars', HIDDEN, `${HIDDEN}/programme`, `${HIDDEN}/people`, `${HIDDEN}/materials`, `${HIDDEN}/recommendations`, '/people', '/feed.xml', '/search?q=room'];
    for (const address of starts) {
      const text = await (await request.get(`${address}${address.includes('?') ? '&' : '?'}lang=${lang}`)).text();
      expect(text, `${lang} ${address}`).not.toMatch(/zzmarker|ззмаркер/i);
    }
  }
});

test('search neither finds nor counts nor suggests it @once', async ({ request }) => {
  const words = ['zzmarkerteam', 'zzmarkerteamword', 'zzmarkerparticipants', 'zzmarkermembers', 'zzmarkerdraft', 'zzmarkerfile', 'zzmarkerchatham', 'zzmarker', 'ззмаркертеам', 'Hiddenname', 'zzmarkerteam-theme', 'ZZMARKERTEAMORG', 'titulli zzmarkerteam'];
  for (const word of words) {
    for (const more of ['', '&most=50', '&seminar=hidden', '&seminar=draft', '&country=SM', '&theme=zzmarkerteam-theme']) {
      const answer = await (await request.get(`/api/v1/search?q=${encodeURIComponent(word)}${more}`)).json();
      const hits = answer.hits.filter((hit: object) => MARKER.test(JSON.stringify(hit)));
      expect(hits, `${word}${more}`).toEqual([]);
      // Of several words, those that are open find what they find without the marker, and nothing more is counted.
      const open = word.split(/[ -]/).filter((part) => !/marker|маркер|Hidden/i.test(part)).join(' ');
      const rest = open && await (await request.get(`/api/v1/search?q=${encodeURIComponent(word.endsWith(open) ? open : `${open} `)}${more}`)).json();
      expect(answer.total, `${word}${more}`).toBe(rest ? rest.total : 0);
    }
    const page = await (await request.get(`/search?q=${encodeURIComponent(word)}`)).text();
    expect(page.replaceAll(word, '').replaceAll(encodeURIComponent(word), ''), word).not.toMatch(MARKER);
  }
  // The whole of the seminar: only what is open is counted, in every facet.
  const page = await (await request.get('/search?q=&seminar=hidden')).text();
  expect(page).not.toMatch(/San Marino|value="SM"/);
  expect(page).not.toMatch(MARKER);
  const all = await (await request.get('/api/v1/search?q=&seminar=hidden&most=50')).json();
  expect(all.hits.map((hit: { address: string }) => hit.address.replace(/[?#].*/, '')).sort()).toEqual([
    '/challenges/open-challenge', '/people/openda-visible', '/people/quietus-speaker', '/practices/open-practice', '/recommendations/hid-1',
    HIDDEN, `${HIDDEN}/materials/open-paper`, `${HIDDEN}/sessions/open-room`, `${HIDDEN}/sessions/under-the-rule`,
  ].sort());
  expect(all.total).toBe(all.hits.length);
  const draft = await (await request.get('/api/v1/search?q=&seminar=draft')).json();
  expect(draft.total).toBe(0);
});

test('a word that only hidden things have changes no count and no order of the others @once', async ({ request }) => {
  const total = async (q: string) => (await (await request.get(`/api/v1/search?q=${encodeURIComponent(q)}`)).json()).total;
  expect(await total('zzmarkerteamword room')).toBe(await total('yynothingyy room'));
  expect(await total('closed thing')).toBe(await total('closed thing'));
});

test('under the Chatham House Rule nobody learns who spoke @once', async ({ page, request }) => {
  const session = await (await request.get(`${HIDDEN}/sessions/under-the-rule`)).text();
  expect(session).toContain('A talk under the rule');
  expect(session).not.toMatch(/Quietus|quietus-speaker/);
  const api = await (await request.get('/api/v1/seminars/hidden/sessions/under-the-rule')).text();
  expect(api).not.toMatch(/Quietus|quietus-speaker/);
  for (const address of ['/people/quietus-speaker', '/api/v1/people/quietus-speaker', `${HIDDEN}/people`, `/api/v1/seminars/${'hidden'}`]) {
    const text = await (await request.get(address)).text();
    if (address.endsWith('quietus-speaker')) expect(text, address).not.toMatch(/under-the-rule|A talk under the rule/);
    else expect(text, address).not.toMatch(/Quietus/);
  }
  const calendar = await (await request.get(`${HIDDEN}/programme.ics`)).text();
  expect(calendar).toContain('A talk under the rule');
  expect(calendar).not.toMatch(/Quietus/);
  const found = await (await request.get('/api/v1/search?q=Quietus&most=50')).json();
  expect(found.hits.map((hit: { address: string }) => hit.address)).toEqual(['/people/quietus-speaker']);
  await page.goto('/seminars/example/sessions/what-went-wrong');
  await expect(page.getByText('Chatham House Rule: what was said may be used')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/Jasenka|Brijestović/);
});

test('what answers a hidden thing, or is answered by one, does not say so @once', async ({ request }) => {
  const challenge = await (await request.get('/challenges/open-challenge')).text();
  expect(challenge).toContain('No practice answers this yet');
  const list = await (await request.get('/challenges')).text();
  const item = list.slice(list.indexOf('/challenges/open-challenge')).split('</li>')[0] ?? '';
  expect(item).toContain('No practice answers this yet');
  const materials = await (await request.get(`${HIDDEN}/programme`)).text();
  expect(materials).not.toMatch(/\d recommendations/);
});

/** What an answer says, without its own address and the number of the request. */
async function bare(answer: APIResponse, address: string) {
  const headers = Object.fromEntries(Object.entries(answer.headers()).filter(([name]) => !['date', 'x-request-id', 'etag', 'content-length'].includes(name)));
  const number = answer.headers()['x-request-id'] ?? '\0';
  return { status: answer.status(), headers, text: (await answer.text()).replaceAll(address, 'ADDRESS').replaceAll(number, 'NUMBER') };
}

const CLOSED = [
  '/seminars/draft', '/seminars/draft/programme', '/seminars/draft/people', '/seminars/draft/materials', '/seminars/draft/comparison',
  '/seminars/draft/recommendations', '/seminars/draft/programme.ics', '/seminars/draft/sessions/zzmarkerdraft-session',
  `${HIDDEN}/sessions/zzmarkerteam-room`, `${HIDDEN}/sessions/zzmarkerparticipants-room`, `${HIDDEN}/sessions/zzmarkermembers-room`,
  `${HIDDEN}/sessions/zzmarkerteam-former`, `${HIDDEN}/comparison`, `${HIDDEN}/materials/zzmarkerteam-paper`,
  `${HIDDEN}/materials/zzmarkerteam-inherits`, `${HIDDEN}/materials/zzmarkerparticipants-file`, `${HIDDEN}/materials/zzmarkermembers-link`,
  '/practices/zzmarkerteam-practice', '/challenges/zzmarkerparticipants-challenge', '/recommendations/zzmarkermembers-2',
  '/people/zzmarkermembers-person', '/people/zzmarkerteam-person', '/people/zzmarkerdraft-person', '/organisations/zzmarkerteam-organisation',
];

for (const closed of CLOSED) {
  test(`${closed} answers as if it had never been @once`, async ({ request }) => {
    const api = closed.endsWith('.ics') || /\/(programme|people)$/.test(closed) ? [] : [`/api/v1${closed}`];
    for (const address of [closed, ...api]) {
      // One of the same length that never was: the last part for most, the seminar where that is what is hidden.
      const other = /^(\/api\/v1)?\/seminars\/draft/.test(address) ? address.replace('/draft', '/qraft')
        : address.endsWith('/comparison') ? address.replace('/hidden/', '/qidden/') : address.replace(/[^/]+$/, (last) => `q${last.slice(1).replaceAll('zmarker', 'qmarker')}`);
      expect(other).not.toBe(address);
      for (const [method, headers] of [['GET', {}], ['HEAD', {}], ['GET', { 'accept-language': 'sq', 'accept-encoding': 'identity' }], ['POST', {}]] as const) {
        const here = await bare(await request.fetch(address, { method, headers, maxRedirects: 0 }), address);
        const there = await bare(await request.fetch(other, { method, headers, maxRedirects: 0 }), other);
        expect(here, `${method} ${address}`).toEqual(there);
        if (method === 'GET') expect(here.status).toBe(404);
      }
    }
  });
}

test('the address of a file is no help without leave to read it @once', async ({ request }) => {
  const files = await request.get('/files/00000000000000000000/zzmarkerfile-notes.txt');
  expect(files.status()).toBe(404);
  expect(await files.text()).not.toMatch(/notes of a closed room/);
});
