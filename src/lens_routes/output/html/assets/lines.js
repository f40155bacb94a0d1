/** Read a line written by coordinates.py: differences of 1e-5 degrees, longitude first. */
const decodeLine = (text) => {
  const points = [];
  let at = 0;
  const value = () => {
    let result = 0, shift = 0, group;
    do {
      group = text.charCodeAt(at++) - 63;
      result |= (group & 0x1f) << shift;
      shift += 5;
    } while (group >= 0x20);
    return result & 1 ? ~(result >> 1) : result >> 1;
  };
  let lon = 0, lat = 0;
  while (at < text.length) {
    lon += value();
    lat += value();
    points.push([lat / 1e5, lon / 1e5]);
  }
  return points;
};
