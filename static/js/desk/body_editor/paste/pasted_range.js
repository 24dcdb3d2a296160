// Where a paste stands while one goes on typing, and its replacement by another reading of it.

import { pm } from "../../../../django_prose_editor/editor.js"

export class PastedRange {
  #editor
  #content
  #follow

  #isReplaced = false

  // `transaction` is the one that pasted; `gone` is called when nothing is left of the paste,
  // `restored` when its replacement was undone.
  constructor(editor, transaction, { gone, restored }) {
    this.#editor = editor
    Object.assign(this, changedRange(transaction))
    this.#content = this.#now()
    const wasEmpty = this.#isEmpty()
    this.#follow = ({ transaction: next }) => {
      if (!next.docChanged) return
      this.from = next.mapping.map(this.from, -1)
      this.to = next.mapping.map(this.to, 1)
      if (this.#isReplaced && this.#now().eq(this.#content)) {
        this.#isReplaced = false
        restored()
      }
      if (wasEmpty || !this.#isEmpty()) return
      this.detach()
      gone()
    }
    editor.on("transaction", this.#follow)
  }

  // Pastes in its place; after it, where somebody has worked on it since.
  replace(html, added) {
    const editor = this.#editor
    const isUntouched = this.#now().eq(this.#content)
    this.#content = this.#now()
    editor.view.dispatch(pm.history.closeHistory(editor.state.tr)) // A step of its own to undo.
    if (isUntouched) {
      editor.commands.setTextSelection({ from: this.from, to: this.to })
      editor.view.pasteHTML(html)
    } else editor.commands.insertContentAt(this.to, added)
    this.#isReplaced = true
    editor.commands.focus()
  }

  detach() { this.#editor.off("transaction", this.#follow) }

  #isEmpty() { return !this.#editor.state.doc.textBetween(this.from, this.to, " ").trim() }

  #now() { return this.#editor.state.doc.slice(this.from, this.to).content }
}

function changedRange({ mapping, selection }) {
  const range = { from: Infinity, to: -1 }
  mapping.maps.forEach((map, index) => {
    const rest = mapping.slice(index + 1)
    map.forEach((oldStart, oldEnd, newStart, newEnd) => {
      range.from = Math.min(range.from, rest.map(newStart, -1))
      range.to = Math.max(range.to, rest.map(newEnd, 1))
    })
  })
  return range.to < 0 ? { from: selection.from, to: selection.to } : range
}
