// The photo tray: files that are dropped or chosen are uploaded two at a time, in their order. A
// lost connection is waited for; what is typed about stored photos is saved together.

import { Card } from "./card.js"
import { LoginEndedError, OfflineError, postFacts, postFile } from "./requests.js"
import { showSimilar } from "./similar.js"

const AT_ONCE = 2
const PAUSE = 900
const LONGEST_RETRY = 30_000

export class Tray {
  cards = []
  sending = 0
  failures = 0
  isWaiting = false

  // `settled` is called with all cards whenever one of them has come to an end.
  constructor(element, settled = () => {}) {
    Object.assign(this, { element, words: element.dataset, settled })
    this.list = element.querySelector(".cards")
    this.status = element.querySelector(":scope > .state")
    this.again = element.querySelector(".again")
    this.template = element.querySelector("template")
    addEventListener("online", () => this.#resume())
    document.addEventListener("login:renewed", () => this.#resume())
    element.closest("form")?.addEventListener("submit", () => this.save())
    addEventListener("beforeunload", (event) => {
      if (this.isBusy) event.preventDefault()
    })
  }

  get isBusy() { return this.cards.some((card) => card.isOpen || card.isUnsaved) }

  add(files) {
    const most = Number(this.words.most)
    const taken = files.slice(0, most)
    for (const file of taken) {
      const card = new Card(file, this.template, this.words, this)
      this.cards.push(card)
      this.list.append(card.element)
      this.#fillFromCommon(card)
      card.draw()
    }
    this.element.classList.toggle("filled", this.cards.length > 0)
    this.#next()
    if (files.length > most) {
      this.status.textContent = this.words.tooMany.replace("{most}", most).replace("{left}", files.length - most)
    }
  }

  // Writes what is the same for all into every card, but where somebody typed.
  fill() {
    this.cards.filter((card) => card.state !== "chosen").forEach((card) => this.#fillFromCommon(card))
    this.#saveSoon()
    this.status.textContent = this.words.filled.replace("{count}", this.cards.length)
  }

  changed() {
    const stored = this.cards.filter((card) => card.photo).length
    const troubles = this.cards.filter((card) => card.needsALook).length
    const progress = this.words.progress.replace("{stored}", stored).replace("{total}", this.cards.length)
    this.again?.toggleAttribute("hidden", !stored || this.cards.some((card) => card.isOpen))
    this.status.textContent = troubles
      ? `${progress}，${this.words.troubles.replace("{count}", troubles)}` : progress
  }

  typed() { this.#saveSoon() }

  retried(card) {
    card.enter("waiting")
    this.#resume()
  }

  removed(card) {
    const next = this.cards[this.cards.indexOf(card) + 1] ?? this.cards.at(-2)
    this.cards = this.cards.filter((each) => each !== card)
    card.element.remove()
    this.element.classList.toggle("filled", this.cards.length > 0)
    this.changed()
    this.settled(this.cards)
    ;(next?.element.querySelector("[data-remove]") ?? this.element.querySelector("[type=file]")).focus()
  }

  #fillFromCommon(card) {
    for (const field of this.element.querySelectorAll("[data-common]")) {
      if (field.value) card.fill(field.dataset.common, field.value)
    }
  }

  #next() {
    while (this.sending < AT_ONCE && !this.isWaiting) {
      const card = this.cards.find((each) => each.state === "waiting")
      if (!card) return
      this.#upload(card)
    }
  }

  async #upload(card) {
    this.sending += 1
    card.enter("sending")
    try {
      this.#answered(card, await postFile(this.words, card.upload(), (part) => card.progress(part)))
      this.failures = 0
    } catch (error) {
      this.#failed(card, error)
    }
    this.sending -= 1
    this.settled(this.cards)
    this.#next()
  }

  #answered(card, reply) {
    if (reply.photo) {
      card.store(reply.photo)
      if (card.isUnsaved) this.#saveSoon()
    } else if (reply.similar) {
      showSimilar(card, reply.similar, this.words, {
        chosen: (photo) => { card.choose(photo); this.settled(this.cards) },
        anyway: () => { card.isAnyway = true; this.retried(card) },
      })
    } else card.enter("failed", (reply.errors ?? [this.words.failed]).join(" "))
  }

  #failed(card, error) {
    if (error instanceof OfflineError) {
      card.enter("offline")
      this.isWaiting = true
      this.failures += 1
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.#resume(), Math.min(1000 * 2 ** this.failures, LONGEST_RETRY))
    } else card.enter(error instanceof LoginEndedError ? "login" : "failed")
  }

  #resume() {
    this.isWaiting = false
    this.cards.filter((card) => ["offline", "login"].includes(card.state)).forEach((card) => card.enter("waiting"))
    this.#next()
  }

  #saveSoon() {
    clearTimeout(this.saving)
    this.saving = setTimeout(() => this.save(), PAUSE)
  }

  // Saves what was typed about stored photos, all together.
  async save() {
    const cards = this.cards.filter((card) => card.isUnsaved && card.state === "stored")
    if (!cards.length) return
    const data = new URLSearchParams()
    for (const card of cards) {
      card.isUnsaved = false
      data.append("photo", card.photo.key)
      card.fields().forEach((field) => data.append(`${card.photo.key}-${field.dataset.fact}`, field.value))
    }
    try {
      const { errors } = await postFacts(this.words, data)
      cards.forEach((card) => this.#saved(card, errors[card.photo.key]))
    } catch (error) {
      cards.forEach((card) => { card.isUnsaved = true })
      const why = error instanceof OfflineError ? "offline" : error instanceof LoginEndedError ? "login" : "failed"
      this.status.textContent = this.words[why]
      this.saving = setTimeout(() => this.save(), LONGEST_RETRY / 3)
    }
  }

  #saved(card, why) {
    if (card.isUnsaved) return
    card.isUnsaved = Boolean(why)
    card.say(why ? this.words.notSaved.replace("{why}", why) : this.words.saved, Boolean(why))
  }
}
