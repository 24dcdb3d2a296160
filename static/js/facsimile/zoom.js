// Enlarges the picture of the page: buttons, the keys + − 0, a double tap. What a browser enlarges
// by itself, by two fingers, it still does.

const LEVELS = [1, 1.5, 2, 3, 4]
const KEYS = { "+": 1, "=": 1, "-": -1, "0": 0 }

export class Zoom {
  constructor(view) {
    this.view = view
    this.sheet = view.querySelector("[data-sheet]")
    this.picture = view.querySelector("img")
    this.sizes = [...view.querySelectorAll("[sizes]")].map((each) => [each, each.sizes])
    this.level = 0
    this.addButtons()
    view.addEventListener("keydown", (event) => this.onKey(event))
    view.addEventListener("dblclick", (event) => this.onDoubleTap(event))
  }

  get isEnlarged() { return this.level > 0 }

  addButtons() {
    const tools = this.view.parentElement.querySelector("[data-zoom-tools]")
    tools.hidden = false
    for (const button of tools.querySelectorAll("[data-zooms]")) {
      button.addEventListener("click", () => this.step(Number(button.dataset.zooms)))
    }
    this.buttons = tools.querySelectorAll("[data-zooms]")
    this.enable()
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return
    event.preventDefault()
    this.step(KEYS[event.key])
  }

  onDoubleTap(event) {
    event.preventDefault()
    this.set(this.isEnlarged ? 0 : 2, event)
  }

  // One level up or down; 0 shows the whole page.
  step(by) {
    this.set(by ? Math.min(Math.max(this.level + by, 0), LEVELS.length - 1) : 0)
  }

  // What is in the middle, or under the pointer, stays where it is.
  set(level, at) {
    const { view, sheet } = this, frame = view.getBoundingClientRect()
    const x = at ? at.clientX - frame.left : view.clientWidth / 2
    const y = at ? at.clientY - frame.top : view.clientHeight / 2
    const across = (view.scrollLeft + x) / sheet.offsetWidth
    const down = (view.scrollTop + y) / sheet.offsetHeight
    this.level = level
    view.toggleAttribute("data-enlarged", this.isEnlarged)
    sheet.style.width = this.isEnlarged ? `${100 * LEVELS[level]}%` : ""
    for (const [each, sizes] of this.sizes) each.sizes = this.isEnlarged ? `${sheet.offsetWidth}px` : sizes
    view.scrollLeft = across * sheet.offsetWidth - x
    view.scrollTop = down * sheet.offsetHeight - y
    this.enable()
  }

  enable() {
    for (const button of this.buttons) {
      button.disabled = Number(button.dataset.zooms) > 0 ? this.level === LEVELS.length - 1 : !this.isEnlarged
    }
  }
}
