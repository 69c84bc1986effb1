import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { launch } from './browser.mjs';
import { freePort } from './serve.mjs';

// The workers read this file again and find the port in their environment.
process.env.PLENARY_END2END_PORT ??= String(await freePort());
const url = `http://127.0.0.1:${process.env.PLENARY_END2END_PORT}`;

const laptop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, deviceScaleFactor: 2 };

// What a title says: @island needs a script; @once is the same on every screen, with or without a script; @look
// depends on the screen, and not on the script.
const projects: PlaywrightTestConfig['projects'] = [
  { name: 'laptop', use: laptop },
  { name: 'laptop-noscript', use: { ...laptop, javaScriptEnabled: false }, grepInvert: /@island|@once|@look/ },
  { name: 'phone', use: phone, grepInvert: /@once/ },
  { name: 'phone-noscript', use: { ...phone, javaScriptEnabled: false }, grepInvert: /@island|@once|@look/ },
];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  reporter: [['list'], ['html', { outputFolder: 'report', open: 'never' }]],
  use: { baseURL: url, locale: 'en-GB', launchOptions: launch, trace: 'retain-on-failure' },
  projects,
  webServer: {
    command: `exec node serve.mjs --port ${process.env.PLENARY_END2END_PORT}`,
    url: `${url}/readyz`,
    reuseExistingServer: false,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
