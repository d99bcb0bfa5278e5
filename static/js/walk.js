// How many items of a part nothing is said of yet, and words asked where something is wrong. Without
// this script the number stands as the page was sent, and each item has its words to unfold.
"use strict";

for (const part of document.querySelectorAll("[data-walk]")) {
  const rest = part.querySelector("input[type=checkbox]");
  const items = [...part.querySelectorAll("[data-walk-item]")];
  const markOf = (item) => item.querySelector("select").value;
  const show = () => {
    const left = rest.checked ? 0 : items.filter((one) => !markOf(one)).length;
    part.querySelector("[data-walk-left]").textContent = left;
    for (const one of items) {
      const words = one.querySelector("[data-walk-words]");
      words.hidden = ["", "fine"].includes(markOf(one));
      words.open = !words.hidden;
    }
  };
  part.addEventListener("change", show);
  show(); // the browser may have kept what was chosen
}
