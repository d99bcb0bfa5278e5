// The report door where there is no line. What was written stays on this page and nowhere else: a
// phone that others in the house take in hand keeps no trace of a report. It goes off as soon as
// there is a line, while the page stays open. Without this script the form is sent as always.
"use strict";

(() => {
  const note = document.getElementById("door-waits");
  const form = note && note.closest("form");
  if (!form || !window.AbortController || !form.requestSubmit) return;

  const PATIENCE = 8000;
  const AGAIN = 10000;
  let sure = false;
  let waits = false;

  // Whatever answers is a line: a report is not held back because the portal is in trouble.
  async function line() {
    if (!navigator.onLine) return false;
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    try {
      await fetch(location.pathname, { method: "HEAD", cache: "no-store", signal: stop.signal });
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(clock);
    }
  }

  let asking = false;
  async function send() {
    if (asking) return;
    asking = true;
    sure = await line();
    asking = false;
    if (sure) form.requestSubmit();
    if (sure || waits) return;
    waits = true;
    note.hidden = false;
    note.scrollIntoView({ block: "center" });
    form.dispatchEvent(new Event("input", { bubbles: true })); // page.js asks before it is lost
  }

  form.addEventListener("submit", (event) => {
    if (sure) return;
    event.preventDefault();
    send();
  });
  // What is too large for a poor line would hold up the words: it is taken out at once, and said.
  const large = document.getElementById("door-large");
  for (const box of form.querySelectorAll("[data-most]")) {
    box.addEventListener("change", (event) => {
      const file = event.target.files && event.target.files[0];
      large.hidden = !file || file.size <= Number(box.dataset.most);
      if (!large.hidden) event.target.value = "";
    });
  }

  window.addEventListener("online", () => waits && send());
  setInterval(() => waits && send(), AGAIN);
})();
