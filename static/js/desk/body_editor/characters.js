// Takes invisible characters out of a text and ends its lines, as articles/content/characters.py does.

import { INVISIBLE, KINDS, LINE_END } from "./character_table.js"

export function invisibleKind(character) {
  return KINDS.find(([, pattern]) => pattern.test(character))?.[0]
}

export function lines(text) {
  return text.replace(LINE_END, "\n").split("\n")
}

export function breakLines(text, mark) {
  return text.replace(LINE_END, mark)
}

export function stripInvisible(text) {
  return text.replace(INVISIBLE, "$1")
}

export function findInvisible(text) {
  return [...text.matchAll(INVISIBLE)].filter((found) => found[1] === undefined).map(([all]) => all)
}
