// Which browser, and how it is started.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** One that is already there, the one without a window's trappings first, or nothing: then Playwright's own. */
export function found() {
  if (process.env.PLENARY_CHROMIUM) return process.env.PLENARY_CHROMIUM;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  for (const name of ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']) {
    for (const folder of folders) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {}
    }
  }
  return undefined;
}

/** What every start needs. Root may have no sandbox. */
export const flags = [
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export const launch = { executablePath: found(), args: flags };
