// Leafs to the page before and after: arrow keys, and a swipe over the picture.

const FAR = 60 // px that a finger moves, and twice as far across as down

export function leaf(view, zoom) {
  const turn = (rel) => document.querySelector(`[data-leaves] a[rel="${rel}"]`)?.click()
  document.addEventListener("keydown", (event) => {
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key]
    if (!rel || isTaken(event) || zoom.isEnlarged) return
    turn(rel)
  })
  let start = null
  view.addEventListener("pointerdown", (event) => {
    start = event.pointerType === "touch" && event.isPrimary && !zoom.isEnlarged ? event : null
  })
  view.addEventListener("pointercancel", () => { start = null })
  view.addEventListener("pointerup", (event) => {
    if (!start) return
    const across = event.clientX - start.clientX, down = Math.abs(event.clientY - start.clientY)
    start = null
    if (Math.abs(across) > FAR && Math.abs(across) > 2 * down) turn(across > 0 ? "prev" : "next")
  })
}

function isTaken(event) {
  const { ctrlKey, metaKey, altKey, shiftKey, target, defaultPrevented } = event
  return ctrlKey || metaKey || altKey || shiftKey || defaultPrevented ||
    target.matches?.("input, select, textarea, [contenteditable]")
}
