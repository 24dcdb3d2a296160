// What the styles of pasted HTML say of a text. As articles/content/inline_styles.py.

import { BLOCKS, INLINE, classes } from "./html_tokens.js"

const STYLE_TAG = /(<\/?style)\b/i
const BRACES = /([{}])/
const SELECTOR = /^(?:[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?\.[\w-]+)$/
const LENGTH = /^([+-]?)(?:\d+\.?\d*|\.\d+)(?:[a-z]+|%)?$/
const ZERO = /^[+-]?0*\.?0*(?:[a-z]+|%)?$/
const LONGEST = 20
const PREFORMATTED = /^(?:pre|break-spaces)/
const PARTS = /^(?:block|flex|grid|list-item|flow-root|table.*)(?: .*)?$/
const NOT_PLAIN = new Set(["li", "ul", "ol", "table", "tr", "td", "th", "hr", "blockquote"])

export class StyleSheet {
  rules = new Map()

  constructor(markup) {
    for (const sheet of sheets(markup)) {
      for (const [selectors, text] of rules(sheet)) {
        for (const each of selectors.toLowerCase().split(",")) this.add(each.trim(), text)
      }
    }
  }

  add(selector, text) {
    if (!SELECTOR.test(selector)) return
    this.rules.set(selector, new Map([...(this.rules.get(selector) ?? []), ...declarations(text)]))
  }

  style(token) {
    const own = declarations(token.attributes.style ?? "")
    if (!this.rules.size) return own
    const found = names(token).flatMap((name) => [...(this.rules.get(name) ?? [])])
    return new Map([...found, ...own])
  }
}

const after = (text, mark) => (text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : "")

function sheets(markup) {
  const parts = markup.split(STYLE_TAG)
  const found = []
  for (let at = 1; at + 2 < parts.length; at += 2) {
    if (!parts[at].startsWith("</") && parts[at + 2].startsWith("</")) {
      found.push(after(parts[at + 1], ">").replaceAll("<!--", "").replaceAll("-->", ""))
    }
  }
  return found
}

function rules(sheet) {
  const [first, ...others] = sheet.split("/*")
  const parts = (first + others.map((each) => after(each, "*/")).join("")).split(BRACES)
  const found = []
  let depth = 0
  let selectors = ""
  for (let at = 0; at + 1 < parts.length; at += 2) {
    if (parts[at + 1] === "{") {
      if (!depth) selectors = parts[at].slice(parts[at].lastIndexOf(";") + 1).trim()
      depth += 1
    } else {
      if (depth === 1 && !selectors.startsWith("@")) found.push([selectors, parts[at]])
      depth = Math.max(0, depth - 1)
    }
  }
  return found
}

function names(token) {
  const each = classes(token).sort()
  return [token.tag, ...each.map((name) => `.${name}`), ...each.map((name) => `${token.tag}.${name}`)]
}

function declarations(text) {
  const found = new Map()
  for (const part of text.toLowerCase().split(";")) {
    const at = part.indexOf(":")
    if (at >= 0) found.set(part.slice(0, at).trim(), part.slice(at + 1).replaceAll("!important", "").trim())
  }
  return found
}

export function weight(token, style) {
  const value = style.get("font-weight") ?? ""
  if (["bold", "bolder"].includes(value)) return true
  if (["normal", "lighter"].includes(value)) return false
  if (/^[0-9]{1,4}$/.test(value)) return Number(value) >= 600
  return ["b", "strong"].includes(token.tag) || undefined
}

export function raised(token, style) {
  if (["sup", "sub"].includes(token.tag)) return token.tag
  if (!INLINE.has(token.tag)) return ""
  const value = style.get("vertical-align") ?? ""
  if (["super", "sub"].includes(value)) return value === "super" ? "sup" : "sub"
  for (const length of [value, style.get("mso-text-raise") ?? "", lifted(style)]) {
    const found = length.length < LONGEST && LENGTH.exec(length)
    if (found && !ZERO.test(length)) return found[1] === "-" ? "sub" : "sup"
  }
  return ""
}

function lifted(style) {
  const top = style.get("top") ?? ""
  if (style.get("position") !== "relative" || !top.endsWith("pt")) return ""
  return top.startsWith("-") ? top.slice(1) : `-${top}`
}

export function isHidden(token, style) {
  return "hidden" in token.attributes
    || style.get("display") === "none"
    || style.get("mso-hide") === "all"
    || isZero(style.get("opacity") ?? "")
    || (token.tag === "tr" && style.get("visibility") === "collapse")
}

export function isStruck(token, style) {
  const lines = `${style.get("text-decoration") ?? ""} ${style.get("text-decoration-line") ?? ""}`
  return ["s", "strike"].includes(token.tag)
    || lines.includes("line-through")
    || (style.get("text-line-through") ?? "none") !== "none"
}

export function isZero(value) {
  return value.length < LONGEST && /\d/.test(value) && ZERO.test(value)
}

export function isPreformatted(token, style) {
  const value = style.get("white-space-collapse") ?? style.get("white-space") ?? ""
  if (value) return PREFORMATTED.test(value)
  return token.tag === "pre" || undefined
}

export function isBlock(token, style, isInFlex) {
  const display = style.get("display") ?? ""
  if (NOT_PLAIN.has(token.tag) || PARTS.test(display)) return true
  if (BLOCKS.has(token.tag)) return !["inline", "contents"].includes(display)
  return isInFlex
}

export function isFlex(style) {
  return /^(?:inline-)?(?:flex|grid)/.test(style.get("display") ?? "")
}
