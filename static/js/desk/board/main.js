// The board of an issue with JavaScript: articles are moved with the mouse, a finger or the
// keyboard, and every move is sent at once.

import { enableDragging } from "../pointer_drag.js"
import { Board } from "./board.js"
import { enableKeys } from "./keyboard.js"
import { enableTicks } from "./ticks.js"

const board = new Board()
enableKeys(board)
enableTicks(board)

// A form that was opened from the board leads back to its article. The browser goes to the place
// that the address names, and drops the focus, as late as when the page has loaded.
addEventListener("load", () => {
  const [, article] = location.hash.match(/^#article-(\d+)$/) ?? []
  if (article) setTimeout(() => board.focus(article, "h3 a"))
})

enableDragging("#board .grip", {
  canStart: () => !board.carried && !board.pending,
  start: (grip) => board.pickUp(grip.closest(".piece")),
  move: (grip, x, y) => { if (board.carried) moveTo(board.carried.article, x, y) },
  drop: () => { if (board.carried) board.putDown() },
  cancel: () => { if (board.carried) board.putBack() },
})

// The handle is a link, which a browser drags on its own.
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("#board .grip")) event.preventDefault()
})

// Moves an article, on screen, to the place under the pointer.
function moveTo(article, x, y) {
  const under = document.elementFromPoint(x, y)
  const list = under?.closest(".sheet, .beside")?.querySelector(".pieces")
  if (!list) return
  const rest = [...list.children].filter((each) => each !== article)
  const before = rest.find((each) => {
    const box = each.getBoundingClientRect()
    return y < box.top + box.height / 2
  }) ?? null
  if (article.parentElement !== list || article.nextElementSibling !== before) {
    list.insertBefore(article, before)
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#board")) return
  event.preventDefault()
  const button = event.submitter
  const data = new FormData(event.target, button)
  const id = data.get("article") ?? (["up", "down"].includes(button?.name) ? button.value : null)
  board.enqueue(() => {
    if (button?.name) data.set("seen", board.form.elements.seen.value)
    return board.submit(data, () => {
      if (id) board.focus(id, button?.name ? `[name=${button.name}]` : ".grip")
      else refocus(button)
    })
  })
})

// Focuses the button of a step again; a rank that is set has its button take it back.
function refocus(button) {
  const same = board.element.querySelector(`[name="${button.name}"][value="${button.value}"]`)
  const [id] = button.name === "rank" ? button.value.split(":") : []
  const menu = same?.closest("details:not([open])")?.querySelector("summary")
  const target = menu ?? same ?? board.article(id)?.querySelector("[name=rank][aria-pressed=true]")
  target?.focus({ preventScroll: true })
}
