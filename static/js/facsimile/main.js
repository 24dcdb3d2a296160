// The printed page: places to touch, enlarging, leafing, articles opened beside it. Without this
// script the picture has a list of its articles below.

import { leaf } from "./leaf.js"
import { Opening } from "./opening.js"
import { placeZones, showZone } from "./zones.js"
import { Zoom } from "./zoom.js"

const view = document.querySelector("[data-facsimile]")
const list = view.querySelector("[data-zones]")
const zoom = new Zoom(view)
leaf(view, zoom)
if (list) {
  placeZones(list)
  new Opening(document.querySelector("[data-panel]"), list)
  const show = () => showZone(list, location.hash)
  addEventListener("hashchange", show)
  show()
}
