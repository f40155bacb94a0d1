/* The places on the map, and which of them are shown. */
(() => {
  "use strict";

  const { places, names, hours, first } = dataOf("catalogue");
  const map = newMap();
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const now = new Date();
  const day = Math.round((new Date(now.getFullYear(), now.getMonth(), now.getDate()) - new Date(`${first}T00:00`)) / 864e5);
  let lettering = null;
  let current = null;

  const items = places.map(([id, lat, lon], i) => {
    const row = byId(`place-${id}`);
    const [state, said] = hours.texts[hours.days[i][day]] ?? ["", ""];
    const today = row.querySelector(".today");
    today.textContent = said;
    today.className = `today ${state}`;
    today.hidden = !said;
    const dot = L.circleMarker([lat, lon], { radius: 7, className: "dot", bubblingMouseEvents: false });
    const name = row.querySelector(".pick").textContent;
    dot.bindTooltip(name, { direction: "top" });
    const item = { row, dot, name, state, themes: (row.dataset.themes ?? "").split(" "), words: plain(row.textContent) };
    dot.on("click", () => choose(item));
    row.querySelector(".pick").addEventListener("click", () => choose(item));
    return item;
  });
  const shown = () => items.filter((item) => !item.row.hidden);
  const whole = () => {
    const bounds = L.latLngBounds(shown().map((item) => item.dot.getLatLng()));
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [36, 36], maxZoom: 16, animate: !calm.matches });
  };

  const choose = (item) => {
    current?.row.removeAttribute("aria-current");
    current?.dot.getElement()?.classList.remove("chosen");
    current = item;
    item.row.setAttribute("aria-current", "true");
    item.dot.bringToFront().getElement()?.classList.add("chosen");
    item.row.scrollIntoView({ block: "nearest", behavior: calm.matches ? "instant" : "smooth" });
    map.setView(item.dot.getLatLng(), Math.max(map.getZoom(), 15), { animate: !calm.matches });
  };

  const chips = [...document.querySelectorAll(".chips button")];
  const sift = () => {
    const wanted = chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.theme);
    const words = plain(byId("search").value).split(/\s+/);
    for (const item of items) {
      item.row.hidden = !(
        words.every((word) => item.words.includes(word))
        && (!wanted.length || wanted.some((theme) => item.themes.includes(theme)))
        && (!byId("open-today").checked || item.state === "open")
      );
      item.row.hidden ? item.dot.remove() : item.dot.addTo(map);
    }
    const count = byId("count");
    count.textContent = count.dataset.said.split("|")[Math.min(shown().length, 2)].replace(/\d+/, shown().length);
    lettering?.draw();
  };
  chips.forEach((chip) => chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    sift();
    whole();
  }));
  byId("search").addEventListener("input", sift);
  byId("search").form.addEventListener("submit", (event) => { event.preventDefault(); whole(); });
  byId("open-today").addEventListener("change", sift);
  byId("whole").addEventListener("click", whole);

  map.fitBounds(L.latLngBounds(places.map(([, lat, lon]) => [lat, lon])), { padding: [24, 24], animate: false });
  widen(map);
  sift();
  groundLater(map, names, () => ({
    lines: [], walks: [], marks: shown().map(({ dot, name }) => {
      const spot = map.latLngToContainerPoint(dot.getLatLng());
      return { name: map.getZoom() < 13 ? "" : name, reach: 8, home: spot, spot };
    }),
  })).then((layer) => { lettering = layer; });
})();
