// The status line of the article form: when it was last autosaved, what failed, who else has it open.

import { LoginEndedError, RefusedError } from "./requests.js"

export class StatusLine {
  constructor(root) {
    this.root = root
    this.words = root.dataset
    this.status = root.querySelector("[data-status-line]")
    this.warning = root.querySelector("[data-warning]")
    // Stays while somebody else than the one who opened the form is logged in.
    this.memberNote = ""
  }

  saved(reply) {
    this.status.textContent = this.words.kept.replace("{time}", clock(Date.now(), "medium"))
    this.warn(reply.note ?? this.memberNote)
    this.root.querySelector("dialog").close()
    this.showPresent(reply.others)
  }

  failed(error, recorder, openLogin) {
    if (error instanceof LoginEndedError) {
      this.warn(this.words.loginEnded)
      openLogin()
    } else if (error instanceof RefusedError) {
      this.warn(this.words.refused.replace("{reason}", error.message || this.words.tooLong))
    } else if (recorder.isBehind) {
      const words = recorder.isInBrowser === false ? this.words.nowhere : this.words.unreachable
      this.warn(words.replace("{time}", clock(recorder.behindSince, "short")))
    }
  }

  loggedIn(otherName) {
    this.memberNote = otherName && this.words.otherMember.replace("{name}", otherName)
    this.warn(this.memberNote)
  }

  show(words) { this.status.textContent = words }

  // Read out by screen readers only when it changes.
  warn(words) {
    if (this.warning.textContent !== words) this.warning.textContent = words
    this.status.hidden = Boolean(words)
  }

  showPresent(others) {
    if (!others) return
    const list = this.root.querySelector(".others")
    list.hidden = !others.length
    list.replaceChildren(...others.map(({ who, when }) => {
      const one = document.createElement("span")
      one.textContent = `${who}，${when}`
      return one
    }))
    const names = others.map(({ who }) => who).join("；")
    const status = this.root.querySelector("[data-present]")
    if (status.textContent !== names) status.textContent = names
  }
}

function clock(instant, timeStyle) {
  return new Date(instant).toLocaleTimeString("zh-CN", { timeStyle, hour12: false })
}
