// Leaving quickly: by its button, or with Shift three times. What was on the page is gone before the answer comes.
// Pages on which something is typed have no button, and are not shown to whoever goes back either.
const form = document.getElementById("leave");
const called = document.title;
let others;

const left = () => /(^|; )(__Host-)?left=/.test(document.cookie);

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

// A page that the browser kept, for its button "back": the site answers for it. What was sent and is drawn again stays: it
// holds what somebody has just typed.
addEventListener("pageshow", (event) => {
  const back = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (back && left()) {
    empty();
    location.reload();
  }
  // The other pages that are open show nothing either. They lose nothing that was typed: who comes back finds it there.
  others ??= new BroadcastChannel("left");
  others.onmessage = () => veil(true);
  veil(left());
});
// A page that a browser keeps for later hears nothing.
addEventListener("pagehide", () => {
  others?.close();
  others = undefined;
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && veil(left()));

function veil(on) {
  if (document.body.hidden === on || document.querySelector(".left")) return;
  document.body.hidden = on;
  document.title = on ? "\u2026" : called;
}
