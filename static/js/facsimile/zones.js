// Puts the links of the articles over their places on the picture of the page.

const PER_MILLE = 10 // ‰ in a percent

// A link has its polygons as corners in ‰ of the page: "50,80 450,80 450,700|500,80 …".
export function placeZones(list) {
  list.querySelectorAll("a[data-zone]").forEach(place)
  list.dataset.placed = ""
}

// Shows the zone of an article that the address names, as #zone-12.
export function showZone(list, hash) {
  list.querySelector("[data-shown]")?.removeAttribute("data-shown")
  const link = /^#zone-\d+$/.test(hash) && list.querySelector(`${hash} a`)
  if (!link) return
  link.dataset.shown = ""
  link.scrollIntoView({ block: "center", inline: "center" })
}

function place(link) {
  link.firstElementChild.className = "vh" // The headline stays the name of the link.
  const polygons = link.dataset.zone.split("|").map(corners)
  const points = polygons.flat()
  const [left, right] = extent(points.map(([x]) => x))
  const [top, bottom] = extent(points.map(([, y]) => y))
  const [width, height] = [right - left || 1, bottom - top || 1]
  Object.assign(link.style, {
    left: `${left / PER_MILLE}%`, top: `${top / PER_MILLE}%`,
    width: `${width / PER_MILLE}%`, height: `${height / PER_MILLE}%`,
  })
  // Between two polygons the outline goes there and back again, which encloses nothing.
  const outline = polygons.flatMap((each) => [...each, each[0], polygons[0][0]])
  const inBox = ([x, y]) => `${(100 * (x - left)) / width}% ${(100 * (y - top)) / height}%`
  link.style.clipPath = `polygon(${outline.map(inBox).join(",")})`
}

function corners(words) {
  return words.split(" ").map((pair) => pair.split(",").map(Number))
}

function extent(values) {
  return [Math.min(...values), Math.max(...values)]
}
