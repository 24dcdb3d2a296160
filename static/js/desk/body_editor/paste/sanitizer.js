// What is pasted → the stored form, by the rules of articles/content/sanitizer.py: the editor shows
// at once what the server will store. Both are tested on the same cases.

import { breakLines, lines, stripInvisible } from "../characters.js"
import { Writer, figurePhoto } from "./body_writer.js"
import { CELLS, readHtml } from "./html_tokens.js"
import { StyleSheet, isHidden } from "./inline_styles.js"
import { NO_ACCIDENT, TYPED, isBullet, typedLabel } from "./list_marks.js"
import { Columns, HIDDEN, PICTURE, isCharacter, isInvisible, leftOut, listed, opensRemark } from "./omissions.js"
import { OUTERMOST, QUOTES, bulletBoxes, contextInside, gatherer, newGatherers, run } from "./text_context.js"
import { BREAK, dropStart, lineHtml, lineText, paragraphs, sourceLines } from "./text_runs.js"

// `keepsAll` takes in also what is not part of the text: to put it back.
export function sanitize(markup, { keepsAll = false } = {}) {
  const html = markup.includes("<") ? markup : lines(markup).map((line) => `<p>${line}</p>`).join("")
  const reader = new Reader(new StyleSheet(html), keepsAll)
  readHtml(html, reader)
  reader.finish()
  return { html: reader.writer.parts.join(""), omissions: listed(reader.leftOut) }
}

const DEEPEST_REMARK = 20
const FIRST_BULLET = -(10 ** 9)
const LEADING = /^[\s\x1c-\x1f\x85]+/
const cleanText = (text) => stripInvisible(breakLines(text, "\n"))

class Reader {
  writer = new Writer()
  stack = [OUTERMOST]
  runs = []
  leftOut = []
  tables = []
  mark = []
  label = ""
  bullets = []
  count = 0

  constructor(sheet, keepsAll) {
    this.sheet = sheet
    this.keepsAll = keepsAll
  }

  get context() {
    return this.stack.at(-1)
  }

  open(opened) {
    const token = this.placed(opened)
    const outer = this.context
    this.count += 1
    const inner = contextInside(outer, token, this.sheet.style(token), this.count, this.keepsAll)
    const figure = figurePhoto(token)
    if (partsLines(outer, inner) || figure) this.flush()
    if (figure && !gatherer(inner) && !inner.boxes.length) {
      this.writer.figure(figure)
      this.bullets = []
    }
    this.stack.push(inner)
    this.leftOut.push(...newGatherers(outer, inner))
    if (inner.leftOut) this.openLeftOut(token)
    else this.openWords(inner)
    if (CELLS.includes(token.tag) && inner.boxes !== outer.boxes && hasCell(outer, inner)) {
      this.writer.move(inner.boxes)
    }
  }

  close() {
    const inner = this.context
    const outer = this.stack.at(-2)
    this.closeWords(inner)
    if (partsLines(outer, inner)) {
      this.flush()
      this.dropMark()
    }
    this.stack.pop()
    if (inner.tag === "table") this.tables.pop()
    if (inner.isBlock) gatherer(this.context)?.parts.push("\n")
  }

  void(token) {
    const style = this.sheet.style(token)
    const gathering = gatherer(this.context)
    if (token.tag === "col" && this.tables.length) {
      const isGone = isHidden(token, style) || style.get("visibility") === "collapse"
      this.tables.at(-1).declare(token, !this.keepsAll && (isGone || Boolean(this.context.leftOut)))
    } else if (token.tag === "br") {
      if (gathering) gathering.parts.push("\n")
      else this.runs.push(BREAK)
    } else if (token.tag === "hr" && !this.context.leftOut) this.flush()
    else if (token.tag === "img" && !gathering && !isHidden(token, style)) this.picture(token)
  }

  text(text) {
    const { context } = this
    if (gatherer(context)) gatherer(context).parts.push(cleanText(text))
    else if (context.isMark) this.mark.push(cleanText(text))
    else this.words(text, context)
  }

  words(text, context) {
    let rest = text
    if (this.label && cleanText(text).trim()) {
      this.runs.push(run(context, this.label))
      rest = text.replace(LEADING, "")
      this.label = ""
    }
    sourceLines(rest, context.isPreformatted).forEach((piece, index) => {
      if (index) this.runs.push(BREAK)
      this.runs.push(run(context, stripInvisible(piece)))
    })
  }

  finish() {
    this.flush()
    this.dropMark()
    this.writer.move([])
  }

  flush() {
    const { context } = this
    const found = paragraphs(this.runs)
    this.runs = []
    for (const line of found) this.write(context, ...this.takenMark(context, line))
  }

  write(context, mark, line) {
    const isBulleted = isBullet(mark) && !context.boxes.length && !context.isHeading
    const number = FIRST_BULLET - this.writer.parts.length
    this.bullets = isBulleted ? bulletBoxes(this.bullets, context, number) : []
    const labelled = mark && !isBulleted ? [run(OUTERMOST, typedLabel(mark)), ...line] : line
    const boxes = isBulleted ? this.bullets : context.boxes
    this.writer.line(boxes, lineHtml(labelled), context.isHeading)
  }

  takenMark(context, line) {
    const mark = this.mark.join("").trim().replace(/\s+/g, " ")
    this.mark = []
    const end = line.indexOf(BREAK)
    const words = lineText(end < 0 ? line : line.slice(0, end))
    const typed = !mark && TYPED.exec(words)
    if (!typed || typed[1].length === words.length) return [mark, line]
    if (!context.wordLevel && typed[1].split("\u00a0").length <= NO_ACCIDENT) return [mark, line]
    return [typed[2], dropStart(line, typed[1].length)]
  }

  dropMark() {
    this.leftOut.push(leftOut(HIDDEN, ...this.mark))
    this.mark = []
  }

  openWords(inner) {
    this.label = inner.label || this.label
    if (inner.tag === "rt") this.label += "（"
    else if (inner.tag === "q") this.text(QUOTES[(inner.quotes - 1) % 2][0])
  }

  closeWords(inner) {
    if (inner.label && this.label === inner.label) this.label = ""
    if (inner.leftOut) return
    if (inner.tag === "q") this.text(QUOTES[(inner.quotes - 1) % 2][1])
    else if (inner.tag === "rt" && this.label.endsWith("（")) this.label = this.label.slice(0, -1)
    else if (inner.tag === "rt") this.text("）")
  }

  openLeftOut(token) {
    const { context: inner } = this
    if (inner.isBlock) inner.leftOut.parts.push("\n")
    if (!opensRemark(token)) return
    const start = this.stack.findLastIndex(
      ({ tag }, index) => tag === "div" && index >= this.stack.length - DEEPEST_REMARK)
    this.stack = this.stack.map((each, index) =>
      start >= 0 && index >= start ? { ...each, leftOut: inner.leftOut } : each)
  }

  placed(token) {
    if (token.tag === "table") this.tables.push(new Columns())
    else if (token.tag === "tr") this.tables.at(-1)?.startRow()
    else if (CELLS.includes(token.tag)) return this.tables.at(-1)?.placed(token) ?? token
    return token
  }

  picture(token) {
    const alt = token.attributes.alt ?? ""
    if (isCharacter(token)) this.text(alt)
    else if (!isInvisible(token)) this.leftOut.push(leftOut(PICTURE, cleanText(alt).replace(/[\t\n]+/g, " ").trim()))
  }
}

function partsLines(outer, inner) {
  return inner.isBlock && !outer.leftOut && inner.leftOut?.kind !== HIDDEN
}

function hasCell(outer, inner) {
  return !inner.leftOut || (!outer.leftOut && inner.leftOut.kind !== HIDDEN)
}
