// A form marked data-keep is first sealed and kept on the phone, then sent. Without a line it waits
// there, for seven days at most, unreadable for everybody, and goes off when there is a line and
// the account that typed it is signed in. What this says stands in macros/frame.html, keeping().
// Where a browser lacks what is needed, forms are sent as always.
"use strict";

(() => {
  const box = document.getElementById("keep");
  const able = window.isSecureContext && window.indexedDB && window.AbortController;
  if (!box || !able || !crypto.subtle) return;

  const { key, who, door, worker, noLine, days } = box.dataset;
  const pages = box.dataset.pages.split(" ").filter(Boolean);
  const PATIENCE = 20000;
  const AGAIN = 15000; // a line that has just come back often carries nothing yet
  const LAID = "jiedui-laid";
  const GONE = "jiedui-gone";

  // --- what is kept: { id, at, who, sealed, stuck } ---------------------------------------------
  const store = new Promise((good, bad) => {
    const opening = indexedDB.open("jiedui", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("forms", { keyPath: "id" });
    opening.onsuccess = () => good(opening.result);
    opening.onerror = () => bad(opening.error);
  });

  async function within(mode, act) {
    const opened = await store;
    return new Promise((good, bad) => {
      const work = opened.transaction("forms", mode);
      const asked = act(work.objectStore("forms"));
      work.oncomplete = () => good(asked.result);
      work.onerror = work.onabort = () => bad(work.error);
    });
  }
  const every = () => within("readonly", (forms) => forms.getAll());
  const put = (entry) => within("readwrite", (forms) => forms.put(entry));
  const drop = (entry) => within("readwrite", (forms) => forms.delete(entry.id));
  const random = () => textOf(crypto.getRandomValues(new Uint8Array(18))).replace(/[+/]/g, "-");

  // How many went of age within a day: the page on which they went may have been left at once.
  function lately(more) {
    const told = JSON.parse(localStorage.getItem(GONE) || "{}");
    const count = (Date.now() - (told.at || 0) < 86400000 ? told.count : 0) + more;
    if (more) localStorage.setItem(GONE, JSON.stringify({ at: Date.now(), count }));
    return count;
  }

  async function living() {
    const all = await every();
    const old = all.filter((entry) => Date.now() - entry.at > days * 86400000);
    for (const entry of old) await drop(entry);
    const gone = lately(old.length);
    if (gone) say("gone", gone);
    return all.filter((entry) => !old.includes(entry));
  }

  // --- what is said ------------------------------------------------------------------------------
  function say(name, count) {
    const line = box.querySelector(`[data-says="${name}"]`);
    line.hidden = count === 0;
    line.querySelector("[data-count]").textContent = count === undefined ? "" : count;
    box.hidden = !box.querySelector("[data-says]:not([hidden])");
  }
  function unsay() {
    for (const line of box.querySelectorAll("[data-says]")) line.hidden = true;
    box.hidden = true;
  }

  async function tell(now) {
    const left = await living();
    const me = now ? now.who : who;
    const mine = left.filter((entry) => entry.who === me);
    const going = mine.filter((entry) => !entry.stuck).length;
    const gone = now && !now.who;
    say("signed-out", gone ? left.length : 0);
    say("waiting", gone || (now && now.choose) ? 0 : going);
    say("choose", now && now.choose ? going : 0);
    say("stuck", gone ? 0 : mine.length - going);
    say("another", gone ? 0 : left.length - mine.length);
  }

  // A form in a list says itself what became of it, by its own [data-kept]; so the list need not move.
  const places = new Map(); // entry -> the form it was typed in, while its page is open
  function tellAt(form, state, what) {
    const lines = form ? form.querySelectorAll("[data-kept]") : [];
    for (const line of lines) line.hidden = line.dataset.kept !== state;
    for (const word of what ? form.querySelectorAll("[data-what]") : []) word.textContent = what;
    return lines.length > 0;
  }

  // What must not wait for a line: [data-urgent="noticed=alone"] shows when that was ticked.
  function tellUrgent(form, pairs) {
    const said = new Set(pairs.map(([name, value]) => `${name}=${value}`));
    const notes = [...form.querySelectorAll("[data-urgent]")];
    for (const note of notes) note.hidden = !note.dataset.urgent.split(" ").some((one) => said.has(one));
    return notes.find((note) => !note.hidden);
  }

  // --- the line ----------------------------------------------------------------------------------
  async function asked(path, what) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(path, { signal: stop.signal, cache: "no-store", ...what });
      return await answer.json();
    } catch {
      return null;
    } finally {
      clearTimeout(clock);
    }
  }
  // Who is signed in and a token to send with; null without a line.
  const ask = () => (navigator.onLine ? asked(door) : Promise.resolve(null));

  async function post(entry, now) {
    const body = new URLSearchParams({ csrf_token: now.csrf, sealed: entry.sealed });
    const said = (await asked(door, { method: "POST", body })) || { state: "later" };
    if (said.state === "taken" || said.state === "refused") {
      await drop(entry);
      tellAt(places.get(entry.id), said.state);
    }
    const stuck = said.state === "unreadable" || said.state === "not now";
    if (stuck) await put({ ...entry, stuck });
    if (said.state === "choose a role") now.choose = true;
    return said;
  }

  let busy = false;
  async function send() {
    if (busy) return;
    busy = true;
    try {
      const waiting = await living();
      if (!waiting.length) return;
      const now = await ask();
      const counts = { taken: 0, refused: 0 };
      if (now && now.who) {
        for (const entry of waiting.filter((one) => one.who === now.who)) {
          counts[(await post(entry, now)).state] += 1;
        }
      }
      if (counts.taken || counts.refused) say("kept", 0);
      if (counts.taken) say("sent", counts.taken);
      if (counts.refused) say("draft", counts.refused);
      await tell(now);
    } finally {
      busy = false;
    }
  }

  // --- the form ----------------------------------------------------------------------------------
  const inChina = () => new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 16);

  // A page that lay on the phone is used for house after house: each time with a key of its own.
  function renew(form) {
    form.elements.once.value = random();
    for (const field of form.querySelectorAll("[data-now]")) field.value = inChina();
  }

  function empty(form) {
    if (form.dataset.keep === "new") form.reset();
    for (const field of form.dataset.keep === "again" ? form.elements : []) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else if (field.type !== "hidden" && field.tagName !== "BUTTON") field.value = "";
    }
    for (const fault of document.querySelectorAll(".jd-errs, .jd-err")) fault.remove();
    for (const field of form.querySelectorAll(".jd-field--bad")) field.classList.remove("jd-field--bad");
    renew(form);
  }

  async function kept(form, button) {
    const pairs = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
    if (button && button.name) pairs.push([button.name, button.value]);
    const said = { who, path: new URL(form.action || location.href).pathname, at: Date.now(), pairs };
    const entry = { id: random(), at: said.at, who, sealed: await sealed(key, JSON.stringify(said)) };
    await put(entry);
    places.set(entry.id, form);
    return { entry, pairs };
  }

  // The page a form leads to may be the one it stands on: then it is opened afresh.
  function lead(to) {
    const there = new URL(to || location.href, location.href);
    const here = there.pathname === location.pathname && there.search === location.search;
    if (!here) return location.assign(there);
    history.replaceState(null, "", there);
    location.reload();
  }

  function posted(path, fields) {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: path, hidden: true });
    for (const [name, value] of Object.entries(fields)) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }

  function asAlways(form, button) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button ? button.name : "", value: button ? button.value : "" });
    form.append(field);
    HTMLFormElement.prototype.submit.call(form);
  }

  async function take(form, button) {
    if (button && button.name === "act" && /^(find|change)-/.test(button.value)) {
      if (await ask()) asAlways(form, button);
      else say("no-line");
      return;
    }
    const { entry, pairs } = await kept(form, button);
    const now = await ask();
    const said = now && now.who === entry.who ? await post(entry, now) : {};
    if (said.state === "taken") lead(said.to);
    else if (said.state === "refused") posted(said.path, { csrf_token: now.csrf, draft: said.draft });
    else {
      empty(form);
      await tell(now);
      say("kept");
      const there = tellAt(form, "waiting", button && button.firstChild ? button.firstChild.textContent : "");
      const urgent = tellUrgent(form, pairs);
      if (urgent || !there) (urgent || box).scrollIntoView({ block: "center" });
    }
  }

  for (const form of document.querySelectorAll("form[data-keep]")) {
    let pressed = null;
    if (form.dataset.keep === "new") renew(form);
    form.addEventListener("click", (event) => {
      pressed = event.target.closest("button") || pressed;
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.dataset.going) return;
      form.dataset.going = "1";
      unsay();
      tellUrgent(form, []);
      const button = event.submitter || pressed;
      take(form, button)
        .catch(() => asAlways(form, button))
        .finally(() => delete form.dataset.going);
    });
  }

  // --- the empty page lies on the phone ----------------------------------------------------------
  async function lay() {
    if (!who || !navigator.serviceWorker || !window.caches) return;
    const script = document.querySelector('script[src*="/keep.js"]').src;
    const today = new Date().toDateString();
    const mark = [who, key, script, document.documentElement.lang, today, ...pages].join(" ");
    if (localStorage.getItem(LAID) === mark) return;
    await navigator.serviceWorker.register(worker, { scope: "/" });
    await lift();
    const cache = await caches.open("jiedui-empty");
    const files = new Set();
    for (const path of [noLine, ...pages]) {
      const answer = await fetch(path, { headers: { "Jiedui-Empty": "1" } });
      if (!answer.ok || answer.redirected || (path !== noLine && !answer.headers.get("Jiedui-Empty"))) return;
      const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
      for (const part of page.querySelectorAll("[src], link[href], use")) {
        files.add(new URL(part.getAttribute("src") || part.getAttribute("href"), location.href).pathname);
      }
      await cache.put(path, answer);
    }
    await (await caches.open("jiedui-files")).addAll(files);
    localStorage.setItem(LAID, mark);
  }
  async function lift() {
    localStorage.removeItem(LAID);
    for (const name of ["jiedui-empty", "jiedui-files"]) await caches.delete(name);
  }

  document.addEventListener("submit", (event) => {
    if (window.caches && (event.target.getAttribute("action") || "").endsWith("/sign-out")) lift();
  });
  const quietly = (work) => work.catch(() => {}); // without a store or a line nothing is promised
  const start = () => quietly(send());
  window.addEventListener("online", start);
  setInterval(() => document.hidden || start(), AGAIN);
  start();
  quietly(lay());
})();
