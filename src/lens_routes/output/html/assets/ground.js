/* What the tour is drawn on. */

/** The kinds of lines, the lowest first; those that end in -edge and -ties are drawn twice. */
const LINES_UPWARDS = [
  "stream", "railway", "railway-ties", "path", "steps", "street-edge", "main-road-edge", "street", "main-road",
];

/** Draw streets, waters and greens on a map; *tourLines* gives the lines names keep clear of. */
const drawGround = (map, ground, tourLines) => {
  map.createPane("ground").style.zIndex = 350;  // below the tour, which is there already
  const renderer = L.svg({ pane: "ground", padding: 0.4 });
  const style = (kind) => ({
    className: `ground ${kind}`, interactive: false, smoothFactor: 1.2, fill: false, pane: "ground", renderer,
  });
  const filled = (kind, rings, rule) => L.polygon(rings, {
    ...style(kind), fill: true, stroke: false, fillRule: rule,
  }).addTo(map);
  for (const kind of ["green", "water"]) {
    const areas = ground.areas.filter((area) => area[0] === kind).map((area) => area.slice(2).map(decodeLine));
    // Areas without holes may overlap, and then stay filled; holes need the even-odd rule.
    const whole = areas.filter((rings) => rings.length === 1);
    if (whole.length) filled(kind, whole, "nonzero");
    areas.filter((rings) => rings.length > 1).forEach((rings) => filled(kind, rings, "evenodd"));
  }
  const lines = {};
  for (const [kind, group] of Object.entries(ground.lines)) lines[kind] = group.at.map(decodeLine);
  for (const kind of LINES_UPWARDS) {
    const points = lines[kind.replace(/-(edge|ties)$/, "")];
    if (points) L.polyline(points, style(kind)).addTo(map);
  }
  new StreetNames(ground, lines, tourLines).addTo(map);
};
