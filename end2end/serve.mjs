// Serves the real binary on an empty data folder: `node serve.mjs --port 4000`. Imports the bundled content and the
// fixtures, says "ready", and takes the folder away when it ends.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, '..');

/** The program under test. */
export function binary() {
  const at = resolve(process.env.PLENARY_BINARY ?? join(root, 'target/debug/plenary'));
  if (!existsSync(at)) throw new Error(`there is no ${at}: build it (make site && cargo build), or set PLENARY_BINARY`);
  return at;
}

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** What is imported: the bundled content, and what the tests bring. */
export function folders() {
  const fixtures = join(here, 'fixtures');
  const ours = ['hidden', 'draft', 'hostile'].map((name) => join(fixtures, name)).filter((path) => existsSync(join(path, 'seminar.md')));
  const bundled = ['content/glossary', 'content/seminars/tirana-2016', 'content/seminars/example'];
  return [...bundled.map((path) => join(root, path)), ...ours];
}

/** Starts a server of its own; ends with `stop()`. */
export async function start({ port, paths = folders(), quiet = true, room = false } = {}) {
  port ??= await freePort();
  const data = mkdtempSync(join(tmpdir(), 'plenary-end2end-'));
  const program = binary();
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', RUST_BACKTRACE: '1' };
  const imported = spawnSync(program, ['import', '--data', data, ...paths], { env, encoding: 'utf8' });
  if (imported.status !== 0) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`plenary import failed:\n${imported.stdout}${imported.stderr}`);
  }
  let url = `http://127.0.0.1:${port}`;
  const server = spawn(program, ['serve', '--data', data, '--addr', `127.0.0.1:${port}`, ...(room ? ['--room'] : [])], {
    env, stdio: ['ignore', 'pipe', quiet ? 'ignore' : 'inherit'],
  });
  // What the console says first: the link for the first administrator stands there.
  let said = '';
  server.stdout.on('data', (text) => {
    if (said.length < 4000) said += text;
    if (!quiet) process.stdout.write(text);
  });
  let ended = false;
  const gone = new Promise((done) => server.once('exit', () => done((ended = true))));
  const stop = async () => {
    server.kill('SIGTERM');
    await Promise.race([gone, new Promise((done) => setTimeout(done, 3000))]);
    if (!ended) server.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries++) {
    if (ended) throw new Error('plenary serve ended at once');
    const ready = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (tries > 300) {
      await stop();
      throw new Error('plenary serve was not ready within 30 seconds');
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  // What phones in the room are told.
  if (room) url = /Plenary +(http:\S+)/.exec(said)?.[1] ?? url;
  return { url, data, stop, gone, said: () => said };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--port');
  const { make } = await import('./fixtures/hostile.mjs');
  console.log(make());
  const server = await start({ port: at > 0 ? Number(process.argv[at + 1]) : undefined });
  console.log(`ready at ${server.url}, on ${readdirSync(server.data).join(', ')}`);
  const end = () => void server.stop().then(() => process.exit(0));
  // Whoever started this may be killed without a word.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || end(), 1000).unref();
  process.on('SIGTERM', end).on('SIGINT', end);
  await server.gone;
}
