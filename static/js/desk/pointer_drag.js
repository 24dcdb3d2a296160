// Dragging by a handle with the mouse or a finger. A drag begins after a few pixels, so that a
// click on the handle stays a click; near the edge of the window the page scrolls.

const START_DISTANCE = 6
const EDGE = 70

// `handle` selects the handles. `canStart` says whether a drag may begin now; `start`, `move`,
// `drop` and `cancel` are given the handle, and `move` the place of the pointer.
export function enableDragging(handle, { canStart = () => true, start, move, drop, cancel }) {
  let drag = null

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(handle)
    if (!grip || event.button || !canStart()) return
    drag = { grip, x: event.clientX, y: event.clientY, isMoving: false }
    grip.setPointerCapture(event.pointerId)
  })

  document.addEventListener("pointermove", (event) => {
    if (!drag) return
    const distance = Math.hypot(event.clientX - drag.x, event.clientY - drag.y)
    if (!drag.isMoving && distance <= START_DISTANCE) return
    if (!drag.isMoving) start(drag.grip)
    drag.isMoving = true
    scrollAtEdge(event.clientY)
    move(drag.grip, event.clientX, event.clientY)
  })

  document.addEventListener("pointerup", () => {
    if (drag?.isMoving) drop(drag.grip)
    end()
  })
  document.addEventListener("pointercancel", () => {
    if (drag?.isMoving) cancel(drag.grip)
    end()
  })

  // The click that ends a drag does nothing.
  document.addEventListener("click", (event) => {
    if (drag?.isMoving) event.preventDefault()
  }, { capture: true })

  function end() {
    if (drag?.isMoving) setTimeout(() => { drag = null })
    else drag = null
  }
}

function scrollAtEdge(y) {
  if (y < EDGE) scrollBy(0, -EDGE / 4)
  if (y > innerHeight - EDGE) scrollBy(0, EDGE / 4)
}
