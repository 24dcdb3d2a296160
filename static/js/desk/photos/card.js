// One file of the photo tray: its bar, its picture, what is typed about it, and its state:
// waiting, sending, stored, chosen (another photo is used), similar (undecided), offline, failed.

import { drawThumbnail } from "./thumbnail.js"

export class Card {
  photo = null
  isAnyway = false
  isUnsaved = false

  constructor(file, template, words, listener) {
    Object.assign(this, { file, words, listener, uid: newUid() })
    this.element = template.content.firstElementChild.cloneNode(true)
    this.bar = this.element.querySelector("progress")
    this.status = this.element.querySelector(".state")
    this.retry = this.element.querySelector("[data-retry]")
    this.element.setAttribute("aria-label", words.picture.replace("{name}", file.name))
    this.element.querySelector("strong").textContent = file.name
    this.bar.setAttribute("aria-label", file.name)
    this.#listen()
    this.enter("waiting")
  }

  get isOpen() { return ["waiting", "sending", "offline"].includes(this.state) }

  get needsALook() { return ["failed", "similar", "login"].includes(this.state) || this.hasErrors }

  get hasErrors() { return this.status.classList.contains("errors") }

  fields() { return [...this.element.querySelectorAll("[data-fact]")] }

  draw() { drawThumbnail(this.file, this.element.querySelector(".thumb")) }

  enter(state, words = this.words[state] ?? "") {
    this.state = state
    this.element.dataset.state = state
    this.retry.hidden = !["failed", "login", "offline"].includes(state)
    this.bar.hidden = !["waiting", "sending", "offline"].includes(state)
    this.say(words, ["failed", "login"].includes(state))
    this.listener.changed(this)
  }

  say(words, isError = false) {
    this.status.textContent = words
    this.status.classList.toggle("errors", isError)
  }

  progress(share) {
    this.bar.value = share * 100
    if (share === 1) this.say(this.words.working)
  }

  // What is sent with the file. Fields that nobody filled are left to what the file says.
  upload() {
    const data = new FormData()
    data.append("file", this.file)
    data.append("uid", this.uid)
    if (this.isAnyway) data.append("anyway", "on")
    this.sent = new Map(this.fields().map((field) => [field.dataset.fact, field.value]))
    this.sent.forEach((value, name) => data.append(name, value))
    return data
  }

  // Shows the stored photo, and in each field that was not changed meanwhile what is stored.
  store(photo) {
    this.photo = photo
    this.showPicture(photo)
    for (const field of this.fields()) {
      const name = field.dataset.fact
      if (field.value === this.sent.get(name)) field.value = photo.facts[name] ?? ""
      else this.isUnsaved = true
    }
    this.enter("stored", [this.words.stored, photo.generated].filter(Boolean).join("；"))
  }

  // Shows another photo that is used in the place of the file.
  choose(photo) {
    this.photo = photo
    this.showPicture(photo)
    this.element.querySelector(".similar").hidden = true
    this.element.querySelector(".facts").hidden = true
    this.enter("chosen")
  }

  showPicture(photo) {
    const picture = Object.assign(new Image(), { src: photo.thumbnail, alt: "" })
    this.element.querySelector(".thumb").replaceChildren(picture)
  }

  // Sets a field that was not typed into; answers whether it was.
  fill(name, value) {
    const field = this.element.querySelector(`[data-fact="${name}"]`)
    if (!field || field.dataset.isTyped) return false
    if (field.value !== value && this.photo) this.isUnsaved = true
    field.value = value
    return true
  }

  #listen() {
    this.element.addEventListener("input", (event) => {
      if (!event.target.dataset.fact) return
      event.target.dataset.isTyped = "1"
      this.isUnsaved = Boolean(this.photo)
      if (this.photo) this.listener.typed(this)
    })
    this.element.addEventListener("click", (event) => {
      if (event.target.matches("[data-retry]")) this.listener.retried(this)
      if (event.target.matches("[data-remove]")) this.listener.removed(this)
    })
  }
}

// Not crypto.randomUUID, which a desk without TLS does not have.
function newUid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
