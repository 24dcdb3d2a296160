// HTML that a strict Content-Security-Policy lets the browser parse without a complaint: style
// and event attributes have other names, style elements are raw text of another name.

export const STYLE = "pasted-style"

const GUARDED = /^(?:style$|on)/i

const COMMENT_OR_TAG = /<!--[\s\S]*?(?:-->|$)|<\/?[a-z][^ \t\n\f/>]*/gi
const NAME = "=?[^ \\t\\n\\f/>=]+"
const VALUE = "[ \\t\\n\\f]*=[ \\t\\n\\f]*(?:\"[^\"]*\"|'[^']*'|[^ \\t\\n\\f>\"'][^ \\t\\n\\f>]*)"
const ATTRIBUTE = new RegExp(`[ \\t\\n\\f/]*(${NAME})((?:${VALUE})?)`, "y")

// `rename` gives the name of each tag.
export function inertHtml(markup, rename = (name) => name) {
  const parts = []
  let at = 0
  COMMENT_OR_TAG.lastIndex = 0
  for (let found; (found = COMMENT_OR_TAG.exec(markup));) {
    parts.push(markup.slice(at, found.index))
    at = COMMENT_OR_TAG.lastIndex
    if (found[0].startsWith("<!")) parts.push(found[0])
    else {
      parts.push(renamed(found[0], rename))
      at = copyAttributes(markup, at, parts)
      COMMENT_OR_TAG.lastIndex = at
    }
  }
  return parts.join("") + markup.slice(at)
}

function renamed(tag, rename) {
  const start = tag.startsWith("</") ? "</" : "<"
  const name = tag.slice(start.length)
  return start + (name.toLowerCase() === "style" ? "noembed" : rename(name))
}

function copyAttributes(markup, start, parts) {
  ATTRIBUTE.lastIndex = start
  let at = start
  for (let found; (found = ATTRIBUTE.exec(markup)); at = ATTRIBUTE.lastIndex) {
    const [all, name, value] = found
    const before = all.slice(0, all.length - name.length - value.length)
    parts.push(GUARDED.test(name) ? `${before}pasted-${name.toLowerCase()}${value}` : all)
  }
  return at
}
