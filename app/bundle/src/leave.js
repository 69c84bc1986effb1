// Leaving quickly: by its button, or with Shift three times. What was on the page is gone before the answer comes.
const form = document.getElementById("leave");

function empty() {
  document.title = "\u2026";
  form.hidden = true;
  document.body.replaceChildren(form);
}

let presses = 0;
let last = 0;

addEventListener("keydown", (event) => {
  if (event.key !== "Shift" || event.repeat) {
    // Another key: somebody writes in capitals.
    presses = event.repeat ? presses : 0;
    return;
  }
  presses = event.timeStamp - last < 1500 ? presses + 1 : 1;
  last = event.timeStamp;
  if (presses === 3) form.requestSubmit();
});

form.addEventListener("submit", empty);

// The key works where this does.
const button = form.querySelector("button");
button.title = button.dataset.key;

// A page that the browser kept whole, for its button "back": the site answers for it.
addEventListener("pageshow", (event) => {
  if (event.persisted && /(^|; )(__Host-)?left=/.test(document.cookie)) {
    empty();
    location.reload();
  }
});
