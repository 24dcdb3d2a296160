// Polygons as lists of corners [x, y] in ‰ of the page.

export const WHOLE = 1000

export function parse(text) {
  return [...text.matchAll(/(\d+)\s*[,，]\s*(\d+)/g)].map(([, x, y]) => [Number(x), Number(y)])
}

export function format(polygon) {
  return polygon.map(([x, y]) => `${x},${y}`).join(" ")
}

export function boxOf(polygon) {
  const xs = polygon.map(([x]) => x)
  const ys = polygon.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

export function rectangle([left, top, right, bottom]) {
  return [[left, top], [right, top], [right, bottom], [left, bottom]]
}

const clamp = (value, least = 0, most = WHOLE) => Math.min(Math.max(Math.round(value), least), most)

// Moved as far as the page allows, in one piece.
export function moved(polygon, across, down) {
  const [left, top, right, bottom] = boxOf(polygon)
  const dx = clamp(across, -left, WHOLE - right)
  const dy = clamp(down, -top, WHOLE - bottom)
  return polygon.map(([x, y]) => [x + dx, y + dy])
}

// Wider or narrower on the right, taller or lower at the bottom.
export function resized(polygon, across, down) {
  const [left, top, right, bottom] = boxOf(polygon)
  const wide = (clamp(right + across, left + 5) - left) / (right - left)
  const high = (clamp(bottom + down, top + 5) - top) / (bottom - top)
  return polygon.map(([x, y]) => [clamp(left + (x - left) * wide), clamp(top + (y - top) * high)])
}

export function withCorner(polygon, number, x, y) {
  return polygon.map((corner, at) => (at === number ? [clamp(x), clamp(y)] : corner))
}

// One box around both.
export function joined(one, two) {
  const [a, b] = [boxOf(one), boxOf(two)]
  const least = [0, 1].map((at) => Math.min(a[at], b[at]))
  const most = [2, 3].map((at) => Math.max(a[at], b[at]))
  return rectangle([...least, ...most])
}

// The two halves of a polygon: `axis` 0 cuts at half its width, 1 at half its height.
export function halves(polygon, axis) {
  const box = boxOf(polygon)
  const middle = Math.round((box[axis] + box[axis + 2]) / 2)
  return [1, -1]
    .map((side) => clipped(polygon, axis, middle, side))
    .filter((half) => half.length > 2)
}

function clipped(polygon, axis, middle, side) {
  const isInside = (corner) => (middle - corner[axis]) * side >= 0
  const found = []
  polygon.forEach((corner, at) => {
    const before = polygon.at(at - 1)
    if (isInside(corner) !== isInside(before)) found.push(crossing(before, corner, axis, middle))
    if (isInside(corner)) found.push(corner)
  })
  const isRepeated = (corner, at) => String(corner) === String(found.at(at - 1))
  return found.filter((corner, at) => !isRepeated(corner, at))
}

function crossing(one, two, axis, middle) {
  const share = (middle - one[axis]) / (two[axis] - one[axis])
  const other = Math.round(one[1 - axis] + share * (two[1 - axis] - one[1 - axis]))
  return axis ? [other, middle] : [middle, other]
}
