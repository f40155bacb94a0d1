/* A map that needs no network: what every page with one begins with. */

const byId = (id) => document.getElementById(id);
const dataOf = (id) => JSON.parse(byId(id).textContent);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 52rem)");
const root = document.documentElement;
root.classList.add("js");

/** Lines grow with the zoom. */
const widen = (map) => {
  const wide = Math.min(3, Math.max(0.25, 2 ** ((map.getZoom() - 15.5) * 0.7)));
  map.getContainer().style.setProperty("--wide", wide);
};

/** Make the map of the page, with its scale and the buttons beside it. */
const newMap = () => {
  const map = L.map("map", {
    attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90,
    minZoom: 5, maxZoom: 19, renderer: L.svg({ padding: 0.4 }), maxBoundsViscosity: 0.8,
  });
  const imperial = document.documentElement.dataset.units === "imperial";
  L.control.scale({ imperial, metric: !imperial }).addTo(map);
  map.createPane("ground").style.zIndex = 350;  // below what the page is about
  map.on("zoomend", () => widen(map));
  byId("zoom-in").addEventListener("click", () => map.zoomIn());
  byId("zoom-out").addEventListener("click", () => map.zoomOut());
  return map;
};

/** Move marks apart until none covers another: each is {home, reach}, and gets its *spot*. */
const spreadMarks = (marks) => {
  // At one point they stand side by side.
  marks.forEach((mark, i) => { mark.spot = mark.home.add([i * 0.01, 0]); });
  for (let round = 0; round < 60; round++) {
    let still = true;
    marks.forEach((a, i) => marks.slice(0, i).forEach((b) => {
      const way = a.spot.subtract(b.spot), lack = a.reach + b.reach + 1 - way.distanceTo([0, 0]);
      if (lack <= 0.1) return;
      still = false;
      const push = way.multiplyBy(lack / 2 / way.distanceTo([0, 0]));
      a.spot = a.spot.add(push);
      b.spot = b.spot.subtract(push);
    }));
    if (still) return;
  }
};

/** Draw the ground and what is written on it, once the words and the tour are painted. */
const groundLater = (map, names, shown) => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(async () => {
    const ground = dataOf("ground");
    await pause();
    const lettering = new Lettering(ground, names, shown);
    let written = false;
    const write = () => {
      if (!written) lettering.addTo(map);
      written = true;
    };
    if (ground) map.addLayer(new Ground(ground, write)); else write();
    resolve(lettering);
  }));
});
