// What is told under the editor after a paste, with buttons: what was left out, lines to join.

import { invisibleKind } from "../characters.js"

export class Notices {
  constructor(words, kinds, invisible) {
    Object.assign(this, { words, kinds, invisible })
    this.element = make("div", { className: "paste-notices" })
    this.element.setAttribute("role", "status")
  }

  // `actions` are pairs of a label and what its button does before the notice goes.
  add(text, actions, { details, dismiss = () => {} } = {}) {
    const notice = make("div", { className: "paste-notice" })
    notice.append(make("p", { textContent: text }))
    if (details) notice.append(details)
    for (const [label, act] of [...actions, [this.words.dismiss, dismiss]]) {
      const button = make("button", { type: "button", className: "button", textContent: label })
      button.addEventListener("click", () => {
        notice.remove()
        act()
      })
      notice.append(button)
    }
    this.show(notice)
    return notice
  }

  show(notice) { this.element.append(notice) }

  tellNoPhotos() { this.add(this.words.noPhotos, []) }

  tellLeftOut(omissions, { putBack, dismiss }) {
    const { words } = this
    const texts = omissions.filter(({ kind }) => kind !== "picture")
    const pictures = omissions.length - texts.length
    const count = [...texts.map(({ text }) => text).join("").replace(/\s/g, "")].length
    const told = []
    if (texts.length) told.push(words.leftOut.replace("{count}", count))
    if (pictures) told.push(words.picturesLeftOut.replace("{count}", pictures))
    const actions = texts.length ? [[words.putBack, putBack]] : []
    return this.add(told.join(" "), actions, { details: this.#details(omissions), dismiss })
  }

  // As articles/editing/character_messages.py.
  tellInvisible(found) {
    const { words, invisible } = this
    const which = [...new Set(found)].map((character) => words.invisibleCharacter
      .replace("%(kind)s", invisible[invisibleKind(character)])
      .replace("%(code)s", `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`)
      .replace("%(n)d", found.filter((each) => each === character).length))
    this.add(words.invisible.replace("{characters}", which.join("、")), [])
  }

  tellCutLines({ join, dismiss }) {
    return this.add(this.words.cutLines, [[this.words.joinLines, join]], { dismiss })
  }

  #details(omissions) {
    const list = make("ul", {})
    for (const { kind, text } of omissions) {
      const item = make("li", {})
      item.append(make("b", { textContent: this.kinds[kind] }), " ", text || this.words.noDescription)
      list.append(item)
    }
    const details = make("details", {})
    details.append(make("summary", { textContent: this.words.showLeftOut }), list)
    return details
  }
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties)
}
