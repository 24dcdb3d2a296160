// Autosave of one open form: reads the fields twice a second, stores what changed in the browser at
// once and on the server within five seconds. Nothing is read while an input method composes.

import { put } from "./browser_store.js"
import { isTouched, snapshot } from "./form_fields.js"
import { MAX_BYTES, RefusedError, send } from "./requests.js"

const INTERVAL = 500
const PAUSE = 1_500
const LONGEST_DELAY = 2_500
const LONGEST_RETRY = 60_000

export class Recorder {
  constructor(form, about, listener) {
    Object.assign(this, { form, about, listener, isComposing: false, isSending: false })
    this.failures = this.waitUntil = this.serial = this.savedSerial = 0
    this.lastText = isTouched(form) ? null : this.read()
    form.addEventListener("compositionstart", () => { this.readChanges(); this.isComposing = true })
    form.addEventListener("compositionend", () => { this.isComposing = false })
    this.tick()
  }

  read() {
    this.fields = snapshot(this.form)
    return JSON.stringify(this.fields)
  }

  get isBehind() { return this.serial > this.savedSerial }

  // Begins a new autosave: what is typed from now on is stored under another id.
  restart(window, replaced) {
    Object.assign(this.about, { window, replaces: replaced?.window, replaces_serial: replaced?.serial })
    this.serial = this.savedSerial = 0
    this.lastText = null
  }

  tick() {
    const began = performance.now()
    this.readChanges()
    const now = Date.now()
    const isDue = now - this.changedAt >= PAUSE || now - this.behindSince >= LONGEST_DELAY
    if (this.isBehind && isDue && now >= this.waitUntil) this.send()
    setTimeout(() => this.tick(), Math.max(INTERVAL, 20 * (performance.now() - began)))
  }

  readChanges() {
    if (this.isComposing) return
    const text = this.read()
    if (text === this.lastText) return
    this.lastText = text
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
    const copy = this.message({ fields: this.fields, kept: this.savedSerial, at: this.changedAt, seen: now })
    this.isInBrowser = await put(copy)
  }

  async send({ isLast = false } = {}) {
    if (this.isSending && !isLast) return
    const { window } = this.about
    const sent = this.serial
    const body = JSON.stringify(this.message({ fields: this.fields }))
    if (body.length * 3 > MAX_BYTES && new Blob([body]).size > MAX_BYTES) return this.fail(new RefusedError({}))
    this.isSending = true
    try {
      const reply = await send(this.about.keep, body, { isLast })
      if (window === this.about.window) this.succeed(sent, reply)
    } catch (error) {
      this.fail(error)
    } finally {
      this.isSending = false
    }
  }

  succeed(sent, reply) {
    this.savedSerial = Math.max(this.savedSerial, sent)
    this.failures = this.waitUntil = 0
    this.behindSince = Date.now()
    this.about.replaces = undefined
    this.store()
    this.listener.saved(reply)
  }

  fail(error) {
    this.failures += 1
    this.waitUntil = Date.now() + Math.min(1000 * 2 ** this.failures, LONGEST_RETRY)
    this.listener.failed(error, this)
  }

  retry() {
    this.failures = this.waitUntil = 0
    return this.send()
  }
}
