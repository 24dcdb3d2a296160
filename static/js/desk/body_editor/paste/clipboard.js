// What the editor does with a clipboard: reads it by the rules of the server, tells what was left
// out, offers to join the lines of a PDF, and hands files of pictures to the photo tray.

import { pm } from "../../../../django_prose_editor/editor.js"
import { breakLines, findInvisible, lines, stripInvisible } from "../characters.js"
import { STYLE, inertHtml } from "./inert_html.js"
import { areCut, joined, printedLines } from "./line_joins.js"
import { PastedRange } from "./pasted_range.js"
import { sanitize } from "./sanitizer.js"

const INDENT = /^[\s\u3000\u00a0]+/
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }
const OWN = "meta p h2 strong sup sub a br ul ol li blockquote table colgroup col tbody tr th td figure".split(" ")

export class Clipboard {
  #area
  #notices
  #pasted = null
  #keepsAll = false

  constructor(area, notices) {
    this.#area = area
    this.#notices = notices
  }

  get editorProps() {
    return {
      transformPastedHTML: (html) => this.#html(html),
      transformPastedText: (text) => this.#text(text),
      handlePaste: (view, event) => this.#offerPhotos(event, event.clipboardData),
      handleDrop: (view, event) => this.#offerPhotos(event, event.dataTransfer),
      // Every space of what was cleaned is meant.
      clipboardParser: {
        parseSlice: (dom, options) => pm.model.DOMParser.fromSchema(options.context.parent.type.schema)
          .parseSlice(dom, { ...options, preserveWhitespace: "full" }),
      },
    }
  }

  attach(editor) {
    editor.on("transaction", ({ transaction }) => {
      const pasted = this.#pasted
      if (!pasted || !["paste", "drop"].includes(transaction.getMeta("uiEvent"))) return
      this.#pasted = null
      if (pasted.omissions?.length) this.#tellLeftOut(editor, transaction, pasted)
      else if (pasted.printed && areCut(pasted.printed)) this.#offerJoin(editor, transaction, pasted)
    })
  }

  #html(html) {
    this.#pasted = null
    const inert = inertHtml(html)
    this.#tellInvisible(new DOMParser().parseFromString(inert, "text/html").body.textContent)
    if (isOwn(inert)) return stripInvisible(breakLines(inert, "<br>"))
    const found = sanitize(html, { keepsAll: this.#keepsAll })
    if (!this.#keepsAll) this.#pasted = { clipboard: html, ...found }
    return found.html
  }

  #text(text) {
    this.#pasted = { printed: printedLines(text) }
    this.#tellInvisible(text)
    return lines(text)
      .map((line) => stripInvisible(line).replace(INDENT, ""))
      .filter(Boolean)
      .join("\n")
  }

  #tellInvisible(text) {
    const found = findInvisible(text)
    if (found.length && !this.#keepsAll) this.#notices.tellInvisible(found)
  }

  #tellLeftOut(editor, transaction, { clipboard, omissions }) {
    const range = this.#follow(editor, transaction, () => notice)
    const words = omissions.filter(({ kind }) => kind !== "picture").map(({ text }) => text)
    const notice = this.#notices.tellLeftOut(omissions, {
      putBack: () => this.#replace(range, clipboard, words),
      dismiss: () => range.detach(),
    })
  }

  #offerJoin(editor, transaction, { printed }) {
    const range = this.#follow(editor, transaction, () => notice)
    const whole = joined(printed)
    const notice = this.#notices.tellCutLines({
      join: () => this.#replace(range, paragraphs(whole), whole),
      dismiss: () => range.detach(),
    })
  }

  // The notice goes with its paste, and is there again when what its button did is undone.
  #follow(editor, transaction, notice) {
    return new PastedRange(editor, transaction, {
      gone: () => notice().remove(),
      restored: () => this.#notices.show(notice()),
    })
  }

  #replace(range, clipboard, words) {
    this.#keepsAll = true
    range.replace(clipboard, paragraphs(words))
    this.#keepsAll = false
  }

  // Answers true where files of pictures were pasted or dropped, and no words with them.
  #offerPhotos(event, data) {
    const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"))
    const html = data?.getData("text/html") ?? ""
    if (!files.length || data.getData("text/plain").trim() || sanitize(html).html) return false
    event.preventDefault()
    const offer = new CustomEvent("photos:offered", { bubbles: true, cancelable: true, detail: { files } })
    const isTaken = !this.#area.dispatchEvent(offer)
    if (!isTaken) this.#notices.tellNoPhotos()
    return true
  }
}

// What was copied from an editor of ours: its tags alone, without classes.
function isOwn(html) {
  if (!html.includes("data-pm-slice")) return false
  const found = new DOMParser().parseFromString(html, "text/html")
  return [...found.body.querySelectorAll("*")].every(
    (each) => OWN.includes(each.localName) && !each.hasAttribute("class")
      && (!each.hasAttribute(STYLE) || ["table", "col"].includes(each.localName)))
}

function paragraphs(texts) {
  return texts
    .map((text) => `<p>${text.replace(/[&<>]/g, (each) => ESCAPES[each]).replace(/\n+/g, "<br>")}</p>`)
    .join("")
}
