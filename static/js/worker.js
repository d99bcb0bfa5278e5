// Opens a page where there is no line: only pages that were laid down empty (keep.js), and the
// files they are made of. Everything else goes to the portal as if this were not here.
"use strict";

const PATIENCE = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const path = new URL(url).pathname;
  if (method !== "GET" || new URL(url).origin !== self.location.origin) return;
  if (path.startsWith("/assets/")) event.respondWith(file(event.request));
  else if (mode === "navigate") event.respondWith(page(event.request, path));
});

const laid = (path) => caches.match(path, { cacheName: "jiedui-empty", ignoreVary: true });

async function file(request) {
  const here = await caches.match(request, { cacheName: "jiedui-files", ignoreVary: true });
  return here || fetch(request);
}

async function page(request, path) {
  const here = await laid(path);
  const answer = fetch(request);
  const slow = new Promise((good) => setTimeout(() => good(here), PATIENCE));
  try {
    return await (here ? Promise.race([answer, slow]) : answer);
  } catch {
    return here || (await laid("/keep/no-line")) || Response.error();
  }
}
