// Copies a field to the clipboard. Without this script the fields can be selected and copied by
// hand, and no button is shown.
"use strict";

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // without https the clipboard is not there
  }
  button.querySelector("span").textContent = button.dataset.done;
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
