/* What is written on the map: placed anew after each move so that nothing covers anything. */

const CELL = 12;
/** The cell of a coarse grid that a point of the window lies in. */
const cellOf = (x, y) => `${Math.round(x / CELL)},${Math.round(y / CELL)}`;
const LETTERS = 'system-ui, "DejaVu Sans", sans-serif';
/** How far from a walk its arrows stand, in pixels along it. */
const ARROWS = 110;

/**
 * Names of stops, towns, stations and streets, arrows along the walks, and lines from the marks to
 * the spots they mean. *shown* gives what is on the map: {lines, walks, marks}.
 */
const Lettering = L.Layer.extend({
  initialize(ground, names, shown) {
    this._shown = shown;
    this._names = names;
    this._ground = ground;
    const walked = new Set(names.streets);
    this._streets = [];
    for (const kind of ["main-road", "street", "path"]) {
      (ground?.lines[kind]?.at ?? []).forEach((at, i) => {
        const name = ground.names[ground.lines[kind].name[i]];
        if (name) this._streets.push({ kind, name, at, walked: walked.has(name) });
      });
    }
    this._streets.sort((a, b) => b.walked - a.walked);
    this._measure = document.createElement("canvas").getContext("2d");
  },
  onAdd() {
    this._svg = L.SVG.create("svg");
    this._svg.setAttribute("class", "labels leaflet-zoom-hide");
    this._svg.setAttribute("aria-hidden", "true");
    this._map.getPane("overlayPane").appendChild(this._svg);
    this._map.on("moveend resize", this.draw, this);
    this.draw();
  },
  async draw() {
    if (!this._map) return; // It waits for the ground.
    const turn = this._turn = {}, map = this._map, size = map.getSize(), zoom = map.getZoom();
    const pixel = (point) => map.latLngToContainerPoint(point);
    const sheet = { size, zoom, nodes: [], arrows: [], taken: new Set(), passed: new Set(), placed: new Map() };
    const { lines, walks, marks } = this._shown();
    const corner = map.getContainer().getBoundingClientRect();
    for (const { left, top, width, height } of this._furniture()) {
      this._take(sheet, L.point(left - corner.left + width / 2, top - corner.top + height / 2), width / 2, height / 2);
    }
    for (const line of lines) this._pass(sheet, line.getLatLngs().map(pixel));
    for (const { spot, home, reach } of marks) {
      this._take(sheet, spot, reach - 2, reach - 2);
      if (spot.distanceTo(home) > 4) this._lead(sheet, home, spot);
    }
    for (const line of walks) this._arrows(sheet, line.getLatLngs().map(pixel), line.options.className.split(" ").at(-1));
    for (const mark of marks) if (mark.name) this._beside(sheet, mark.name, mark.spot, mark.reach, "stop-name", 12, 650);
    for (const { kind, name, at } of this._names.points) {
      if (zoom < 10 || kind === "town" && zoom > 15 || kind === "station" && zoom < 12) continue;
      const spot = pixel(at);
      if (spot.x < 0 || spot.y < 0 || spot.x > size.x || spot.y > size.y) continue;
      if (kind === "town") {
        const half = this._width(name, 13, 600) / 2 + 4;
        if (spot.x < half || spot.x > size.x - half || !this._put(sheet, "town", name, spot, 0, 13, 600)) {
          this._beside(sheet, name, spot, 7, "town", 13, 600);
        }
      } else if (this._beside(sheet, name, spot, 5, "station-name", 11, 500)) {
        sheet.nodes.push(this._node("rect", { x: spot.x - 4, y: spot.y - 4, width: 8, height: 8, rx: 2, class: "station" }));
      }
    }
    this._svg.setAttribute("width", size.x);
    this._svg.setAttribute("height", size.y);
    L.DomUtil.setPosition(this._svg, map.containerPointToLayerPoint([0, 0]));
    this._svg.replaceChildren(...sheet.nodes);
    if (zoom < 13.5) return;
    sheet.nodes = [];
    let until = turnEnd();
    const isOver = async () => {
      await pause();
      until = turnEnd();
      return this._turn !== turn;
    };
    const view = map.getBounds();
    for (const [kind, name, ring] of this._ground?.areas ?? []) {
      if (performance.now() >= until && await isOver()) return;
      if (zoom < 14.5 || !name) continue;
      const bounds = L.latLngBounds(decodeLine(ring));
      if (!view.contains(bounds.getCenter())) continue;
      const words = this._ground.names[name];
      if (this._width(words, 11) < pixel(bounds.getSouthEast()).x - pixel(bounds.getNorthWest()).x) {
        this._put(sheet, `over-${kind}`, words, pixel(bounds.getCenter()), 0, 11, 500);
      }
    }
    for (const street of this._streets) {
      if (performance.now() >= until && await isOver()) return;
      if (!street.walked && zoom < { "main-road": 14.5, street: 15.5, path: 17 }[street.kind]) continue;
      street.points ??= decodeLine(street.at);
      street.bounds ??= L.latLngBounds(street.points);
      if (view.intersects(street.bounds)) this._along(sheet, street, street.points.map(pixel));
    }
    this._svg.append(...sheet.nodes);
  },
  /** What lies on the map and hides what is written below it. */
  _furniture() {
    return [...document.querySelectorAll(".controls, .legend, .credit, .leaflet-control-scale")].map((node) => node.getBoundingClientRect());
  },
  /** Remember where a line of the tour passes. */
  _pass(sheet, pixels) {
    for (let i = 1; i < pixels.length; i++) {
      const a = pixels[i - 1], b = pixels[i];
      if (!L.bounds(a, b).intersects(L.bounds([0, 0], sheet.size))) continue;
      const pieces = Math.min(400, Math.ceil(a.distanceTo(b) / 7));
      for (let n = 0; n <= pieces; n++) sheet.passed.add(cellOf(a.x + (b.x - a.x) * n / pieces, a.y + (b.y - a.y) * n / pieces));
    }
  },
  _cells(middle, halfWidth, halfHeight) {
    const cells = [];
    const columns = Math.ceil(halfWidth * 4 / CELL), rows = Math.ceil(halfHeight * 4 / CELL);
    for (let i = 0; i <= columns; i++) {
      for (let j = 0; j <= rows; j++) {
        cells.push(cellOf(middle.x + halfWidth * (2 * i / columns - 1), middle.y + halfHeight * (2 * j / rows - 1)));
      }
    }
    return cells;
  },
  _take(sheet, middle, halfWidth, halfHeight) {
    this._cells(middle, halfWidth, halfHeight).forEach((cell) => sheet.taken.add(cell));
  },
  _lead(sheet, home, spot) {
    sheet.nodes.push(
      this._node("line", { x1: home.x, y1: home.y, x2: spot.x, y2: spot.y, class: "lead" }),
      this._node("circle", { cx: home.x, cy: home.y, r: 3.5, class: "lead" }),
    );
  },
  /** Draw arrows along a walk, where it is straight enough to point somewhere. */
  _arrows(sheet, pixels, colour) {
    let due = ARROWS / 2;
    for (let i = 1; i < pixels.length; i++) {
      const a = pixels[i - 1], b = pixels[i], length = a.distanceTo(b);
      for (; due <= length; due += ARROWS) {
        const { x, y } = a.add(b.subtract(a).multiplyBy(due / length));
        if (x < 0 || y < 0 || x > sheet.size.x || y > sheet.size.y || sheet.taken.has(cellOf(x, y))) continue;
        if (sheet.arrows.some((other) => other.distanceTo([x, y]) < 24)) {
          due -= ARROWS / 2; // On the way back they stand between those of the way there.
          continue;
        }
        sheet.arrows.push(L.point(x, y));
        const angle = Math.atan2(b.y - a.y, b.x - a.x) * 180 / Math.PI;
        const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(0)})`;
        sheet.nodes.push(this._node("path", { d: "M-5-5L6 0L-5 5L-2.5 0Z", transform, class: `arrow ${colour}` }));
      }
      due -= length;
    }
  },
  _width(name, size, weight = 500) {
    this._measure.font = `${weight} ${size}px ${LETTERS}`;
    return this._measure.measureText(name).width;
  },
  /** Write a name beside a spot, on the side where it covers least; tell whether there was room. */
  _beside(sheet, name, spot, reach, className, size, weight) {
    const words = name.length > 34 ? `${name.slice(0, 32).trimEnd()}…` : name;
    const half = this._width(words, size, weight) / 2 + 3;
    const sides = [[reach + 7 + half, 0], [-reach - 7 - half, 0]];
    for (const gap of [12, 20]) {
      for (const shift of [0, half - reach, reach - half]) sides.push([shift, -reach - gap], [shift, reach + gap]);
    }
    for (const avoid of [[sheet.taken, sheet.passed], [sheet.taken]]) {
      for (const [x, y] of sides) {
        const middle = spot.add([x, y]);
        if (middle.x - half < 0 || middle.x + half > sheet.size.x || middle.y < 8 || middle.y > sheet.size.y - 8) continue;
        const cells = this._cells(middle, half, 6);
        if (cells.some((cell) => avoid.some((set) => set.has(cell)))) continue;
        this._write(sheet, className, words, middle, 0, cells);
        return true;
      }
    }
    return false;
  },
  /** Put a name on the straightest stretch that is as long, if there is one in view. */
  _along(sheet, { kind, name, walked }, pixels) {
    const width = this._width(name, 11, walked ? 650 : 500) + 8;
    const lengths = [0];
    for (let i = 1; i < pixels.length; i++) lengths.push(lengths[i - 1] + pixels[i].distanceTo(pixels[i - 1]));
    const total = lengths[lengths.length - 1];
    const at = (length) => {
      const i = Math.max(1, lengths.findIndex((reached) => reached >= length));
      const share = (length - lengths[i - 1]) / (lengths[i] - lengths[i - 1] || 1);
      return pixels[i - 1].add(pixels[i].subtract(pixels[i - 1]).multiplyBy(share));
    };
    const inside = (p) => p.x > 0 && p.y > 0 && p.x < sheet.size.x && p.y < sheet.size.y;
    for (let start = 0; start + width <= total; start += width / 2) {
      const a = at(start), b = at(start + width);
      if (!inside(a) || !inside(b) || a.distanceTo(b) < 0.97 * width) continue;
      let angle = Math.atan2(b.y - a.y, b.x - a.x);
      if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
      const middle = a.add(b).divideBy(2);
      if ((sheet.placed.get(name) || []).some((p) => p.distanceTo(middle) < 320)) continue;
      if (this._put(sheet, walked ? "walked-name" : `over-${kind}`, name, middle, angle, 11, walked ? 650 : 500)) return;
    }
  },
  /** Put a name at a point, or beside it where the tour passes there; tell whether there was room. */
  _put(sheet, className, name, middle, angle, size, weight) {
    const half = this._width(name, size, weight) / 2 + 4;
    const cellsAt = (point) => {
      const cells = [];
      for (let d = -half; d <= half; d += 7) {
        for (const e of [-7, 0, 7]) {
          cells.push(cellOf(point.x + d * Math.cos(angle) - e * Math.sin(angle), point.y + d * Math.sin(angle) + e * Math.cos(angle)));
        }
      }
      return cells;
    };
    const across = L.point(Math.sin(angle), -Math.cos(angle));
    const meets = (taken, by) => cellsAt(middle.add(across.multiplyBy(by))).some((cell) => taken.has(cell));
    if (meets(sheet.taken, 0)) return false;
    const shift = [0, 17, -17].find((by) => !meets(sheet.passed, by) && !meets(sheet.taken, by));
    if (shift === undefined) return false;
    middle = middle.add(across.multiplyBy(shift));
    sheet.placed.set(name, [...(sheet.placed.get(name) || []), middle]);
    this._write(sheet, shift ? `${className} beside` : className, name, middle, angle, cellsAt(middle));
    return true;
  },
  _write(sheet, className, words, middle, angle, cells) {
    cells.forEach((cell) => sheet.taken.add(cell));
    const turned = angle ? ` rotate(${(angle * 180 / Math.PI).toFixed(1)})` : "";
    const transform = `translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)})${turned}`;
    const text = this._node("text", { class: className, transform });
    text.textContent = words;
    sheet.nodes.push(text);
  },
  _node(name, attributes) {
    const node = L.SVG.create(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  },
});
