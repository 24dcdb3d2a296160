// The zones drawn over the picture of a page: by mouse, by finger, by keys. The rows of the form
// hold them; without scripts they are typed there.

import * as polygons from "./polygons.js"
import * as form from "./rows.js"

const SVG = "http://www.w3.org/2000/svg"
const picture = document.querySelector(".zones-picture")
const svg = picture?.querySelector("svg")
const told = document.querySelector("#zones-status")
const history = []
let chosen = null
let mode = ""
let drag = null

if (svg) begin()

function begin() {
  for (const each of document.querySelectorAll(".zones-tools, .zones-keys")) each.hidden = false
  svg.removeAttribute("hidden")
  form.onTyping(draw)
  svg.addEventListener("pointerdown", press)
  svg.addEventListener("pointermove", pull)
  svg.addEventListener("pointerup", () => { drag = null })
  svg.addEventListener("focusin", (event) => choose(rowOf(event.target)))
  svg.addEventListener("keydown", pressKey)
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "z" && !event.target.matches("input, select")) {
      event.preventDefault()
      acts.undo()
    }
  })
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => acts[button.dataset.act]())
  }
  draw()
}

function rowOf(shape) {
  return form.rows()[Number(shape.dataset?.row)] ?? null
}

function draw() {
  const focused = document.activeElement?.closest("svg") ? chosen : null
  svg.replaceChildren()
  form.rows().forEach((row, number) => {
    row.classList.toggle("chosen", row === chosen)
    if (form.isShown(row)) svg.append(shapeOf(row, number))
  })
  if (chosen && form.isShown(chosen)) svg.append(...cornersOf(chosen))
  if (focused) svg.querySelector("polygon.chosen")?.focus()
}

function shapeOf(row, number) {
  const shape = document.createElementNS(SVG, "polygon")
  shape.setAttribute("points", polygons.format(form.polygonOf(row)))
  shape.setAttribute("tabindex", "0")
  shape.setAttribute("role", "button")
  shape.setAttribute("aria-label", form.nameOf(row))
  shape.setAttribute("aria-pressed", String(row === chosen))
  shape.classList.toggle("chosen", row === chosen)
  shape.classList.toggle("nobodys", !form.hasArticle(row))
  shape.dataset.row = number
  return shape
}

function cornersOf(row) {
  return form.polygonOf(row).map(([x, y], number) => {
    const corner = document.createElementNS(SVG, "ellipse")
    corner.classList.add("corner")
    const { width, height } = svg.getBoundingClientRect()
    for (const [name, value] of Object.entries({ cx: x, cy: y, rx: 6000 / width, ry: 6000 / height })) {
      corner.setAttribute(name, value)
    }
    corner.dataset.corner = number
    return corner
  })
}

function choose(row) {
  if (!row || row === chosen) return
  if (mode === "join" && chosen) return join(row)
  chosen = row
  draw()
}

function keep() {
  history.push(form.snapshot())
}

function change(polygon) {
  form.setPolygon(chosen, polygon)
  draw()
}

function setMode(name) {
  mode = mode === name ? "" : name
  told.textContent = told.dataset[mode] ?? ""
  picture.classList.toggle("drawing", mode === "draw")
  for (const button of document.querySelectorAll("[data-act]")) {
    button.setAttribute("aria-pressed", String(button.dataset.act === mode))
  }
}

function join(row) {
  keep()
  form.setPolygon(chosen, polygons.joined(form.polygonOf(chosen), form.polygonOf(row)))
  form.remove(row)
  setMode("join")
  draw()
}

function cut(axis) {
  if (!chosen) return
  const [first, ...others] = polygons.halves(form.polygonOf(chosen), axis)
  if (!others.length) return
  keep()
  form.setPolygon(chosen, first)
  for (const other of others) form.add(other, chosen)
  draw()
}

const acts = {
  draw: () => setMode("draw"),
  join: () => chosen && setMode("join"),
  "cut-across": () => cut(1),
  "cut-down": () => cut(0),
  remove() {
    if (!chosen) return
    keep()
    form.remove(chosen)
    chosen = null
    draw()
  },
  undo() {
    if (history.length) form.restore(history.pop())
    draw()
  },
}
const KEYS = { n: "draw", j: "join", h: "cut-across", v: "cut-down", Delete: "remove" }
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

function pressKey(event) {
  if (event.ctrlKey || event.metaKey) return
  const act = acts[KEYS[event.key]]
  const arrow = ARROWS[event.key]
  if (event.key === "n") {
    newByKey()
  } else if (act) {
    act()
  } else if (arrow && chosen) {
    const [across, down] = arrow.map((step) => step * (event.shiftKey ? 10 : 1))
    keep()
    const turn = event.altKey ? polygons.resized : polygons.moved
    change(turn(form.polygonOf(chosen), across, down))
  } else {
    return
  }
  event.preventDefault()
}

// By keys a new zone stands in the middle of the page.
function newByKey() {
  keep()
  chosen = form.add(polygons.rectangle([400, 450, 600, 550]))
  draw()
}

function placeOf(event) {
  const box = svg.getBoundingClientRect()
  return [((event.clientX - box.left) / box.width) * 1000, ((event.clientY - box.top) / box.height) * 1000]
}

function press(event) {
  const { corner, row } = event.target.dataset
  const at = placeOf(event)
  if (mode === "draw") {
    drag = { kind: "new", at }
  } else if (corner !== undefined) {
    drag = { kind: "corner", at, corner: Number(corner), from: form.polygonOf(chosen) }
  } else if (row !== undefined) {
    choose(rowOf(event.target))
    if (chosen && form.isShown(chosen)) drag = { kind: "move", at, from: form.polygonOf(chosen) }
  }
  if (!drag) return
  keep()
  svg.setPointerCapture(event.pointerId)
}

function pull(event) {
  if (!drag) return
  const [x, y] = placeOf(event)
  if (drag.kind === "corner") change(polygons.withCorner(drag.from, drag.corner, x, y))
  if (drag.kind === "move") change(polygons.moved(drag.from, x - drag.at[0], y - drag.at[1]))
  if (drag.kind === "new") pullNew(x, y)
}

function pullNew(x, y) {
  const sides = [Math.min(drag.at[0], x), Math.min(drag.at[1], y), Math.max(drag.at[0], x), Math.max(drag.at[1], y)]
  const box = sides.map((side) => Math.round(Math.min(Math.max(side, 0), 1000)))
  if (box[2] - box[0] < 5 || box[3] - box[1] < 5) return
  if (mode === "draw") {
    chosen = form.add(polygons.rectangle(box))
    setMode("draw")
  }
  change(polygons.rectangle(box))
}
