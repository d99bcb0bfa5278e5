// On every page, and never needed: closes open menus, asks before a half-filled form is lost, and
// loads a page again that says when (without a script it says so by itself).
"use strict";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.jd-menu[open], details.jd-tabbar__more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.jd-menu[open], details.jd-tabbar__more[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) unsaved = true;
});
document.addEventListener("submit", () => {
  unsaved = false;
});
window.addEventListener("beforeunload", (event) => {
  if (!unsaved) return;
  event.preventDefault();
  event.returnValue = "";
});

for (const one of document.querySelectorAll("[data-again]")) {
  setTimeout(() => window.location.reload(), 1000 * Number(one.dataset.again));
}
