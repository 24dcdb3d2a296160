// What pasted HTML holds that is not the text. As articles/content/omissions.py.

import { classes, number } from "./html_tokens.js"
import { isHidden, isStruck } from "./inline_styles.js"

export const HIDDEN = "hidden"
export const PICTURE = "picture"
const READING_BRACKET = "bracket"
const BRACKETS = ["", ..."（）()〔〕【】[]"]
const COMMENT_CLASSES = new Set(
  ["msocomanchor", "msocomtxt", "msocomoff", "msocommentreference", "msocommentsubject"])
const COMMENT_ANCHOR = /^#(?:cmnt|_msocom_)/i
const GOOGLE_ANCHOR = /^cmnt(?:_ref)?[0-9]+$/i
const GOOGLE_REMARK = /^cmnt[0-9]+$/i
const CHARACTER_CLASS = /emoji|emotion|smiley/i
const CHARACTER = /^(?:[^\p{L}\p{N}_\s]{1,12}|\[[^\[\]\s]{1,6}\])$/u
const MOST_COLUMNS = 1000

export const leftOut = (kind, ...parts) => ({ kind, parts })

export function omissionKind(token, style) {
  if (token.tag === "rp") return READING_BRACKET
  if (token.tag === "del" || classes(token).includes("msodel")) return "deleted"
  if (isComment(token, style)) return "comment"
  if (isHidden(token, style)) return HIDDEN
  return isStruck(token, style) ? "struck" : ""
}

function isComment(token, style) {
  return classes(token).some((name) => COMMENT_CLASSES.has(name))
    || ["comment", "comment-list"].includes(style.get("mso-element"))
    || style.get("mso-special-character") === "comment"
    || COMMENT_ANCHOR.test(token.attributes.href ?? "")
    || (token.tag === "a" && GOOGLE_ANCHOR.test(token.attributes.id ?? ""))
}

export function opensRemark(token) {
  return token.tag === "a" && GOOGLE_REMARK.test(token.attributes.id ?? "")
}

export function isCharacter(token) {
  const alt = token.attributes.alt ?? ""
  const isNamed = CHARACTER_CLASS.test(token.attributes.class ?? "")
  return Boolean(alt.trim()) && (isNamed || CHARACTER.test(alt))
}

export function isInvisible(token) {
  return Math.min(number(token, "width", 9), number(token, "height", 9)) <= 1
}

export function listed(found) {
  return found
    .map(({ kind, parts }) => ({ kind, text: parts.join("").trim() }))
    .filter(({ kind, text }) => kind === PICTURE || (kind === READING_BRACKET ? !BRACKETS.includes(text) : text))
    .map(({ kind, text }) => ({ kind: kind === READING_BRACKET ? HIDDEN : kind, text }))
}

// The columns of a table that are hidden, and where its next cell stands.
export class Columns {
  hidden = new Set()
  declared = 0
  at = 0
  taken = new Map()

  declare(token, isHidden) {
    const span = Math.min(number(token, "span", 1) || 1, 100)
    for (let i = 0; i < span; i += 1) {
      if (isHidden) this.hidden.add(this.declared + i)
    }
    this.declared += span
  }

  startRow() {
    this.at = 0
    this.taken = new Map(
      [...this.taken].filter(([, rows]) => rows > 1).map(([column, rows]) => [column, rows - 1]))
  }

  placed(token) {
    while (this.taken.has(this.at)) this.at += 1
    if (!this.hidden.size || this.at >= MOST_COLUMNS) return token
    const span = Math.min(number(token, "colspan", 1) || 1, MOST_COLUMNS - this.at)
    const covered = Array.from({ length: span }, (_, i) => this.at + i)
    this.at += span
    for (const column of covered) this.taken.set(column, number(token, "rowspan", 1) || 1)
    const visible = covered.filter((column) => !this.hidden.has(column)).length
    const changed = visible ? { colspan: String(visible) } : { hidden: "" }
    return { ...token, attributes: { ...token.attributes, ...changed } }
  }
}
