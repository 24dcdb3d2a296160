// Dragging a line of the galley by its handle: between other lines, onto an article, or onto a
// button that says what it is.

import { enableDragging } from "../pointer_drag.js"

export function enableLineDragging(galley) {
  let target = null

  function aim(next) {
    target?.element.classList.remove("aimed", "aimed-below")
    target = next
    target?.element.classList.add(target.isBelow ? "aimed-below" : "aimed")
  }

  function end(line) {
    line.classList.remove("dragged")
    aim(null)
  }

  // No text is selected while a line is dragged.
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("#galley .grip") && !event.button) event.preventDefault()
  })
  enableDragging("#galley .grip", {
    start: (grip) => lineOf(grip).classList.add("dragged"),
    move: (grip, x, y) => aim(targetAt(x, y, lineOf(grip))),
    drop: (grip) => {
      if (target) galley.correct(target.fields, lineOf(grip).dataset.block)
      end(lineOf(grip))
    },
    cancel: (grip) => end(lineOf(grip)),
  })
}

const lineOf = (grip) => grip.closest("li")

// What is under the pointer, and the correction that dropping a line there makes.
function targetAt(x, y, line) {
  const under = document.elementFromPoint(x, y)
  const kind = under?.closest(".kinds button")
  if (kind) return { element: kind, fields: { kind: kind.value } }
  const article = under?.closest(".items .item")
  if (article) return { element: article, fields: { act: "move", value: article.dataset.end } }
  const other = under?.closest(".lines li")
  if (!other || other === line) return null
  const box = other.getBoundingClientRect()
  const isBelow = y > box.top + box.height / 2
  const before = Number(other.dataset.block) + (isBelow ? 1 : 0)
  return { element: other, isBelow, fields: { act: "move", value: before } }
}
