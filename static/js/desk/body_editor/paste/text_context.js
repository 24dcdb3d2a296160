// Where a piece of pasted text stands, and its marks. As articles/content/text_context.py.

import { DEEPEST_LIST, box, boxesInside, withListType } from "./body_writer.js"
import { HEADINGS, LISTS, number } from "./html_tokens.js"
import { isBlock, isFlex, isPreformatted, isZero, raised, weight } from "./inline_styles.js"
import { chineseNumber, listType, wordLevel } from "./list_marks.js"
import { HIDDEN, leftOut, omissionKind } from "./omissions.js"

const LINK = /^(?:https?:\/\/.|mailto:.|tel:.|\/(?!\/))/i
export const QUOTES = ["“”", "‘’"]
const WORD_PARAGRAPHS = ["p", "div", ...HEADINGS]

export const OUTERMOST = {
  tag: "", isBlock: false, isFlex: false, boxes: [], isHeading: false, isStrong: false, raised: "",
  href: "", isPreformatted: false, quotes: 0, leftOut: null, tiny: null, unseen: null, isMark: false,
  wordLevel: 0, number: 0, counter: null, listType: "", label: "",
}

export const gatherer = (context) => context.leftOut ?? context.tiny ?? context.unseen
const gatherers = (context) => [context.leftOut, context.tiny, context.unseen].filter(Boolean)

export function newGatherers(outer, inner) {
  const before = gatherers(outer)
  return gatherers(inner).filter((each) => !before.includes(each))
}

export function run({ isStrong, raised, href }, text) {
  return { text, isStrong, raised, href }
}

// `keepsAll` reads what is left out as text.
export function contextInside(outer, token, style, id, keepsAll) {
  const inner = {
    ...outer,
    tag: token.tag,
    label: "",
    isBlock: isBlock(token, style, outer.isFlex),
    isFlex: isFlex(style),
    isMark: outer.isMark || style.get("mso-list") === "ignore",
    ...marks(outer, token, style),
    ...(keepsAll ? {} : omissions(outer, token, style)),
  }
  if (WORD_PARAGRAPHS.includes(token.tag)) {
    return { ...inner, wordLevel: wordLevel(token, style), number: id }
  }
  if (LISTS.includes(token.tag)) return listInside(inner, token, style, id)
  if (token.tag === "li") return itemInside(inner, token, style, id)
  return { ...inner, boxes: boxesInside(outer.boxes, box(token.tag, id, spans(token))) }
}

function marks(outer, token, style) {
  const found = { raised: raised(token, style) || outer.raised }
  const bold = weight(token, style)
  if (HEADINGS.includes(token.tag)) found.isHeading = true
  else if (bold !== undefined && token.tag !== "th") found.isStrong = bold
  const preformatted = isPreformatted(token, style)
  if (preformatted !== undefined) found.isPreformatted = preformatted
  if (token.tag === "a") found.href = address(token)
  if (token.tag === "q") found.quotes = outer.quotes + 1
  return found
}

function address(token) {
  const found = (token.attributes.href ?? "").replace(/[\t\n]/g, "").trim()
  return LINK.test(found) && (found.startsWith("/") || URL.canParse(found)) ? found : ""
}

function omissions(outer, token, style) {
  const found = {}
  const kind = outer.leftOut ? "" : omissionKind(token, style)
  if (kind) found.leftOut = leftOut(kind)
  const size = style.get("font-size") ?? ""
  const visibility = style.get("visibility") ?? ""
  if (size) found.tiny = isZero(size) ? outer.tiny ?? leftOut(HIDDEN) : null
  if (["hidden", "collapse", "visible"].includes(visibility)) {
    found.unseen = visibility === "visible" ? null : outer.unseen ?? leftOut(HIDDEN)
  }
  return found
}

function listInside(inner, token, style, id) {
  const isOrdered = token.tag === "ol"
  const start = isOrdered ? number(token, "start", 1) : 1
  const kind = isOrdered ? listType(token, style) : ""
  const made = { ...inner, counter: [start - 1], listType: kind, wordLevel: 0 }
  if (kind === "一") return made
  const attributes = (start === 1 ? "" : ` start="${start}"`) + (kind ? ` type="${kind}"` : "")
  return { ...made, boxes: boxesInside(made.boxes, box(token.tag, id, attributes)) }
}

function itemInside(inner, token, style, id) {
  const counter = inner.counter ?? [0]
  const value = number(token, "value")
  counter[0] = value ?? counter[0] + 1
  const { boxes } = inner
  const isInBox = boxes.at(-2)?.tag === "ol"
  const kind = inner.listType || (isInBox ? listType(token, style) : "")
  const made = { ...inner, counter: null, listType: "", wordLevel: 0 }
  if (kind === "一") {
    const label = `${chineseNumber(counter[0])}、`
    return { ...made, label, boxes: isInBox ? boxes.slice(0, -2) : boxes }
  }
  const typed = isInBox ? withListType(boxes, kind ? ` type="${kind}"` : "") : boxes
  const attributes = isInBox && value !== undefined ? ` value="${value}"` : ""
  return { ...made, boxes: boxesInside(typed, box("li", id, attributes)) }
}

function spans(token) {
  return ["colspan", "rowspan"]
    .map((name) => [name, number(token, name, 1)])
    .filter(([, count]) => count > 1 && count <= 1000)
    .map(([name, count]) => ` ${name}="${count}"`)
    .join("")
}

export function bulletBoxes(last, context, number) {
  const depth = Math.min(Math.max(context.wordLevel, 1), Math.floor(last.length / 2) + 1, DEEPEST_LIST)
  const list = last[2 * depth - 2] ?? box("ul", number)
  return [...last.slice(0, 2 * depth - 2), list, box("li", number)]
}
