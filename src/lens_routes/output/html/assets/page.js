/* The map, and how it and the timetable follow each other. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const tour = JSON.parse(byId("tour").textContent);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 52rem)");
  const root = document.documentElement;
  root.classList.add("js");

  const map = L.map("map", {
    attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90,
    minZoom: 5, maxZoom: 19, renderer: L.svg({ padding: 0.4 }), maxBoundsViscosity: 0.8,
  });
  L.control.scale({ imperial: false }).addTo(map);

  const widen = () => {
    const zoom = map.getZoom();
    map.getContainer().style.setProperty("--wide", Math.min(3, Math.max(0.25, 2 ** ((zoom - 15.5) * 0.7))));
    map.getContainer().classList.toggle("far", zoom < 13.5);
  };

  // ---- the tour

  const rowOf = (id) => byId(id);
  const nameOf = (id) => rowOf(id).querySelector(".pick").textContent;
  const days = [];
  const items = new Map();

  const mark = (day, kind, { id, at, label }) => {
    const size = kind === "start" || kind === "end" ? 24 : 30;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label || "";
    const hour = rowOf(id).querySelector(".when").textContent;
    button.setAttribute("aria-label", [label, nameOf(id), hour].filter(Boolean).join(", "));
    button.title = nameOf(id);
    const icon = L.divIcon({
      html: button, className: `mark ${kind} colour-${colourOf(day)}`, iconSize: [size, size],
      iconAnchor: [size / 2, size / 2],
    });
    const marker = L.marker([at[1], at[0]], { icon, keyboard: false, riseOnHover: true });
    marker.on("click", () => choose(id, { from: button }));
    items.set(id, { day, kind, marker, size, at: L.latLng(at[1], at[0]) });
    return marker;
  };

  const way = (day, { id, lines }) => {
    const layer = L.featureGroup();
    const shown = [];
    for (const { kind, at, colour } of lines) {
      const points = decodeLine(at);
      const style = { fill: false, interactive: false, smoothFactor: 0.8 };
      if (kind !== "guess") layer.addLayer(L.polyline(points, { ...style, className: `way halo below-${kind}` }));
      const line = L.polyline(points, { ...style, className: `way ${kind} colour-${colourOf(day)}`, color: colour || "none" });
      shown.push(line);
      layer.addLayer(line);
      const reach = L.polyline(points, { ...style, interactive: true, className: "way reach" });
      reach.on("click", () => choose(id, { from: rowOf(id).querySelector(".pick") }));
      layer.addLayer(reach);
    }
    items.set(id, { day, kind: "leg", lines: shown, bounds: layer.getBounds() });
    return layer;
  };

  const colourOf = (day) => (day % 4) + 1;

  const buildDay = (data, day) => {
    const layer = L.featureGroup();
    data.legs.forEach((leg) => layer.addLayer(way(day, leg)));
    const add = (kind, item) => layer.addLayer(mark(day, kind, item));
    add("start", data.start);
    data.stops.forEach((stop) => add(stop.label ? "stop" : "break", stop));
    add("end", data.end);
    const order = [data.start.id, ...data.stops.map((stop) => stop.id), data.end.id];
    const panel = byId(`day${day + 1}`);
    panel.classList.add(`colour-${colourOf(day)}`);
    return { layer, order, panel, tab: byId(`tab${day + 1}`), bounds: layer.getBounds() };
  };

  /** Move the marks of the day that is shown apart until none covers another. */
  const spread = () => {
    const marks = days[shownDay].order.map((id) => items.get(id)).map(({ marker, size, at }, i) => ({
      element: marker.getElement(), reach: size / 2 + 1, home: map.latLngToLayerPoint(at),
      // At one point they stand side by side.
      spot: map.latLngToLayerPoint(at).add([i * 0.01, 0]),
    })).filter(({ element }) => element);
    for (let round = 0; round < 60; round++) {
      let calm = true;
      marks.forEach((a, i) => marks.slice(0, i).forEach((b) => {
        const way = a.spot.subtract(b.spot), lack = a.reach + b.reach - way.distanceTo([0, 0]);
        if (lack <= 0.1) return;
        calm = false;
        const push = way.multiplyBy(lack / 2 / way.distanceTo([0, 0]));
        a.spot = a.spot.add(push);
        b.spot = b.spot.subtract(push);
      }));
      if (calm) break;
    }
    for (const { element, reach, home, spot } of marks) {
      element.style.marginLeft = `${spot.x - home.x - reach + 1}px`;
      element.style.marginTop = `${spot.y - home.y - reach + 1}px`;
    }
  };

  let shownDay = 0;
  let current = null;
  let cardFor = null;
  let openedFrom = null;
  let moved = false;  // by the page, not by the person

  const go = (move) => {
    moved = true;
    move();
  };
  const animate = () => !calm.matches && !root.classList.contains("printing");

  const showWhole = () => go(() => map.fitBounds(days[shownDay].bounds, { padding: [48, 48], maxZoom: 17, animate: animate() }));

  const showDay = (day) => {
    closeCard();
    markCurrent(null);
    shownDay = day;
    days.forEach(({ layer, panel, tab }, i) => {
      panel.hidden = i !== day;
      if (tab) {
        tab.setAttribute("aria-selected", String(i === day));
        tab.tabIndex = i === day ? 0 : -1;
      }
      if (i === day) layer.addTo(map); else layer.remove();
    });
    byId("card").className = `colour-${colourOf(day)}`;
    spread();
  };

  const markCurrent = (id) => {
    if (current) {
      rowOf(current).removeAttribute("aria-current");
      highlight(current, false);
    }
    current = id;
    if (!id) return;
    rowOf(id).setAttribute("aria-current", "true");
    highlight(id, true);
    rowOf(id).scrollIntoView({ block: "nearest", behavior: animate() ? "smooth" : "instant" });
  };

  const highlight = (id, chosen) => {
    const { marker, lines } = items.get(id);
    if (marker) {
      marker.getElement()?.classList.toggle("chosen", chosen);
      marker.setZIndexOffset(chosen ? 1000 : 0);
    } else {
      lines.forEach((line) => line.getElement()?.classList.toggle("chosen", chosen));
    }
  };

  /** Choose a stop or a way: mark it in the timetable, move the map there, open the stop's card. */
  const choose = (id, { from }) => {
    const item = items.get(id);
    if (item.kind === "leg") {
      closeCard();
      markCurrent(id);
      rowOf(id).querySelectorAll("details").forEach((details) => { details.open = true; });
      go(() => map.fitBounds(item.bounds, { padding: [48, 48], maxZoom: 17, animate: animate() }));
    } else {
      openCard(id, from);
      markCurrent(id);
      const zoom = Math.max(map.getZoom(), 16);
      go(() => map.setView(beside(item.at, zoom), zoom, { animate: animate() }));
    }
  };

  /** Where the middle of the map has to be so that a point is not below the card. */
  const beside = (at, zoom) => {
    if (narrow.matches) return at;
    const covered = Math.min(byId("card").offsetWidth + 16, map.getSize().x / 2);
    return map.unproject(map.project(at, zoom).subtract([covered / 2, 0]), zoom);
  };

  const openCard = (id, from) => {
    const row = rowOf(id);
    const body = byId("card-body");
    if (from && !byId("card").contains(from)) openedFrom = from;
    cardFor = id;
    const number = row.querySelector(".badge").textContent;
    byId("card-title").textContent = (number ? `${number}. ` : "") + nameOf(id);
    body.replaceChildren();
    for (const part of row.querySelectorAll(".body > :not(h3)")) {
      part.classList.contains("more")
        ? body.append(...[...part.children].map((child) => child.cloneNode(true)))
        : body.append(part.cloneNode(true));
    }
    const { order } = days[shownDay];
    const place = order.indexOf(id);
    byId("card-previous").disabled = place <= 0;
    byId("card-next").disabled = place >= order.length - 1;
    byId("card").hidden = false;
    byId("card").scrollTop = 0;
    root.classList.add("has-card");
    byId("card").focus({ preventScroll: true });
  };

  const closeCard = () => {
    if (!cardFor) return;
    const inside = byId("card").contains(document.activeElement);
    byId("card").hidden = true;
    root.classList.remove("has-card");
    cardFor = null;
    if (inside && openedFrom?.isConnected) openedFrom.focus({ preventScroll: true });
  };

  const step = (by) => {
    const { order } = days[shownDay];
    const id = order[order.indexOf(cardFor) + by];
    if (id) choose(id, { from: rowOf(id).querySelector(".pick") });
  };

  /** When a person moves the map, mark the stop nearest to its middle. */
  const follow = () => {
    if (moved) {
      moved = false;
      return;
    }
    if (cardFor) return;
    const middle = map.getCenter(), view = map.getBounds();
    const seen = days[shownDay].order.filter((id) => items.get(id).kind !== "end" && view.contains(items.get(id).at));
    seen.sort((a, b) => middle.distanceTo(items.get(a).at) - middle.distanceTo(items.get(b).at));
    markCurrent(seen[0] ?? null);
  };

  // ---- paper: every day, every direction, in daylight

  let before = null;
  const toPaper = () => {
    if (before) return;
    const closed = [...document.querySelectorAll("main .day details:not([open])")];
    before = { center: map.getCenter(), zoom: map.getZoom(), closed };
    closed.forEach((details) => { details.open = true; });
    root.classList.add("printing");
    if (current) highlight(current, false);
    days.forEach(({ layer }) => layer.addTo(map));
    map.invalidateSize({ animate: false });
    const all = days.reduce((bounds, day) => bounds.extend(day.bounds), L.latLngBounds([]));
    go(() => map.fitBounds(all, { padding: [24, 24], maxZoom: 17, animate: false }));
  };
  const fromPaper = () => {
    if (!before) return;
    root.classList.remove("printing");
    before.closed.forEach((details) => { details.open = false; });
    days.forEach(({ layer }, i) => { if (i !== shownDay) layer.remove(); });
    map.invalidateSize({ animate: false });
    go(() => map.setView(before.center, before.zoom, { animate: false }));
    if (current) highlight(current, true);
    before = null;
  };

  // ---- all together

  tour.days.forEach((data, i) => days.push(buildDay(data, i)));
  map.fitBounds(days[0].bounds, { padding: [48, 48], maxZoom: 17, animate: false });
  // The words and the tour come first: a slow phone draws the ground when they are painted.
  requestAnimationFrame(() => setTimeout(() => {
    const ground = JSON.parse(byId("ground").textContent);
    if (!ground) return;
    const lines = () => [...items.values()].flatMap((item) => item.lines || []).filter((line) => map.hasLayer(line));
    drawGround(map, ground, lines);
  }));
  map.on("zoomend", () => { widen(); spread(); });
  widen();
  days.forEach(({ panel, tab }) => {
    if (!tab) return;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
  });
  showDay(0);

  if (tour.tiles) {
    const online = L.tileLayer(tour.tiles, { maxZoom: 19, referrerPolicy: "strict-origin-when-cross-origin" });
    const toggle = byId("online");
    const show = (on) => {
      toggle.setAttribute("aria-pressed", String(on));
      root.classList.toggle("online", on);
      on ? online.addTo(map) : online.remove();
    };
    toggle.addEventListener("click", () => show(toggle.getAttribute("aria-pressed") !== "true"));
    // Where no picture comes, offline or refused by its server, the page's own map stays.
    let came = false;
    online.on("tileload", () => { came = true; });
    online.on("tileerror", () => { if (!came) show(false); });
    show(navigator.onLine);
  }

  for (const row of document.querySelectorAll(".row")) {
    const pick = row.querySelector(".pick");
    if (!items.has(row.id)) continue;
    pick.addEventListener("click", () => choose(row.id, { from: pick }));
    if (items.get(row.id).kind !== "leg") pick.setAttribute("aria-haspopup", "dialog");
  }
  byId("zoom-in").addEventListener("click", () => map.zoomIn());
  byId("zoom-out").addEventListener("click", () => map.zoomOut());
  byId("whole").addEventListener("click", () => { closeCard(); showWhole(); });
  byId("card-close").addEventListener("click", closeCard);
  byId("card-previous").addEventListener("click", () => step(-1));
  byId("card-next").addEventListener("click", () => step(1));
  addEventListener("keydown", (event) => { if (event.key === "Escape") closeCard(); });
  days.forEach(({ tab }, i) => {
    tab?.addEventListener("click", () => { showDay(i); showWhole(); });
    tab?.addEventListener("keydown", (event) => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: days.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = (to + days.length) % days.length;
      showDay(next);
      showWhole();
      days[next].tab.focus();
    });
  });
  map.on("dragstart zoomstart", (event) => { if (event.type === "dragstart") moved = false; });
  map.getContainer().addEventListener("keydown", () => { moved = false; });
  map.on("moveend", follow);
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
})();
