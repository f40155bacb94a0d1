/* What the tour is drawn on: streets, waters, greens. */

/** The kinds of shapes, the lowest first, and the zoom from which each is drawn. */
const SHAPES_UPWARDS = [
  ["green", 0], ["water", 0], ["stream", 13.5], ["railway", 0], ["railway-ties", 12], ["path", 14], ["steps", 14.5],
  ["street-edge", 13.5], ["main-road-edge", 11], ["street", 12], ["main-road", 0],
];
/** A slow phone draws for so many milliseconds before it looks for fingers again. */
const TURN_MS = 6;
const pause = () => new Promise((resolve) => { setTimeout(resolve); });
/** When a turn that begins now is over; a page that is printed does not wait for its map. */
const turnEnd = () => (root.classList.contains("printing") ? Infinity : performance.now() + TURN_MS);

/** A point on the square that the whole earth is at zoom 0, as the map projects it. */
const worldPoint = ([lat, lon]) => {
  const { x, y } = L.CRS.EPSG3857.latLngToPoint({ lat, lng: lon }, 0);
  return [x, y];
};

/** Draws what can be seen, as coarse as the zoom allows, anew after each move and in small turns. */
const Ground = L.Renderer.extend({
  options: { padding: 0.3, pane: "ground" },
  initialize(ground, onDrawn) {
    L.Renderer.prototype.initialize.call(this);
    this._ground = ground;
    this._onDrawn = onDrawn;
    this._known = new Map();
  },
  _initContainer() {
    this._container = L.SVG.create("svg");
    this._paths = SHAPES_UPWARDS.map(([kind]) => {
      const path = L.SVG.create("path");
      path.setAttribute("class", `ground ${kind}`);
      return this._container.appendChild(path);
    });
  },
  _destroyContainer() {
    this._turn = null;
    this._container.remove();
    delete this._container;
  },
  _updateTransform(center, zoom) {
    if (this._center) L.Renderer.prototype._updateTransform.call(this, center, zoom);
  },
  async _update() {
    const turn = this._turn = {}, map = this._map, zoom = map.getZoom(), center = map.getCenter();
    const size = map.getSize(), spare = size.multiplyBy(this.options.padding);
    const min = map.containerPointToLayerPoint(spare.multiplyBy(-1)).round();
    const bounds = L.bounds(min, min.add(size.add(spare.multiplyBy(2))).round());
    const view = { bounds, scale: 2 ** zoom, origin: map.getPixelOrigin() };
    const drawn = new Map();
    let until = turnEnd();
    for (const [name, from] of SHAPES_UPWARDS) {
      const kind = name.replace(/-(edge|ties)$/, "");
      if (zoom < from || drawn.has(kind)) continue;
      const pieces = [];
      for (let i = 0; i < this._count(kind); i++) {
        pieces.push(this._piece(kind, i, view));
        if (performance.now() < until) continue;
        await pause();
        if (this._turn !== turn) return;
        until = turnEnd();
      }
      drawn.set(kind, pieces.join(""));
    }
    Object.assign(this, { _bounds: bounds, _center: center, _zoom: zoom });
    const { x, y } = bounds.getSize();
    this._container.setAttribute("width", x);
    this._container.setAttribute("height", y);
    this._container.setAttribute("viewBox", [bounds.min.x, bounds.min.y, x, y].join(" "));
    L.DomUtil.setTransform(this._container, bounds.min, 1);
    SHAPES_UPWARDS.forEach(([name, from], i) => {
      const shape = zoom < from ? "" : drawn.get(name.replace(/-(edge|ties)$/, ""));
      this._paths[i].setAttribute("d", shape);
    });
    this._onDrawn?.();
  },
  _count(kind) {
    return kind === "green" || kind === "water" ? this._ground.areas.length : (this._ground.lines[kind]?.at.length ?? 0);
  },
  /** The lines of a shape on the square of the earth, read once, when they are first needed. */
  _rings(kind, i) {
    const key = `${kind} ${i}`;
    if (!this._known.has(key)) {
      const area = kind === "green" || kind === "water" ? this._ground.areas[i] : null;
      const lines = area ? (area[0] === kind ? area.slice(2) : []) : [this._ground.lines[kind].at[i]];
      this._known.set(key, lines.map((line) => {
        const points = decodeLine(line).map(worldPoint);
        const xs = points.map((point) => point[0]), ys = points.map((point) => point[1]);
        return { points, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], closed: Boolean(area) };
      }));
    }
    return this._known.get(key);
  },
  /** A shape as path data; nothing where it is out of sight or smaller than a dot. */
  _piece(kind, i, { bounds, scale, origin }) {
    let data = "";
    for (const { points, box, closed } of this._rings(kind, i)) {
      const [west, north, east, south] = box.map((side, n) => side * scale - (n % 2 ? origin.y : origin.x));
      if (east < bounds.min.x || west > bounds.max.x || south < bounds.min.y || north > bounds.max.y) continue;
      if (east - west < 1.5 && south - north < 1.5) continue;
      let lastX = Infinity, lastY = Infinity;
      points.forEach(([x, y], n) => {
        const px = Math.round((x * scale - origin.x) * 10) / 10, py = Math.round((y * scale - origin.y) * 10) / 10;
        if (n && n < points.length - 1 && Math.abs(px - lastX) + Math.abs(py - lastY) < 1.5) return;
        data += `${n ? "L" : "M"}${px} ${py}`;
        lastX = px;
        lastY = py;
      });
      if (closed) data += "Z";
    }
    return data;
  },
});
