// What was typed and not saved, here or in a browser that crashed: to be taken over or discarded.

import { all, drop, put } from "./browser_copy.js"
import { send } from "./server.js"

const ALIVE = 30_000
const AGAIN = 10_000

// What only this browser has is first brought to the server, which then compares everything.
async function bring(about) {
  const held = (await all()).filter((copy) =>
    copy.member === about.member && copy.article === about.article && copy.window !== about.window
    && (about.closed.includes(copy.window) || copy.seen < Date.now() - ALIVE))
  for (const copy of held.filter((each) => each.serial > each.kept)) {
    const age = Math.max(0, Math.round((Date.now() - copy.at) / 1000))
    const said = await send(about.keep, JSON.stringify({ ...copy, age, open: false })).catch(() => null)
    if (said?.saved) await drop(copy.window)
    else if (said) await put(Object.assign(copy, { kept: copy.serial }))
  }
  return held
}

export async function showOffers(place, about, { takeOver, sure }) {
  const held = await bring(about)
  const said = await send(about.offers, JSON.stringify(about))
  held.filter((copy) => copy.serial <= copy.kept && !said.known.includes(copy.window))
    .forEach((copy) => drop(copy.window))
  if (said.waits) setTimeout(() => showOffers(place, about, { takeOver, sure }).catch(() => {}), AGAIN)
  if (place.dataset.shown === said.html) return
  place.innerHTML = place.dataset.shown = said.html
  place.hidden = !place.querySelector("[data-offer]")
  for (const item of place.querySelectorAll("[data-offer]")) {
    const window = item.dataset.offer
    const copy = { window, ...said.copies[window] }
    on(item, "[data-take]", async () => {
      if (await takeOver(copy)) remove(item, place)
    })
    on(item, "[data-discard]", async (button) => {
      if (!button.dataset.isSure) {
        button.dataset.isSure = "1"
        button.textContent = sure
        return
      }
      const gone = await send(about.discard, JSON.stringify({ ...about, window, serial: copy.serial }))
      if (gone) await drop(window)
      remove(item, place)
    })
  }
}

function on(item, selector, act) {
  const button = item.querySelector(selector)
  button?.addEventListener("click", () => act(button).catch(() => { button.disabled = false }))
}

function remove(item, place) {
  item.remove()
  place.hidden = !place.querySelector("[data-offer]")
}
