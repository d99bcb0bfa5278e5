// A ticked chip (weekend, after school) ticks its slots in the grid, and a slot taken away unticks
// the chip. Without this script the server adds the slots of a ticked chip.
"use strict";

for (const week of document.querySelectorAll("[data-slots]")) {
  const chips = [...week.querySelectorAll("[data-slots-of]")];
  const slot = (number) => week.querySelector(`[data-slot="${number}"]`);
  const slotsOf = (chip) => chip.dataset.slotsOf.split(" ").map(slot);
  week.addEventListener("change", (event) => {
    const box = event.target;
    if (box.dataset.slotsOf) {
      for (const one of slotsOf(box)) one.checked = box.checked;
    }
    for (const chip of chips) {
      if (chip !== box) chip.checked = slotsOf(chip).every((one) => one.checked);
    }
  });
}
