/* Which cards are shown: those that have, of each kind, one of the values pressed. */
(() => {
  "use strict";

  document.documentElement.classList.add("js");
  const groups = [...document.querySelectorAll(".chips")];
  const tours = [...document.querySelectorAll(".tour")];
  const count = document.getElementById("count");
  const sift = () => {
    const wanted = groups.map((group) => [
      group.dataset.kind,
      [...group.querySelectorAll("[aria-pressed=true]")].map((chip) => chip.dataset.value),
    ]);
    for (const tour of tours) {
      tour.hidden = wanted.some(([kind, values]) => {
        const own = (tour.dataset[kind] ?? "").split("|");
        return values.length && !values.some((value) => own.includes(value));
      });
    }
    const left = tours.filter((tour) => !tour.hidden).length;
    count.textContent = count.dataset.said.split("|")[Math.min(left, 2)].replace(/\d+/, left);
  };
  document.querySelectorAll(".chips button").forEach((chip) => chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    sift();
  }));
})();
