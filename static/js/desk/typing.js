// What is typed in one open form: noticed twice a second, kept in the browser at once and on the
// server within five seconds. Nothing is read in the middle of a composition.

import { put } from "./browser_copy.js"
import { isTouched, snapshot } from "./fields.js"
import { LARGEST, Refused, send } from "./server.js"

const EVERY = 500
const PAUSE = 1_500
const LONGEST = 2_500
const SLOWEST = 60_000

export class Typing {
  constructor(form, about, told) {
    Object.assign(this, { form, about, told, isComposing: false, isSending: false })
    this.failures = this.waitUntil = this.serial = this.kept = 0
    this.last = isTouched(form) ? null : this.read()
    form.addEventListener("compositionstart", () => { this.notice(); this.isComposing = true })
    form.addEventListener("compositionend", () => { this.isComposing = false })
    this.tick()
  }

  read() {
    this.fields = snapshot(this.form)
    return JSON.stringify(this.fields)
  }

  get isBehind() { return this.serial > this.kept }

  // Begins a new copy: what is typed from now on is not what was typed so far.
  restart(window, replaced) {
    Object.assign(this.about, { window, replaces: replaced?.window, replaces_serial: replaced?.serial })
    this.serial = this.kept = 0
    this.last = null
  }

  tick() {
    const began = performance.now()
    this.notice()
    const now = Date.now()
    const isDue = now - this.changedAt >= PAUSE || now - this.behindSince >= LONGEST
    if (this.isBehind && isDue && now >= this.waitUntil) this.send()
    setTimeout(() => this.tick(), Math.max(EVERY, 20 * (performance.now() - began)))
  }

  notice() {
    if (this.isComposing) return
    const text = this.read()
    if (text === this.last) return
    this.last = text
    if (!this.isBehind) this.behindSince = Date.now()
    this.changedAt = Date.now()
    this.serial += 1
    this.store()
  }

  message(more) { return { ...this.about, version: this.version, serial: this.serial, ...more } }

  get version() {
    return Number(this.form.elements._version?.value || this.about.version)
  }

  async store() {
    const now = Date.now()
    const copy = this.message({ fields: this.fields, kept: this.kept, at: this.changedAt, seen: now })
    this.isInBrowser = await put(copy)
  }

  async send({ isLast = false } = {}) {
    if (this.isSending && !isLast) return
    const { window } = this.about
    const sent = this.serial
    const body = JSON.stringify(this.message({ fields: this.fields }))
    if (body.length * 3 > LARGEST && new Blob([body]).size > LARGEST) return this.fail(new Refused(""))
    this.isSending = true
    try {
      const said = await send(this.about.keep, body, { isLast })
      if (window === this.about.window) this.succeed(sent, said)
    } catch (trouble) {
      this.fail(trouble)
    } finally {
      this.isSending = false
    }
  }

  succeed(sent, said) {
    this.kept = Math.max(this.kept, sent)
    this.failures = this.waitUntil = 0
    this.behindSince = Date.now()
    this.about.replaces = undefined
    this.store()
    this.told.kept(said)
  }

  fail(trouble) {
    this.failures += 1
    this.waitUntil = Date.now() + Math.min(1000 * 2 ** this.failures, SLOWEST)
    this.told.failed(trouble, this)
  }

  retry() {
    this.failures = this.waitUntil = 0
    return this.send()
  }
}
