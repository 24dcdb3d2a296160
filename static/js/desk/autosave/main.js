// Autosave of the article form: stores what is typed until it is saved, offers what was stored
// before, shows who else has the article open, and opens the login where it has ended.

import { showOffers } from "./offers.js"
import { fill } from "./form_fields.js"
import { createLoginDialog } from "./login.js"
import { Recorder } from "./recorder.js"
import { KEEPALIVE_BYTES, send } from "./requests.js"
import { StatusLine } from "./status_line.js"

const HEARTBEAT = 17_000
const root = document.querySelector("#working-copy")
const form = document.querySelector("#article_form")
if (root && form) start(root, form)

function start(root, form) {
  const { dataset } = root
  const key = `closed:${dataset.article}`
  const closed = sessionStorage.getItem(key)
  // A duplicated tab copies this too: it is set only between two pages.
  sessionStorage.removeItem(key)
  const about = {
    member: Number(dataset.member), article: dataset.article ? Number(dataset.article) : null,
    window: dataset.window || newId(), version: Number(dataset.version),
    closed: closed ? [closed] : [],
    keep: dataset.keep, offers: dataset.offers, discard: dataset.discard,
  }
  const status = new StatusLine(root)
  const openLogin = createLoginDialog(root, form, (reply) => {
    status.loggedIn(reply.member === about.member ? "" : reply.name)
    if (reply.member !== about.member) recorder.restart(newId())
    about.member = reply.member
    recorder.retry()
  })
  const recorder = new Recorder(form, about, {
    saved: (reply) => status.saved(reply),
    failed: (error) => status.failed(error, recorder, openLogin),
  })
  if ("isTyped" in dataset) {
    recorder.serial = Number(dataset.serial) || 0
    recorder.lastText = null
  }
  const restore = async (copy) => {
    recorder.readChanges()
    if (recorder.serial) await recorder.send()
    fill(form, copy.fields, copy.labels)
    about.version = copy.version
    recorder.restart(newId(), copy)
    status.show(dataset.taken)
    form.querySelector("[name=headline]").focus()
    return true
  }
  const offer = () => showOffers(root.querySelector(".offers"), about, { restore, sure: dataset.sure })
  offer().catch((error) => status.failed(error, recorder, openLogin))

  const beat = () => {
    if (about.article === null && !recorder.serial) return
    send(about.keep, JSON.stringify(recorder.message())).then((reply) => status.showPresent(reply.others))
      .catch((error) => status.failed(error, recorder, openLogin))
    if (recorder.serial) recorder.store()
  }
  beat()
  setInterval(beat, HEARTBEAT)

  addEventListener("online", () => recorder.retry())
  document.addEventListener("visibilitychange", () => {
    recorder.readChanges()
    if (document.hidden && recorder.isBehind) recorder.send({ isLast: true })
  })
  addEventListener("pagehide", () => {
    recorder.readChanges()
    sessionStorage.setItem(key, about.window)
    const isSmall = recorder.lastText.length * 3 < KEEPALIVE_BYTES
    const more = { open: false, ...(recorder.isBehind && isSmall && { fields: recorder.fields }) }
    send(about.keep, JSON.stringify(recorder.message(more)), { isLast: true }).catch(() => {})
  })
  addEventListener("pageshow", (event) => {
    if (event.persisted) sessionStorage.removeItem(key)
  })
  form.addEventListener("submit", () => {
    recorder.readChanges()
    setHidden(form, "_window", about.window)
    setHidden(form, "_serial", recorder.serial)
    setHidden(form, "_replaces", about.replaces ?? "")
    setHidden(form, "_replaces_serial", about.replaces_serial ?? "")
  }, { capture: true })
}

// Not crypto.randomUUID, which a desk without TLS does not have.
function newId() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))]
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

function setHidden(form, name, value) {
  form.elements[name] ?? form.append(Object.assign(document.createElement("input"), { type: "hidden", name }))
  form.elements[name].value = value
}
