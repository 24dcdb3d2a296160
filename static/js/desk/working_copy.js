// Nothing typed in the article form is lost: keeps it while it is not saved, offers what was
// kept before, shows who else is here, and asks for the login in place when it has ended.

import { showOffers } from "./offers.js"
import { fill } from "./fields.js"
import { Line } from "./line.js"
import { loginInPlace } from "./login.js"
import { send, SMALL } from "./server.js"
import { Typing } from "./typing.js"

const HEARTBEAT = 17_000
const root = document.querySelector("#working-copy")
const form = document.querySelector("#article_form")
if (root && form) begin(root, form)

function begin(root, form) {
  const { dataset } = root
  const key = `closed:${dataset.article}`
  const closed = sessionStorage.getItem(key)
  // A copied tab copies this too: it holds a name only between two pages.
  sessionStorage.removeItem(key)
  const about = {
    member: Number(dataset.member), article: dataset.article ? Number(dataset.article) : null,
    window: dataset.window || newKey(), version: Number(dataset.version),
    closed: closed ? [closed] : [],
    keep: dataset.keep, offers: dataset.offers, discard: dataset.discard,
  }
  const line = new Line(root)
  const ask = loginInPlace(root, form, (said) => {
    line.loggedIn(said.member === about.member ? "" : said.name)
    if (said.member !== about.member) typing.restart(newKey())
    about.member = said.member
    typing.retry()
  })
  const typing = new Typing(form, about, {
    kept: (said) => line.kept(said),
    failed: (trouble) => line.failed(trouble, typing, ask),
  })
  if ("isTyped" in dataset) {
    typing.serial = Number(dataset.serial) || 0
    typing.last = null
  }
  const takeOver = async (copy) => {
    typing.notice()
    if (typing.serial) await typing.send()
    fill(form, copy.fields, copy.labels)
    about.version = copy.version
    typing.restart(newKey(), copy)
    line.say(dataset.taken)
    form.querySelector("[name=headline]").focus()
    return true
  }
  const offer = () => showOffers(root.querySelector(".offers"), about, { takeOver, sure: dataset.sure })
  offer().catch((trouble) => line.failed(trouble, typing, ask))

  const beat = () => {
    if (about.article === null && !typing.serial) return
    send(about.keep, JSON.stringify(typing.message())).then((said) => line.present(said.others))
      .catch((trouble) => line.failed(trouble, typing, ask))
    if (typing.serial) typing.store()
  }
  beat()
  setInterval(beat, HEARTBEAT)

  addEventListener("online", () => typing.retry())
  document.addEventListener("visibilitychange", () => {
    typing.notice()
    if (document.hidden && typing.isBehind) typing.send({ isLast: true })
  })
  addEventListener("pagehide", () => {
    typing.notice()
    sessionStorage.setItem(key, about.window)
    const isSmall = typing.last.length * 3 < SMALL
    const more = { open: false, ...(typing.isBehind && isSmall && { fields: typing.fields }) }
    send(about.keep, JSON.stringify(typing.message(more)), { isLast: true }).catch(() => {})
  })
  addEventListener("pageshow", (event) => {
    if (event.persisted) sessionStorage.removeItem(key)
  })
  form.addEventListener("submit", () => {
    typing.notice()
    hidden(form, "_window", about.window)
    hidden(form, "_serial", typing.serial)
    hidden(form, "_replaces", about.replaces ?? "")
    hidden(form, "_replaces_serial", about.replaces_serial ?? "")
  }, { capture: true })
}

// Not crypto.randomUUID, which a desk without TLS does not have.
function newKey() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))]
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

function hidden(form, name, value) {
  form.elements[name] ?? form.append(Object.assign(document.createElement("input"), { type: "hidden", name }))
  form.elements[name].value = value
}
