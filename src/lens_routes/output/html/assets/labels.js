/* Names on the map: placed anew after each move, beside the tour where it would cover them. */

/** The cell of a coarse grid that a point of the window lies in. */
const cellOf = (x, y) => `${Math.round(x / 12)},${Math.round(y / 12)}`;

/** Names along streets, and within waters and greens, where there is room. */
const StreetNames = L.Layer.extend({
  initialize(ground, lines, tourLines) {
    this._tourLines = tourLines;
    this._lines = [];
    for (const kind of ["main-road", "street", "path"]) {
      (lines[kind] || []).forEach((points, i) => {
        const name = ground.names[ground.lines[kind].name[i]];
        if (name) this._lines.push({ kind, name, points, bounds: L.latLngBounds(points) });
      });
    }
    this._areas = ground.areas.filter((area) => area[1]).map((area) => {
      const bounds = L.latLngBounds(decodeLine(area[2]));
      return { kind: area[0], name: ground.names[area[1]], bounds };
    });
    this._measure = document.createElement("canvas").getContext("2d");
    this._measure.font = '500 11px system-ui, "DejaVu Sans", sans-serif';
  },
  onAdd() {
    this._svg = L.SVG.create("svg");
    this._svg.setAttribute("class", "labels leaflet-zoom-hide");
    this._svg.setAttribute("aria-hidden", "true");
    this._map.getPane("overlayPane").appendChild(this._svg);
    this._map.on("moveend resize", this._draw, this);
    this._draw();
  },
  _draw() {
    this._svg.replaceChildren();
    const zoom = this._map.getZoom();
    if (zoom < 14.5) return;
    const size = this._map.getSize();
    this._svg.setAttribute("width", size.x);
    this._svg.setAttribute("height", size.y);
    L.DomUtil.setPosition(this._svg, this._map.containerPointToLayerPoint([0, 0]));
    this._taken = new Set();
    this._placed = new Map();
    this._walked = this._cellsOfTour(size);
    const view = this._map.getBounds();
    for (const { kind, name, bounds } of this._areas) {
      if (!view.contains(bounds.getCenter())) continue;
      const [west, middle, east] = [bounds.getNorthWest(), bounds.getCenter(), bounds.getSouthEast()]
        .map((point) => this._map.latLngToContainerPoint(point));
      if (this._width(name) < east.x - west.x) this._put(kind, name, middle, 0);
    }
    for (const line of this._lines) {
      if (line.kind === "street" && zoom < 15.5 || line.kind === "path" && zoom < 17) continue;
      if (view.intersects(line.bounds)) this._along(line, size);
    }
  },
  /** The cells of the window that the tour's lines pass. */
  _cellsOfTour(size) {
    const cells = new Set();
    for (const line of this._tourLines()) {
      const pixels = line.getLatLngs().map((point) => this._map.latLngToContainerPoint(point));
      for (let i = 1; i < pixels.length; i++) {
        const a = pixels[i - 1], b = pixels[i];
        if (!L.bounds(a, b).intersects(L.bounds([0, 0], size))) continue;
        const pieces = Math.min(400, Math.ceil(a.distanceTo(b) / 7));
        for (let n = 0; n <= pieces; n++) cells.add(cellOf(a.x + (b.x - a.x) * n / pieces, a.y + (b.y - a.y) * n / pieces));
      }
    }
    return cells;
  },
  _width(name) {
    return this._measure.measureText(name).width;
  },
  /** Put a name on the straightest stretch that is as long, if there is one in view. */
  _along({ kind, name, points }, size) {
    const width = this._width(name) + 8;
    const pixels = points.map((point) => this._map.latLngToContainerPoint(point));
    const lengths = [0];
    for (let i = 1; i < pixels.length; i++) lengths.push(lengths[i - 1] + pixels[i].distanceTo(pixels[i - 1]));
    const total = lengths[lengths.length - 1];
    const at = (length) => {
      const i = Math.max(1, lengths.findIndex((reached) => reached >= length));
      const share = (length - lengths[i - 1]) / (lengths[i] - lengths[i - 1] || 1);
      return pixels[i - 1].add(pixels[i].subtract(pixels[i - 1]).multiplyBy(share));
    };
    const inside = (p) => p.x > 0 && p.y > 0 && p.x < size.x && p.y < size.y;
    for (let start = 0; start + width <= total; start += width / 2) {
      const a = at(start), b = at(start + width);
      if (!inside(a) || !inside(b) || a.distanceTo(b) < 0.97 * width) continue;
      let angle = Math.atan2(b.y - a.y, b.x - a.x);
      if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
      const middle = a.add(b).divideBy(2);
      if ((this._placed.get(name) || []).some((p) => p.distanceTo(middle) < 320)) continue;
      if (this._put(kind, name, middle, angle)) return;
    }
  },
  /** Put a name at a point, or beside it where the tour passes there; tell whether there was room. */
  _put(kind, name, middle, angle) {
    const half = this._width(name) / 2 + 4;
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
    if (meets(this._taken, 0)) return false;
    const shift = [0, 17, -17].find((by) => !meets(this._walked, by) && !meets(this._taken, by));
    if (shift === undefined) return false;
    middle = middle.add(across.multiplyBy(shift));
    const cells = cellsAt(middle);
    cells.forEach((cell) => this._taken.add(cell));
    this._placed.set(name, [...(this._placed.get(name) || []), middle]);
    const text = L.SVG.create("text");
    text.textContent = name;
    text.setAttribute("class", shift ? "beside" : `over-${kind}`);
    text.setAttribute("transform", `translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)}) rotate(${(angle * 180 / Math.PI).toFixed(1)})`);
    this._svg.appendChild(text);
    return true;
  },
});
