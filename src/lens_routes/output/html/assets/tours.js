/* Which cards are shown. */
(() => {
  "use strict";

  document.documentElement.classList.add("js");
  const chips = [...document.querySelectorAll(".chips button")];
  const tours = [...document.querySelectorAll(".tour")];
  const count = document.getElementById("count");
  const pressed = (kind) => chips.filter((chip) => chip.dataset[kind] && chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset[kind]);
  const sift = () => {
    const themes = pressed("theme"), modes = pressed("mode");
    for (const tour of tours) {
      const has = (wanted, own) => !wanted.length || wanted.some((value) => own.includes(value));
      tour.hidden = !(has(themes, (tour.dataset.themes ?? "").split("|")) && has(modes, (tour.dataset.modes ?? "").split(" ")));
    }
    count.textContent = count.textContent.replace(/\d+/, tours.filter((tour) => !tour.hidden).length);
  };
  chips.forEach((chip) => chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    sift();
  }));
})();
