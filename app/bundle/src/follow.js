// A page of a seminar follows what changes there: notices, who is in, what is on, who may know what. The server says only
// that something that is seen here has changed; the page asks for itself again.
const region = document.getElementById("notices");
let source;
let ahead = 0;
let waits = 0;
let asking = false;
let stale = false;
let turn;
// What the server sent, and not what has been opened or typed since.
let main = document.querySelector("main")?.outerHTML;
let typed = false;

const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function connect() {
  if (source || document.visibilityState !== "visible" || !region.isConnected) return;
  source = new EventSource(region.dataset.follows);
  source.addEventListener("clock", (event) => {
    waits = 0;
    ahead = Date.now() - Number(event.data);
    wake();
  });
  source.addEventListener("message", look);
  source.addEventListener("error", async () => {
    // The browser comes again by itself, unless it was refused: who may not follow any more may not read any more either.
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
  const left = Number(until) + ahead - Date.now();
  if (until && left < 2 ** 31) turn = setTimeout(look, Math.max(left, 0) + 500 + Math.random() * 500);
}

async function look() {
  stale = true;
  if (asking) return;
  asking = true;
  while (stale && region.isConnected) {
    stale = false;
    // A room of three hundred does not ask in the same moment.
    await later(Math.random() * 300);
    await again().catch(() => {});
  }
  asking = false;
}

async function again() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (answer.status >= 500 || answer.status === 429) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("notices");
  // It is not to be seen any more, or not by them.
  if (!answer.ok || answer.redirected || !now) {
    location.reload();
    return;
  }
  if (!region.isConnected) return;
  region.dataset.follows = now.dataset.follows;
  // The same element: what is put into it is read out.
  if (region.innerHTML !== now.innerHTML) region.replaceChildren(...now.childNodes);
  show(page);
  wake();
}

function show(page) {
  const [here, next] = [document.querySelector("main"), page.querySelector("main")];
  if (!here || !next || next.outerHTML === main) return;
  // Nothing that somebody has typed is lost.
  if (typed || here.querySelector("form :focus:not(button)")) {
    offer();
    return;
  }
  const open = [...here.querySelectorAll("details")].map((details) => details.open);
  const focus = here.contains(document.activeElement) ? path(document.activeElement) : undefined;
  main = next.outerHTML;
  next.querySelectorAll("details").forEach((details, at) => (details.open = open[at] ?? details.open));
  here.replaceWith(next);
  document.title = page.title;
  if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
}

// Where somebody was, as far as it can be found again.
function path(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const to = element.getAttribute("href");
  return to ? `main a[href="${CSS.escape(to)}"]` : undefined;
}

function offer() {
  if (document.getElementById("changed")) return;
  const bar = document.createElement("p");
  bar.id = "changed";
  bar.className = "notices__changed";
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = region.dataset.show;
  bar.append(`${region.dataset.changed} `, link);
  region.after(bar);
  bar.setAttribute("role", "status");
}

if (region) {
  addEventListener("input", (event) => (typed ||= Boolean(event.target.closest?.("main"))));
  // A screen that nobody looks at keeps no line open.
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? connect() : part()));
  addEventListener("pagehide", part);
  addEventListener("pageshow", (event) => event.persisted && connect());
  connect();
}
