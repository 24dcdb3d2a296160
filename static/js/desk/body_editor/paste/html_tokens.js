// HTML of any kind → a run of tags and texts. As articles/content/html_tokens.py, with the
// browser's own parser: nothing in a document that is not shown is loaded or run.

import { STYLE, inertHtml } from "./inert_html.js"

const words = (text) => text.split(" ")

export const LISTS = ["ul", "ol"]
export const CELLS = ["td", "th"]
export const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
export const BLOCKS = new Set([
  ...LISTS, ...HEADINGS, ...CELLS,
  ...words("table tr li blockquote p div pre hr thead tbody tfoot caption dl dt dd section article"),
  ...words("aside header footer main nav figure figcaption address center form fieldset legend"),
  ...words("details summary option"),
])
export const INLINE = new Set(words(
  "a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark output q rb"
  + " rp rt rtc ruby s samp small span strike strong sub sup time tt u var"))
const VOID = new Set(words("br hr img col"))
const DROPPED = new Set(words("script style title xml template iframe noembed"))
const PARSED = new Set(words(
  "html head body frameset frame input image nobr applet object marquee link meta base embed area wbr"
  + " param source track dir menu colgroup"))
const KNOWN = new Set([...BLOCKS, ...INLINE, ...VOID, ...DROPPED, ...PARSED])
const READ = new Set([...BLOCKS, ...INLINE, "colgroup"])
const ATTRIBUTES = words(
  "style class id hidden href start type value alt span width height colspan rowspan data-photo")

export function readHtml(markup, reader) {
  const known = (name) => (KNOWN.has(name.toLowerCase()) ? name : `x-${name}`)
  const holder = document.implementation.createHTMLDocument("").createElement("div")
  holder.innerHTML = inertHtml(markup.replace(/\r\n?/g, "\n"), known)
  readChildren(holder, reader)
}

function readChildren(node, reader) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) reader.text(child.data)
    else if (child.nodeType === Node.ELEMENT_NODE) readElement(child, reader)
  }
}

function readElement(element, reader) {
  const tag = element.localName
  if (DROPPED.has(tag)) return
  if (VOID.has(tag)) reader.void(token(tag, element))
  else if (READ.has(tag)) {
    reader.open(token(tag, element))
    readChildren(element, reader)
    reader.close()
  } else readChildren(element, reader)
}

function token(tag, element) {
  const attributes = Object.create(null)
  for (const name of ATTRIBUTES) {
    const given = name === "style" ? STYLE : name
    if (element.hasAttribute(given)) attributes[name] = element.getAttribute(given)
  }
  return { tag, attributes }
}

export function classes(token) {
  return (token.attributes.class ?? "").toLowerCase().split(/\s+/).filter(Boolean)
}

export function number(token, name, missing) {
  const value = (token.attributes[name] ?? "").trim()
  return /^[0-9]{1,4}$/.test(value) ? Number(value) : missing
}
