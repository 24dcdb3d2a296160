// The lines of a text copied from a PDF, every printed line a line: whether they look so, and the
// paragraphs that they are.

import { lines, stripInvisible } from "../characters.js"

const STOP = /[。！？…；：:!?.][”’」』）)》】]*$/
const INDENT = /^(?:\u3000|\u00a0{2}| {2}|\t)/
const NARROW = /[\x20-\x7e]/g
const LATIN = /[A-Za-z0-9]/
const LEAST = 3
const SLACK = 2
const SHORTEST = 10

export function printedLines(text) {
  return lines(text).map((line) => stripInvisible(line).trimEnd())
}

// Most lines are as long as the longest, and several of these end in mid-sentence.
export function areCut(printed) {
  const filled = printed.filter((line) => line.trim())
  const full = filled.filter((line) => isFull(line, filled))
  const cut = full.filter((line) => !STOP.test(line))
  return filled.length >= LEAST && longest(filled) >= SHORTEST && cut.length >= 2
    && full.length * 2 >= filled.length
}

// A paragraph begins after an empty line and at an indent; where no line is set in, after a line
// that is not full.
export function joined(printed) {
  const filled = printed.filter((line) => line.trim())
  const hasIndents = filled.some((line) => INDENT.test(line)) && !filled.every((line) => INDENT.test(line))
  const found = []
  let isNew = true
  for (const line of printed) {
    if (!line.trim()) isNew = true
    else {
      if (isNew || (hasIndents && INDENT.test(line))) found.push(line.trim())
      else found.push(glued(found.pop(), line.trim()))
      isNew = !hasIndents && !isFull(line, filled)
    }
  }
  return found
}

const width = (line) => line.length - (line.match(NARROW) ?? []).length / 2
const longest = (all) => Math.max(0, ...all.map(width))
const isFull = (line, all) => width(line) >= longest(all) - SLACK

// Between two Latin words the line end was the blank.
function glued(before, after) {
  return before + (LATIN.test(before.at(-1)) && LATIN.test(after[0]) ? " " : "") + after
}
