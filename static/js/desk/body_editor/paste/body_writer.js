// Lists, quotations and tables of a body, and lines written into them. As
// articles/content/body_writer.py.

import { CELLS, LISTS } from "./html_tokens.js"

export const DEEPEST_LIST = 3

export const box = (tag, number, attributes = "") => ({ tag, number, attributes })
const isSame = (one, other) => one.tag === other.tag && one.number === other.number

export class Writer {
  parts = []
  opened = []
  isFilled = false

  move(boxes) {
    let shared = 0
    while (shared < boxes.length && shared < this.opened.length
      && isSame(boxes[shared], this.opened[shared])) shared += 1
    const returns = shared === boxes.length && shared < this.opened.length
    if (returns && boxes.at(-1)?.tag === "li") shared -= 1
    for (const each of this.opened.slice(shared).reverse()) this.parts.push(`</${each.tag}>`)
    for (const each of boxes.slice(shared)) {
      const isOpened = this.opened.some((other) => isSame(each, other))
      this.parts.push(`<${each.tag}${isOpened ? "" : each.attributes}>`)
      this.isFilled = false
    }
    this.opened = boxes
  }

  figure(photo) {
    this.move([])
    this.parts.push(`<figure data-photo="${photo}"></figure>`)
  }

  line(boxes, inner, isHeading) {
    const inside = ["table", "tr"].includes(boxes.at(-1)?.tag) ? [] : boxes
    this.move(inside)
    if (["li", ...CELLS].includes(inside.at(-1)?.tag)) {
      this.parts.push(this.isFilled ? `<br>${inner}` : inner)
      this.isFilled = true
    } else {
      const tag = isHeading && !inside.length ? "h2" : "p"
      this.parts.push(`<${tag}>${inner}</${tag}>`)
    }
  }
}

const PHOTO = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

// The photo that a figure is the place of, as articles/content/figures.py.
export function figurePhoto(token) {
  const photo = (token.tag === "figure" ? token.attributes["data-photo"] ?? "" : "").toLowerCase()
  return PHOTO.test(photo) ? photo : ""
}

export function boxesInside(boxes, each) {
  if (boxes[0]?.tag === "table") {
    const expected = { 1: ["tr"], 2: CELLS }[boxes.length] ?? []
    return expected.includes(each.tag) ? [...boxes, each] : boxes
  }
  if (each.tag === "table") return [each]
  if (each.tag === "blockquote") return boxes.length ? boxes : [each]
  if (LISTS.includes(each.tag)) return inList(boxes, each)
  return each.tag === "li" && boxes.at(-1)?.tag === "li" ? [...boxes.slice(0, -1), each] : boxes
}

function inList(boxes, each) {
  if (boxes.filter(({ tag }) => LISTS.includes(tag)).length === DEEPEST_LIST) return boxes
  return [...boxes, each, box("li", -each.number)]
}

export function withListType(boxes, attributes) {
  const list = boxes.at(-2)
  if (list.attributes.includes(" type=") || !attributes) return boxes
  return [...boxes.slice(0, -2), { ...list, attributes: list.attributes + attributes }, boxes.at(-1)]
}
