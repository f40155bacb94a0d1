/* The tour on the map, and how it and the timetable follow each other. */
(() => {
  "use strict";

  const tour = dataOf("tour");
  const map = newMap();
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
    marker.on("click", () => {
      choose(id);
      rowOf(id).querySelector(".pick").focus({ preventScroll: true });
    });
    items.set(id, { day, kind, marker, reach: size / 2, at: L.latLng(at[1], at[0]), name: kind === "break" ? "" : nameOf(id) });
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
      line.kind = kind;
      shown.push(line);
      layer.addLayer(line);
      const reach = L.polyline(points, { ...style, interactive: true, className: "way reach" });
      reach.on("click", () => choose(id));
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
    if (!data.back) add("end", data.end);
    const order = [data.start, ...data.stops, ...(data.back ? [] : [data.end])].map((item) => item.id);
    if (data.back) items.set(data.end.id, items.get(data.start.id));
    const panel = byId(`day${day + 1}`);
    panel.classList.add(`colour-${colourOf(day)}`);
    return { layer, order, panel, tab: byId(`tab${day + 1}`), bounds: layer.getBounds() };
  };

  const onMap = () => [...items.values()].filter((item) => map.hasLayer(days[item.day].layer));

  /** Move the marks that are shown apart until none covers another. */
  const spread = () => {
    const marks = onMap().filter((item, i, all) => item.marker && all.indexOf(item) === i);
    marks.forEach((item) => { item.home = map.latLngToLayerPoint(item.at); });
    spreadMarks(marks);
    for (const { marker, reach, home, spot } of marks) {
      const { style } = marker.getElement();
      style.marginLeft = `${spot.x - home.x - reach}px`;
      style.marginTop = `${spot.y - home.y - reach}px`;
    }
  };

  let shownDay = 0;
  let current = null;
  let moved = false;  // by the page, not by the person
  let lettering = null;

  const go = (move) => {
    moved = true;
    move();
  };
  const animate = () => !calm.matches && !root.classList.contains("printing");
  const fit = (bounds, padding = 48) => go(() => map.fitBounds(bounds, { padding: [padding, padding], maxZoom: 17, animate: animate() }));
  const showWhole = () => fit(days[shownDay].bounds);

  const showDay = (day) => {
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
    spread();
    lettering?.draw();
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

  /** Choose a stop or a way: mark it in the timetable, tell all of it, move the map there. */
  const choose = (id) => {
    const item = items.get(id);
    rowOf(id).querySelectorAll("details").forEach((details) => { details.open = true; });
    markCurrent(id);
    if (item.kind === "leg") {
      fit(item.bounds);
    } else {
      const zoom = Math.max(map.getZoom(), 16);
      go(() => map.setView(item.at, zoom, { animate: animate() }));
    }
  };

  /** When a person moves the map, mark the stop nearest to its middle. */
  const follow = () => {
    if (moved) {
      moved = false;
      return;
    }
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
    spread();
    map.invalidateSize({ animate: false });
    const all = days.reduce((bounds, day) => bounds.extend(day.bounds), L.latLngBounds([]));
    fit(all, 24);
  };
  const fromPaper = () => {
    if (!before) return;
    root.classList.remove("printing");
    before.closed.forEach((details) => { details.open = false; });
    days.forEach(({ layer }, i) => { if (i !== shownDay) layer.remove(); });
    spread();
    map.invalidateSize({ animate: false });
    go(() => map.setView(before.center, before.zoom, { animate: false }));
    if (current) highlight(current, true);
    before = null;
  };

  // ---- all together

  tour.days.forEach((data, i) => days.push(buildDay(data, i)));
  map.fitBounds(days[0].bounds, { padding: [48, 48], maxZoom: 17, animate: false });
  widen(map);
  days.forEach(({ panel, tab }) => {
    if (!tab) return;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
  });
  showDay(0);
  groundLater(map, tour.names, () => {
    const shown = onMap(), lines = shown.flatMap((item) => item.lines || []);
    const marks = shown.filter((item, i) => item.marker && shown.indexOf(item) === i).map(({ name, reach, home, spot }) => ({
      name, reach, home: map.layerPointToContainerPoint(home), spot: map.layerPointToContainerPoint(spot),
    }));
    return { lines, walks: lines.filter((line) => line.kind !== "ride" && line.kind !== "guess"), marks };
  }).then((layer) => { lettering = layer; });
  map.on("zoomend", spread);

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
    if (!items.has(row.id)) continue;
    const pick = row.querySelector(".pick");
    pick.addEventListener("click", (event) => {
      if (pick.matches("summary")) {
        // A way that is open already is closed, and the map stays.
        if (pick.parentElement.open) return;
        event.preventDefault();
      }
      choose(row.id);
    });
  }
  // Where on the map a point of a profile is.
  const here = L.circleMarker([0, 0], { radius: 7, className: "here", interactive: false });
  for (const profile of document.querySelectorAll(".row svg.profile")) {
    profile.addEventListener("pointermove", ({ clientX }) => {
      const { left, width } = profile.getBoundingClientRect();
      const line = items.get(profile.closest(".row").id).lines.find(({ kind }) => kind !== "ride");
      const points = line.getLatLngs();
      let left_m = points.slice(1).reduce((sum, point, i) => sum + point.distanceTo(points[i]), 0) * Math.min(1, Math.max(0, (clientX - left) / width));
      const i = points.slice(1).findIndex((point, n) => (left_m -= point.distanceTo(points[n])) <= 0);
      here.setLatLng(points[i < 0 ? points.length - 1 : i + 1]).addTo(map);
    });
    profile.addEventListener("pointerleave", () => here.remove());
  }
  byId("whole").addEventListener("click", showWhole);
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
