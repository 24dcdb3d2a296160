// The marks of lists: of Word, typed ones, Chinese numerals. As articles/content/list_marks.py.

import { classes } from "./html_tokens.js"

const BULLET = /^[lnuoqvwØ§ü¨·•●○■□◆◇▪▫➢➤✓✔‣⁃◦–—*\ue000-\uf8ff-]$/
const NUMBER = "[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十百]{1,4}|[①-⑳]"
// The first group is a mark with its blanks, the second the mark.
export const TYPED = new RegExp(
  "^(([lnuoqvwØ§ü¨·•●○■□◆◇▪▫➢➤✓✔‣⁃◦–—*\\ue000-\\uf8ff-]"
  + `|[(（]?(?:${NUMBER})[)）.、．]?)[ \\u00a0]{2,}\\s*)`)
export const NO_ACCIDENT = 3
const TYPES = [
  ["lower-alpha", "a"], ["lower-latin", "a"], ["upper-alpha", "A"], ["upper-latin", "A"],
  ["lower-roman", "i"], ["upper-roman", "I"],
]
const CHINESE = /cjk-ideographic|(?:simp|trad)-chinese-(?:in)?formal|japanese-informal/
const DIGITS = "零一二三四五六七八九"

export function isBullet(mark) {
  return BULLET.test(mark)
}

export function typedLabel(mark) {
  if (isBullet(mark)) return "• "
  return mark.charCodeAt(mark.length - 1) < 128 ? `${mark} ` : mark
}

export function wordLevel(token, style) {
  const value = style.get("mso-list") ?? ""
  if (/^l[0-9]+ /.test(value)) return Number(/level([0-9])/.exec(value)?.[1] ?? 1)
  return Number(classes(token).some((name) => name.startsWith("msolistparagraph")))
}

export function listType(token, style) {
  const value = style.get("list-style-type") ?? style.get("list-style") ?? ""
  if (CHINESE.test(value)) return "一"
  const named = TYPES.find(([name]) => value.includes(name))
  const typed = token.attributes.type ?? ""
  return named?.[1] ?? (["a", "A", "i", "I"].includes(typed) ? typed : "")
}

export function chineseNumber(number) {
  if (number < 1 || number > 99) return String(number)
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  if (!tens) return DIGITS[ones]
  return (tens > 1 ? DIGITS[tens] : "") + "十" + (ones ? DIGITS[ones] : "")
}
