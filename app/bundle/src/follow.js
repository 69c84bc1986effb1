// A page of a seminar follows what changes there: notices, who is in, what is on, who may know what. The server says only
// that something that is seen here has changed; the page asks for itself again.
const region = document.getElementById("notices");
const changed = document.getElementById("changed");
// A page that answers what was sent is not asked for again: its notices come from another.
const from = region?.dataset.from;
let source;
let heard;
let ahead = 0;
let waits = 0;
let asking = false;
let stale = false;
let touched = 0;
let went = -Infinity;
let turn;
let second;
let turned;
let turns = 0;
let sticks;
let sticky = 0;
// As the server sent it, whatever has been opened since.
let main = document.querySelector("main")?.outerHTML;

const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const left = () => document.body.hidden || /(^|; )(__Host-)?left=/.test(document.cookie);
const mark = (notices) => new URL(notices.dataset.follows, location.href).searchParams.get("seen");

function connect() {
  if (source || document.visibilityState !== "visible" || !region.isConnected || left()) return;
  source = new EventSource(region.dataset.follows);
  source.addEventListener("clock", (event) => {
    waits = 0;
    ahead = Date.now() - Number(event.data);
    wake();
  });
  source.addEventListener("message", (event) => {
    heard = event.data;
    look();
  });
  source.addEventListener("over", () => {
    heard = undefined;
    look();
  });
  // Others of this session are looked at: this one waits.
  source.addEventListener("replaced", () => {
    part();
    setTimeout(connect, 60_000);
  });
  source.addEventListener("error", async () => {
    // The browser comes again by itself, unless it was refused: who may not follow may not read any more either.
    if (source?.readyState !== EventSource.CLOSED) return;
    part();
    await later(Math.min(60_000, 1000 * 2 ** waits++) * (0.5 + Math.random()));
    if (document.visibilityState === "visible") await look();
    connect();
  });
}

function part() {
  source?.close();
  source = undefined;
}

// What is on changes by the hour alone.
function wake() {
  clearTimeout(turn);
  const until = document.querySelector("main [data-until]")?.dataset.until;
  const rest = Number(until) + ahead - Date.now();
  count(rest);
  // When it has passed, a few times: whoever types is left with the page as it is, and is not to ask for it without end.
  if (until !== turned) turns = 0;
  turned = until;
  if (rest <= 0) turns++;
  if (until && turns < 4 && rest < 2 ** 31) turn = setTimeout(look, Math.max(rest, 0) + 500 + Math.random() * 500);
}

// A clock that runs, in minutes and seconds of the server's time.
function count(rest) {
  clearTimeout(second);
  const left = document.querySelector("main .timer__left");
  if (!left) return;
  const seconds = Math.max(0, Math.ceil(rest / 1000));
  left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds) second = setTimeout(() => count(Number(left.parentElement.dataset.until) + ahead - Date.now()), 500);
}

// How many dots of a vote are still to be laid, as whoever votes marks them.
function dots() {
  const says = document.querySelector("main [data-dots]");
  if (!says) return;
  const laid = [...document.querySelectorAll("#vote :checked")].reduce((sum, mark) => sum + Number(mark.value), 0);
  const left = String(Number(says.dataset.dots) - laid);
  says.hidden = false;
  const number = says.querySelector("strong");
  if (number.textContent !== left) number.textContent = left;
}

async function look() {
  stale = true;
  if (asking) return;
  asking = true;
  for (let times = 0; stale && times < 12 && region.isConnected && !left(); times++) {
    stale = false;
    // A room of three hundred does not ask in the same moment.
    await later(Math.random() * 300 + (times ? Math.min(30_000, 250 * 2 ** times) : 0));
    const seen = await again().catch(() => undefined);
    // It failed, has to wait, or came from a process that does not know yet.
    stale ||= seen === undefined || (heard !== undefined && seen !== heard);
  }
  asking = false;
}

// The mark of what is shown now; undefined: it is to be tried again.
async function again() {
  const ending = new AbortController();
  const late = setTimeout(() => ending.abort(), 15_000);
  const answer = await fetch(from ?? location.href, { headers: { accept: "text/html" }, signal: ending.signal });
  const text = await answer.text();
  clearTimeout(late);
  if (answer.status >= 500 || answer.status === 429) return undefined;
  const page = new DOMParser().parseFromString(text, "text/html");
  const now = page.getElementById("notices");
  if (left() || !region.isConnected) return heard;
  if (!answer.ok || answer.redirected || !now) return gone() ? heard : undefined;
  tell(now);
  if (!from && !show(page)) return undefined;
  region.dataset.follows = now.dataset.follows;
  wake();
  return mark(now);
}

// Each notice by itself: what is put in is read out, and nothing else.
function tell(now) {
  const [list, next] = [region.querySelector("ul"), now.querySelector("ul")];
  for (const one of [...list.children]) if (!next.querySelector(`#${one.id}`)) one.remove();
  [...next.children].forEach((one, at) => {
    const here = document.getElementById(one.id);
    if (!here) come(list.insertBefore(one, list.children[at] ?? null));
    else if (here.innerHTML !== one.innerHTML) here.replaceChildren(...one.childNodes);
  });
}

// Whoever has scrolled on sees what comes for a while.
function come(one) {
  if (one.getBoundingClientRect().bottom > 0) return;
  stick(20_000);
}

// What stands at the head of the page stays in view for a while, and leaves room for where the keyboard is.
function stick(milliseconds) {
  const until = performance.now() + milliseconds;
  if (until < sticky) return;
  sticky = until;
  for (const part of [region, document.documentElement]) part.classList.add("notices--come");
  clearTimeout(sticks);
  sticks = setTimeout(() => {
    for (const part of [region, document.documentElement]) part.classList.remove("notices--come");
  }, milliseconds);
}

// It is not to be seen any more, or not by them; false: it has to wait.
function gone() {
  const form = typed() ?? (from ? document.querySelector("main form") : undefined);
  if (!from && !form) return reload();
  for (const part of document.querySelectorAll("main *")) {
    if (!form || (!part.contains(form) && !form.contains(part))) part.hidden = true;
  }
  if (!from) offer();
  return true;
}

function reload() {
  // What somebody has just sent, or where they go, is not broken off.
  if (performance.now() - went < 20_000) return false;
  // Once: what does not help is not done again and again.
  const last = Number(sessionStorage.getItem("followed"));
  if (Date.now() - last < 10_000) return true;
  sessionStorage.setItem("followed", String(Date.now()));
  location.reload();
  return true;
}

// Whether the page is now as it was sent; false: it has to wait.
function show(page) {
  const [here, next] = [document.querySelector("main"), page.querySelector("main")];
  if (!here || !next || next.outerHTML === main) return true;
  const other = (one) => `${one.documentElement.lang} ${Boolean(one.querySelector(".looking"))}`;
  // Nothing that somebody has typed is lost; and nothing would bring an island to life again.
  const writing = ":is(input:not(.card__pick > *), select, textarea):focus";
  if (typed() || here.querySelector(`leptos-island, ${writing}`)) {
    offer();
    return true;
  }
  if (other(document) !== other(page)) return reload();
  // No button moves away from under a finger.
  if (here.querySelector("form") && performance.now() - touched < 1500) return false;
  const called = (details) => details.id || details.querySelector("summary")?.textContent;
  const open = new Map([...here.querySelectorAll("details")].map((details) => [called(details), details.open]));
  const focus = here.contains(document.activeElement) ? path(document.activeElement) : undefined;
  main = next.outerHTML;
  for (const pick of here.querySelectorAll(".card__pick > :checked")) {
    const same = next.querySelector(`#${pick.id}`);
    if (same) same.checked = true;
  }
  for (const details of next.querySelectorAll("details")) details.open = open.get(called(details)) ?? details.open;
  here.replaceWith(next);
  document.title = page.title;
  changed.replaceChildren();
  dots();
  if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
  return true;
}

// The form in which somebody has typed or chosen something.
function typed() {
  const fields = document.querySelectorAll("main :is(input, select, textarea)");
  return [...fields].find(differs)?.form;
}

function differs(field) {
  // Cards that are chosen stay so on a page that is shown anew.
  if (field.matches(".card__pick > *")) return false;
  if (field.type === "hidden" || field.hidden || field.readOnly) return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (!field.options) return field.value !== field.defaultValue;
  const options = [...field.options];
  const first = options.some((option) => option.defaultSelected) ? undefined : options[0];
  return options.some((option) => option.selected !== (first ? option === first : option.defaultSelected));
}

// Where somebody was, as far as it can be found again.
function path(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const [to, form] = [element.getAttribute("href"), element.closest("form")?.getAttribute("action")];
  if (to) return `main a[href="${CSS.escape(to)}"]`;
  const value = element.value ? `[value="${CSS.escape(element.value)}"]` : "";
  return form ? `main form[action="${CSS.escape(form)}"] ${element.localName}${value}` : undefined;
}

function offer() {
  if (changed.hasChildNodes()) return;
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.textContent = changed.dataset.show;
  changed.replaceChildren(`${changed.dataset.says} `, link);
  stick(60_000);
}

if (region) {
  for (const touch of ["pointerdown", "pointermove", "keydown"]) {
    addEventListener(touch, () => (touched = performance.now()), { passive: true });
  }
  addEventListener("submit", () => (went = performance.now()), true);
  addEventListener(
    "click",
    (event) => event.target.closest?.('a[href]:not([href*="#"])') && (went = performance.now()),
    true,
  );
  addEventListener("change", dots);
  dots();
  document.addEventListener("unveiled", () => {
    connect();
    look();
  });
  // A screen that nobody looks at keeps no line open.
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? connect() : part()));
  addEventListener("pagehide", part);
  addEventListener("pageshow", (event) => event.persisted && connect());
  connect();
}
