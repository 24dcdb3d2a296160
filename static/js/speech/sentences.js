// Cuts an article into sentences, each with its range of the page.

const BLOCKS = ".kicker, h1, .deck, .prose p, .prose h2, .prose td, .prose th, figcaption"
const SENTENCE = /[^。！？；!?…]+[。！？；!?…]*[”’」』）》]*/g
// Some voices fall silent in the middle of a longer text.
const LONGEST = 120
const CLAUSE = /.{40,}?[，、：,]|.+/gsu

export function sentencesOf(article) {
  const blocks = [...article.querySelectorAll(BLOCKS)]
  return blocks.filter((block) => !block.querySelector(BLOCKS)).flatMap(inBlock)
}

function inBlock(block) {
  const texts = []
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) texts.push(walker.currentNode)
  const whole = texts.map((text) => text.data).join("")
  return [...whole.matchAll(SENTENCE)].flatMap(clauses).filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .map(({ text, start }) => ({ text: text.trim(), range: rangeOf(texts, start, start + text.length) }))
}

function clauses({ 0: text, index }) {
  if (text.length <= LONGEST) return [{ text, start: index }]
  return [...text.matchAll(CLAUSE)].map((part) => ({ text: part[0], start: index + part.index }))
}

function rangeOf(texts, start, end) {
  const range = document.createRange()
  let at = 0
  for (const text of texts) {
    const next = at + text.length
    if (start >= at && start < next) range.setStart(text, start - at)
    if (end > at && end <= next) range.setEnd(text, end - at)
    at = next
  }
  return range
}
