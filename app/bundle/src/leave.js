// Leaving quickly: by its button, or with Shift three times. What was on the page is gone before the answer comes.
// Pages on which something is typed have no button, and are not shown to whoever goes back either.
const form = document.getElementById("leave");
const left = () => /(^|; )(__Host-)?left=/.test(document.cookie);
let others;

function empty() {
  others?.postMessage("left");
  document.title = "\u2026";
  if (form) form.hidden = true;
  document.body.replaceChildren(...(form ? [form] : []));
}

if (form) {
  const within = 1500;
  let presses = 0;
  let last = 0;
  const button = form.querySelector("button");
  // The key works where this does.
  button.title = button.dataset.key;
  form.addEventListener("submit", empty);
  // Somebody writes in capitals, or selects.
  for (const other of ["pointerdown", "wheel"]) addEventListener(other, () => (presses = 0), { passive: true });
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = 0;
      return;
    }
    presses = event.timeStamp - last < within ? presses + 1 : 1;
    last = event.timeStamp;
    if (presses === 3) {
      empty();
      form.submit();
    }
  });
}

// The other pages of the site that are open show nothing either, whether they hear of it or find the cookie. They keep what
// was typed: it is there again for whoever goes on.
let called;
let veiled;

function veil() {
  if (veiled) return;
  veiled = { at: Date.now(), sure: left() };
  called = document.title;
  document.title = "\u2026";
  document.body.hidden = true;
}

function look() {
  if (left()) {
    veil();
    veiled.sure = true;
    return;
  }
  if (!veiled) return;
  // The cookie comes a moment after the word.
  if (!veiled.sure && Date.now() - veiled.at < 15_000) {
    setTimeout(look, 1000);
    return;
  }
  veiled = undefined;
  document.title = called;
  document.body.hidden = false;
  document.dispatchEvent(new Event("unveiled"));
}

function listen() {
  if (others || !("BroadcastChannel" in globalThis)) return;
  others = new BroadcastChannel("left");
  others.onmessage = (event) => {
    if (event.data === "left") veil();
    // Whoever goes on does so on a page that says "here"; whether it was they, the cookie says.
    setTimeout(look, event.data === "left" ? 1000 : 0);
  };
  if (!left()) others.postMessage("here");
}

listen();
addEventListener("focus", look);
document.addEventListener("visibilitychange", look);
// A page that a browser keeps for later hears nothing.
addEventListener("pagehide", () => {
  others?.close();
  others = undefined;
});
addEventListener("pageshow", (event) => {
  // A page that the browser kept, for its button "back": the site answers for it. What was sent and is drawn again stays: it
  // holds what somebody has just typed.
  const back = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (back && left()) {
    empty();
    location.reload();
    return;
  }
  listen();
  look();
});
