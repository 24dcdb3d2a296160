// Runs of text with their marks, cut into paragraphs. As articles/content/text_runs.py.

import { breakLines, lines } from "../characters.js"

const TYPED_INDENT = /^(?: *\t| {2,})[ \t]*/
const WIDE = /[\u3000\u00a0\u2002\u2003]/g
const LEADING = /^\s*/
const INDENTED = 2

export const BREAK = {}

export function sourceLines(text, isPreformatted) {
  if (!isPreformatted) return breakLines(text, "\u2028").split("\u2028")
  const [first, ...others] = lines(text)
  return [first, ...others.map((line) => line.replace(TYPED_INDENT, "\u3000\u3000"))]
}

export function paragraphs(runs) {
  const found = []
  let isNew = true
  for (const line of cut(runs).map(tidied)) {
    if (!lineText(line).trim()) isNew = true
    else if (isNew || isIndented(line)) {
      found.push(dropStart(line, LEADING.exec(lineText(line))[0].length))
      isNew = false
    } else found.at(-1).push(BREAK, ...line)
  }
  return found
}

function cut(runs) {
  const all = [[]]
  for (const run of runs) {
    if (run === BREAK) all.push([])
    else all.at(-1).push(run)
  }
  return all
}

function tidied(line) {
  const merged = []
  for (const run of line) {
    const last = merged.at(-1)
    if (last && isSame(last, run)) last.text += run.text
    else if (run.text) merged.push({ ...run })
  }
  for (const run of merged) run.text = oneLineEnd(run.text)
  if (merged.length) {
    merged[0].text = merged[0].text.replace(/^\n+/, "")
    merged.at(-1).text = merged.at(-1).text.replace(/\n+$/, "")
  }
  for (const run of merged) run.text = run.text.replaceAll("\n", " ")
  return merged.filter((run) => run.text)
}

const isBlank = (character) => character === " " || character === "\t"

function oneLineEnd(text) {
  const parts = text.split("\n")
  if (parts.length === 1) return text
  const last = parts.length - 1
  const trimmed = parts.map((part, index) => trimBlanks(part, index > 0, index < last))
  return trimmed.filter((part, index) => part || index === 0 || index === last).join("\n")
}

function trimBlanks(text, atStart, atEnd) {
  let start = 0
  let end = text.length
  while (atStart && start < end && isBlank(text[start])) start += 1
  while (atEnd && end > start && isBlank(text[end - 1])) end -= 1
  return text.slice(start, end)
}

const isSame = (one, other) =>
  one.isStrong === other.isStrong && one.raised === other.raised && one.href === other.href

export const lineText = (line) => line.map((run) => run.text ?? "").join("")

const isIndented = (line) =>
  (LEADING.exec(lineText(line))[0].match(WIDE) ?? []).length >= INDENTED

export function dropStart(line, count) {
  let rest = count
  for (const [at, run] of line.entries()) {
    const length = run.text?.length ?? 0
    if (rest < length) return [{ ...run, text: run.text.slice(rest) }, ...line.slice(at + 1)]
    rest -= length
  }
  return []
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" }

export function lineHtml(line) {
  return line.map((run) => (run === BREAK ? "<br>" : marked(run))).join("")
}

function marked(run) {
  let text = run.text.replace(/[&<>]/g, (each) => ESCAPES[each])
  if (run.raised) text = `<${run.raised}>${text}</${run.raised}>`
  if (run.isStrong) text = `<strong>${text}</strong>`
  if (!run.href) return text
  return `<a href="${run.href.replace(/[&<>"']/g, (each) => ESCAPES[each])}">${text}</a>`
}
