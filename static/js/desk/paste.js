// What is pasted from Word, WPS or a web page, before the editor reads it. The server cleans
// everything again; this is so that the editor shows at once what will be stored.

const KEPT = /\s(?:href|colspan|rowspan|data-pm-slice)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi
const INDENT = /^[\s\u3000\u00a0]+/
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff]/g

export function cleanHtml(html) {
  const bare = html
    .replace(/<!--[\s\S]*?-->|<!\[[^>]*>/g, "")
    .replace(/<(script|style|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<\/?o:p[^>]*>/gi, "")
    .replace(/<([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi, (tag, name, attributes) =>
      `<${heading(name)}${(attributes.match(KEPT) ?? []).join("")}>`)
    .replace(/<\/h[1-6]>/gi, "</h2>")
  const parsed = new DOMParser().parseFromString(bare, "text/html")
  // From inside the document: what is copied from the editor itself stays as it is.
  if (!parsed.querySelector("[data-pm-slice]")) parsed.querySelectorAll("p, h2, div").forEach(trim)
  return parsed.body.innerHTML.replace(UNPRINTABLE, "")
}

export function cleanText(text) {
  return text
    .replace(UNPRINTABLE, "")
    .split(/\r\n?|\n/)
    .map((line) => line.replace(INDENT, ""))
    .filter(Boolean)
    .join("\n")
}

function heading(name) {
  return /^h[1-6]$/i.test(name) ? "h2" : name
}

function trim(block) {
  if (!block.textContent.trim() && !block.querySelector("table, li")) {
    block.remove()
    return
  }
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    text.data = text.data.replace(INDENT, "")
    if (text.data) return
  }
}
