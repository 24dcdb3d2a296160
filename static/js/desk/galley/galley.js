// The galley of a page: its lines, the one that is chosen, and sending a correction of it.

import { ServerPart } from "../server_part.js"

const EDGE = 70

export class Galley extends ServerPart {
  constructor() { super("galley", "[data-announced]") }

  get lines() { return [...this.element.querySelectorAll(".lines li")] }

  get chosen() { return this.element.querySelector(".lines li.chosen") }

  get splitDialog() { return document.getElementById("cutting") }

  line(index) { return document.getElementById(`block-${index}`) }

  choose(line, { focus = true } = {}) {
    if (!line) return
    for (const each of this.lines) markLine(each, each === line)
    this.form.elements.block.value = line.dataset.block
    this.element.querySelector(".chosen").textContent = describe(line)
    this.markWords(line.dataset.block)
    reveal(line, { page: focus })
    if (focus) line.querySelector("a").focus({ preventScroll: true })
  }

  // Marks in the articles where the words of a line went.
  markWords(index) {
    for (const each of this.element.querySelectorAll(".items .marked")) each.classList.remove("marked")
    const pieces = this.element.querySelectorAll(`.items [data-goto="${index}"]`)
    for (const piece of pieces) piece.classList.add("marked")
    if (pieces.length) reveal(pieces[0])
  }

  chooseNext(step) {
    const { lines } = this
    this.choose(lines[lines.indexOf(this.chosen) + step])
  }

  chooseNextDoubtful() {
    const { lines } = this
    const at = lines.indexOf(this.chosen)
    const doubtful = lines.filter((each) => each.classList.contains("doubtful"))
    this.choose(doubtful.find((each) => lines.indexOf(each) > at) ?? doubtful[0])
  }

  // Sends a correction of a line, the chosen one unless another is named.
  correct(fields, block = this.form.elements.block.value) {
    this.enqueue(() => {
      const data = new FormData(this.form)
      data.set("block", block)
      data.delete("value")
      for (const [name, value] of Object.entries(fields)) data.set(name, value)
      return this.post(data, (replace) => this.renderInPlace(replace))
    })
  }

  // Shows an answer of the server with both sides scrolled as they were.
  renderInPlace(replace) {
    const sides = () => [...this.element.querySelectorAll(".sides > section")]
    const scrolled = sides().map((each) => each.scrollTop)
    replace()
    sides().forEach((each, side) => { each.scrollTop = scrolled[side] })
    this.choose(this.chosen)
  }

  // Presses a button, unless it is disabled.
  press(name, value) {
    const button = this.element.querySelector(`button[name="${name}"][value="${value}"]`)
    if (button && !button.disabled) this.correct({ [name]: value })
  }

  makeDrafts() {
    this.afterwards(() => this.form.requestSubmit(this.form.elements.store))
  }
}

function markLine(line, isChosen) {
  line.classList.toggle("chosen", isChosen)
  const link = line.querySelector("a")
  link.tabIndex = isChosen ? 0 : -1
  if (isChosen) link.setAttribute("aria-current", "true")
  else link.removeAttribute("aria-current")
}

function describe(line) {
  const text = (part) => line.querySelector(part).textContent
  return `${text(".number")} ${text(".kind").trim()} · ${line.dataset.why} · ${text(".text").slice(0, 40)}`
}

// Scrolls the side in which an element is, never the page; where the sides do not scroll (on a
// phone) the page only for a line that was chosen.
function reveal(element, { page = false } = {}) {
  const side = element.closest(".lines, .items")
  if (side.scrollHeight <= side.clientHeight) {
    if (page) element.scrollIntoView({ block: "nearest" })
    return
  }
  const box = element.getBoundingClientRect()
  const view = side.getBoundingClientRect()
  if (box.top < view.top + EDGE) side.scrollTop += box.top - view.top - EDGE
  else if (box.bottom > view.bottom - EDGE) side.scrollTop += box.bottom - view.bottom + EDGE
}
