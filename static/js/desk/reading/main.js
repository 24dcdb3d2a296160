// The reading view: keys for its buttons and links, and the next article without a page load. It
// is fetched in advance and shown as soon as a step is sent; what the server answers comes after.
// Without this script the same links and buttons load pages.

import "../findings.js"
import { askForReasons } from "../move_dialog.js"
import { submitPlainly } from "../server_part.js"
import "../shortcuts.js"
import { fitFrame } from "./frame.js"
import { fetchView, Prepared } from "./views.js"

const status = document.querySelector("#reading-status")
const prepared = new Prepared()
// Single keys can be switched off: speech input and a slip of the hand press them too.
const keys = document.querySelector("[data-single-keys]")
const KEYS_OFF = "reading-keys-off"
let steps = Promise.resolve()
let failed = false

const part = () => document.querySelector("#reading")
const link = (direction) => part().querySelector(`#reading-bar a[rel=${direction}]`)

function announce(words, isError = false) {
  status.textContent = words
  status.classList.toggle("error", isError)
  status.classList.toggle("visually-hidden", !isError)
}

// Puts a view in the place of the one shown; its address goes into the history of the browser.
function show(view, { adds = true } = {}) {
  if (!view.part) return location.assign(view.address)
  if (adds && view.address !== location.href) history.pushState(null, "", view.address)
  document.title = view.title
  document.querySelector("#header ~ .messages, .messages")?.remove()
  announce("")
  part().replaceWith(document.adoptNode(view.part))
  scrollTo(0, 0)
  start()
  part().querySelector("h1").focus({ preventScroll: true })
}

async function open(address, options) {
  part().setAttribute("aria-busy", "true")
  try {
    show(await prepared.take(address), options)
  } catch {
    part().removeAttribute("aria-busy")
    announce(status.dataset.failed, true)
  }
}

// Sends a step. The next article is shown at once where it has been fetched already.
function take(form, button) {
  const [data, action] = [new FormData(form, button), form.action]
  const sent = { article: part().dataset.article }
  const next = link("next")?.href
  const ahead = next && prepared.ready(next)
  steps = steps.then(() => (failed ? null : send(data, action, sent)))
  if (ahead) show(ahead)
  else part().setAttribute("aria-busy", "true")
  sent.shown = part()
}

async function send(data, action, sent) {
  try {
    const view = await fetchView(action, { method: "POST", body: data })
    if (view.part) settle(view, sent)
    else submitPlainly(data, action)
  } catch {
    stop()
    await open(action)
    announce(status.dataset.failed, true)
  }
}

// Shows the answer to a step: a refusal always, the next article where it is not shown already.
function settle(view, { article, shown }) {
  const isRefused = view.part.dataset.article === article
  if (isRefused) stop()
  const isShown = part().dataset.state === view.part.dataset.state
  if (isRefused || (part() === shown && !isShown)) show(view)
  else if (part() === shown) showBar(view.part.querySelector("#reading-bar"))
  announce(view.message, isRefused)
}

// What was sent after a step that failed is not sent: who sent it did not know.
function stop() {
  failed = true
  steps = steps.then(() => { failed = false })
}

// The place in the queue has changed with the step before.
function showBar(bar) {
  document.querySelector("#reading-bar").replaceWith(document.adoptNode(bar))
  startBar()
}

function startBar() {
  const form = document.querySelector("#reading-form")
  askForReasons(form)
  form?.addEventListener("submit", (event) => {
    event.preventDefault()
    if (part().getAttribute("aria-busy") !== "true") take(form, event.submitter)
  })
  // Not while a step is under way: this answer would carry the message of that one.
  const next = link("next")?.href
  if (next) steps.then(() => { if (link("next")?.href === next) prepared.fetch(next) })
}

function start() {
  const frame = part().querySelector("iframe")
  if (frame) fitFrame(frame, pressKey)
  startBar()
}

function pressKey(event) {
  const isTyping = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")
  if (isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
  if (!keys.checked || document.querySelector("dialog[open]")) return
  const button = part().querySelector(`[aria-keyshortcuts="${CSS.escape(event.key.toLowerCase())}"]`)
  if (!button) return
  event.preventDefault()
  button.click()
}

keys.checked = !localStorage.getItem(KEYS_OFF)
keys.addEventListener("change", () => {
  if (keys.checked) localStorage.removeItem(KEYS_OFF)
  else localStorage.setItem(KEYS_OFF, "1")
})
addEventListener("keydown", pressKey)
addEventListener("click", (event) => {
  const chosen = event.target.closest("#reading-bar a[rel]")
  if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
  event.preventDefault()
  open(chosen.href)
})
addEventListener("popstate", () => open(location.href, { adds: false }))
start()
