// Offers of autosaved text, from this or a crashed browser: to be restored or discarded.

import { all, drop, put } from "./browser_store.js"
import { send } from "./requests.js"

const ALIVE_FOR = 30_000
const RETRY_AFTER = 10_000

// Sends what only this browser has to the server, which compares everything.
async function uploadLocalCopies(about) {
  const copies = (await all()).filter((copy) =>
    copy.member === about.member && copy.article === about.article && copy.window !== about.window
    && (about.closed.includes(copy.window) || copy.seen < Date.now() - ALIVE_FOR))
  for (const copy of copies.filter((each) => each.serial > each.kept)) {
    const age = Math.max(0, Math.round((Date.now() - copy.at) / 1000))
    const reply = await send(about.keep, JSON.stringify({ ...copy, age, open: false })).catch(() => null)
    if (reply?.saved) await drop(copy.window)
    else if (reply) await put(Object.assign(copy, { kept: copy.serial }))
  }
  return copies
}

export async function showOffers(section, about, { restore, sure }) {
  const copies = await uploadLocalCopies(about)
  const reply = await send(about.offers, JSON.stringify(about))
  copies.filter((copy) => copy.serial <= copy.kept && !reply.known.includes(copy.window))
    .forEach((copy) => drop(copy.window))
  if (reply.waits) setTimeout(() => showOffers(section, about, { restore, sure }).catch(() => {}), RETRY_AFTER)
  if (section.dataset.shown === reply.html) return
  section.innerHTML = section.dataset.shown = reply.html
  section.hidden = !section.querySelector("[data-offer]")
  for (const item of section.querySelectorAll("[data-offer]")) {
    const window = item.dataset.offer
    const copy = { window, ...reply.copies[window] }
    onClick(item, "[data-take]", async () => {
      if (await restore(copy)) remove(item, section)
    })
    onClick(item, "[data-discard]", async (button) => {
      if (!button.dataset.isSure) {
        button.dataset.isSure = "1"
        button.textContent = sure
        return
      }
      const isDiscarded = await send(about.discard, JSON.stringify({ ...about, window, serial: copy.serial }))
      if (isDiscarded) await drop(window)
      remove(item, section)
    })
  }
}

function onClick(item, selector, act) {
  const button = item.querySelector(selector)
  button?.addEventListener("click", () => act(button).catch(() => { button.disabled = false }))
}

function remove(item, section) {
  item.remove()
  section.hidden = !section.querySelector("[data-offer]")
}
