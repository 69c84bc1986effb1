import { expect, type Page } from '@playwright/test';
import { administrator, heading, test } from './people.ts';
import { axe } from './pages.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ seminars: ['example'] });

const EXAMPLE = '/seminars/example';
const row = (page: Page, title: string) => page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });

test('a programme is edited by keyboard: times, order, clashes', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  const look = async () => {
    if (javaScriptEnabled) expect((await axe(ana).analyze()).violations).toEqual([]);
    const wide = await ana.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide, 'scrolls sideways').toBe(false);
  };
  await administrator(ana, site);
  await ana.goto(`${EXAMPLE}/programme`);
  await ana.getByRole('link', { name: 'Edit the programme' }).click();
  await expect(heading(ana)).toHaveText('Edit the programme');
  await look();
  // Two minutes and an hour earlier by the arrows; Enter saves.
  const second = row(ana, 'The first day after contact');
  const starts = second.getByLabel('Starts');
  await expect(starts).toHaveValue('09:45');
  await starts.focus();
  await ana.keyboard.press('ArrowDown');
  await ana.keyboard.press('Tab');
  await ana.keyboard.press('ArrowDown');
  await ana.keyboard.press('ArrowDown');
  await expect(starts).toHaveValue('08:43');
  await ana.keyboard.press('Enter');
  await expect(ana.getByText('are both in this room: Lake Hall')).toBeVisible();
  await expect(ana.getByRole('main').getByRole('heading', { level: 2 }).first()).toHaveText(/The first day after contact/);
  await look();
  // What has no time is moved by its button, which the keyboard reaches too.
  const up = ana.getByRole('button', { name: /^Move up: Open hour/ });
  await up.focus();
  await ana.keyboard.press('Enter');
  await expect(ana).toHaveURL(/#session-open-hour-with-authors$/);
  await expect(ana.getByRole('button', { name: /^Move down: Open hour/ })).toBeVisible();
  // A room is typed, a time will not do: all stands there still.
  await row(ana, 'Back together').getByLabel('Room').fill('Attic');
  await row(ana, 'Closing').getByLabel('Ends').fill('09:00');
  await row(ana, 'Closing').getByLabel('Ends').press('Enter');
  await expect(ana.getByRole('alert')).toContainText('Let it end after it starts.');
  await expect(row(ana, 'Back together').getByLabel('Room')).toHaveValue('Attic');
  await look();
  await row(ana, 'Closing').getByLabel('Ends').fill('13:15');
  await row(ana, 'Closing').getByLabel('Ends').press('Enter');
  await expect(ana.getByRole('alert')).toHaveCount(0);
  await ana.goto(`${EXAMPLE}/programme`);
  await expect(ana.getByRole('main')).toContainText('Attic');
});

test('a programme is a picture in which sessions are dragged to another time and another day', async ({ someone, site, javaScriptEnabled }) => {
  const ana = await someone();
  await administrator(ana, site);
  await ana.goto(`${EXAMPLE}/programme/edit`);
  const picture = ana.getByRole('group', { name: 'Timetable' });
  // Without a script the fields are all there is, and nothing is drawn that would not move.
  await expect(picture).toHaveCount(javaScriptEnabled ? 1 : 0);
  if (!javaScriptEnabled) return;
  expect((await axe(ana).analyze()).violations).toEqual([]);
  const session = picture.getByRole('button', { name: /The first day after contact/ });
  const fields = row(ana, 'The first day after contact');
  const times = async (day: string, starts: string, ends: string) => {
    await expect(fields.getByLabel('Starts')).toHaveValue(starts);
    await expect(fields.getByLabel('Ends')).toHaveValue(ends);
    await expect(fields.getByLabel('Day', { exact: true })).toHaveValue(day);
  };
  // From a place in it, as far as that many pixels.
  const drag = async (from: 'middle' | 'end', down: number, release = true) => {
    await session.scrollIntoViewIfNeeded();
    const box = (await session.boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + (from === 'middle' ? box.height / 2 : box.height - 3)];
    await ana.mouse.move(x, y);
    await ana.mouse.down();
    await ana.mouse.move(x, y + down, { steps: 6 });
    if (release) await ana.mouse.up();
  };
  const hour = 96;
  await drag('middle', hour);
  await times('2026-09-15', '10:45', '12:00');
  await expect(session).toHaveAccessibleName(/10:45–12:00.*Moved, not saved yet/);
  await drag('end', hour / 2);
  await times('2026-09-15', '10:45', '12:30');
  // Let go of by Escape it is where it was.
  await drag('middle', hour, false);
  await expect(session).toHaveAccessibleName(/11:45–13:30/);
  await session.press('Escape');
  await expect(session).toHaveAccessibleName(/10:45–12:30/);
  await ana.mouse.up();
  await times('2026-09-15', '10:45', '12:30');
  await session.press('ArrowRight');
  // Where the keyboard is stays in sight.
  const ring = await session.evaluate((one) => getComputedStyle(one).outlineColor);
  expect(ring).not.toMatch(/rgba\(.*, 0\)|transparent/);
  await session.press('ArrowUp');
  await session.press('Shift+ArrowDown');
  await times('2026-09-16', '10:40', '12:30');
  await expect(picture.getByRole('status')).toContainText('10:40–12:30');
  // It follows what is typed, and what has no time is put where it belongs.
  await fields.getByLabel('Starts').fill('09:00');
  await expect(session).toHaveAccessibleName(/09:00–12:30/);
  const open = picture.getByRole('button', { name: /Open hour/ });
  await open.scrollIntoViewIfNeeded();
  const [from, to] = [(await open.boundingBox())!, (await session.boundingBox())!];
  await ana.mouse.move(from.x + 30, from.y + 10);
  await ana.mouse.down();
  await ana.mouse.move(to.x + 30, from.y + 12, { steps: 6 });
  await ana.mouse.up();
  await expect(row(ana, 'Open hour').getByLabel('Day', { exact: true })).toHaveValue('2026-09-16');
  await expect(row(ana, 'Open hour').getByLabel('Starts')).not.toHaveValue('');
  const starts = await row(ana, 'Open hour').getByLabel('Starts').inputValue();
  // What loses its time waits in a column of its own, whatever was there before; by the arrows it comes back.
  await fields.getByLabel('Starts').fill('');
  await expect(session).toHaveAccessibleName(/Without a time/);
  await session.press('ArrowDown');
  await expect(session).toHaveAccessibleName(/Wednesday 16 September/);
  await fields.getByLabel('Starts').fill('22:00');
  await fields.getByLabel('Ends').fill('00:30');
  await session.press('ArrowDown');
  await times('2026-09-16', '22:05', '00:35');
  await fields.getByLabel('Starts').fill('09:00');
  await fields.getByLabel('Ends').fill('12:30');
  await session.press(' ');
  await expect(fields.getByLabel('Starts')).toBeFocused();
  await session.click();
  await expect(fields.getByLabel('Starts')).toBeFocused();
  await ana.keyboard.press('Enter');
  await expect(ana.getByText('are both in this room: Lake Hall').first()).toBeVisible();
  await expect(session).not.toHaveAccessibleName(/Moved/);
  await times('2026-09-16', '09:00', '12:30');
  await expect(row(ana, 'Open hour').getByLabel('Starts')).toHaveValue(starts);
  expect((await axe(ana).analyze()).violations).toEqual([]);
  // Refused, it shows what was typed.
  await fields.getByLabel('Ends').fill('23:00');
  await row(ana, 'Closing').getByLabel('Ends').fill('09:00');
  await row(ana, 'Closing').getByLabel('Ends').press('Enter');
  await expect(ana.getByRole('alert')).toContainText('Let it end after it starts.');
  await expect(session).toHaveAccessibleName(/09:00–23:00.*Moved, not saved yet/);
});

test('a session is written, looked at, saved, and of two who do so the second sees both texts', async ({ someone, site, javaScriptEnabled }) => {
  const [ana, ion] = [await someone(), await someone()];
  await administrator(ana, site);
  await ana.goto(`${EXAMPLE}/programme/edit`);
  await ana.getByRole('link', { name: 'New session' }).click();
  await ana.getByLabel('Title').fill('Kush i mbron fëmijët?');
  await ana.getByLabel('Panel').check();
  await ana.getByLabel('Day').fill('2026-09-17');
  await ana.getByLabel('Starts').fill('15:00');
  await ana.getByLabel('Person').first().selectOption({ index: 1 });
  await ana.getByLabel('Text', { exact: true }).fill('## Pyetja\n\nKush **i mbron**?');
  await ana.getByRole('button', { name: 'Preview' }).last().click();
  await expect(ana.getByRole('region', { name: 'Preview' })).toContainText('Kush i mbron?');
  if (javaScriptEnabled) expect((await axe(ana).analyze()).violations).toEqual([]);
  await ana.getByRole('button', { name: 'Save' }).last().click();
  await expect(ana).toHaveURL(/programme\/edit#session-kush-i-mbron-femijet$/);
  await ion.goto(`${EXAMPLE}/sessions/kush-i-mbron-femijet`);
  await expect(heading(ion)).toHaveText('Kush i mbron fëmijët?');
  await expect(ion.getByRole('main')).toContainText('15:00');

  // The same in two windows of one browser.
  const edit = `${EXAMPLE}/sessions/kush-i-mbron-femijet/edit`;
  const other = await ana.context().newPage();
  await ana.goto(edit);
  await other.goto(edit);
  await ana.getByLabel('Summary').fill('E imja.');
  await other.getByLabel('Title').fill('Kush i ruan?');
  await other.getByLabel('Title').press('Enter');
  await expect(other).toHaveURL(/#session-kush-i-mbron-femijet$/);
  await ana.getByRole('button', { name: 'Save' }).first().click();
  await expect(ana.getByRole('alert')).toContainText('Somebody changed this meanwhile.');
  await expect(ana.getByText('Now: Kush i ruan?')).toBeVisible();
  await expect(ana.getByLabel('Summary')).toHaveValue('E imja.');
  await ana.getByLabel('Title').fill('Kush i ruan?');
  await ana.getByRole('button', { name: 'Save' }).first().click();
  await ion.reload();
  await expect(heading(ion)).toHaveText('Kush i ruan?');
  await expect(ion.getByRole('main')).toContainText('E imja.');
});
