// The quiet line of the form: when it was last kept, what is wrong, and who else is here.

import { LoginEnded, Refused } from "./server.js"

export class Line {
  constructor(root) {
    this.root = root
    this.words = root.dataset
    this.quiet = root.querySelector("[data-kept-line]")
    this.trouble = root.querySelector("[data-trouble]")
  }

  kept(said) {
    this.quiet.textContent = this.words.kept.replace("{time}", clock(Date.now(), "medium"))
    this.alarm(said.note ?? "")
    this.root.querySelector("dialog").close()
    this.present(said.others)
  }

  failed(trouble, typing, ask) {
    if (trouble instanceof LoginEnded) {
      this.alarm(this.words.loginEnded)
      ask()
    } else if (trouble instanceof Refused) {
      this.alarm(this.words.refused.replace("{reason}", trouble.message || this.words.tooLong))
    } else if (typing.isBehind) {
      const words = typing.isInBrowser === false ? this.words.nowhere : this.words.unreachable
      this.alarm(words.replace("{time}", clock(typing.behindSince, "short")))
    }
  }

  loggedIn(otherName) {
    this.alarm(otherName && this.words.otherMember.replace("{name}", otherName))
  }

  say(words) { this.quiet.textContent = words }

  // Said aloud only when it changes.
  alarm(words) {
    if (this.trouble.textContent !== words) this.trouble.textContent = words
    this.quiet.hidden = Boolean(words)
  }

  present(others) {
    if (!others) return
    const place = this.root.querySelector(".others")
    place.hidden = !others.length
    place.replaceChildren(...others.map(({ who, when }) => {
      const one = document.createElement("span")
      one.textContent = `${who}，${when}`
      return one
    }))
    const names = others.map(({ who }) => who).join("；")
    const said = this.root.querySelector("[data-present]")
    if (said.textContent !== names) said.textContent = names
  }
}

function clock(instant, timeStyle) {
  return new Date(instant).toLocaleTimeString("zh-CN", { timeStyle, hour12: false })
}
