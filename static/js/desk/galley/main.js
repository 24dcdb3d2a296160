// The galley with JavaScript: a page as it was parsed is corrected with keys, the mouse or a
// finger, and every correction is sent at once.

import { Galley } from "./galley.js"
import { enableKeys } from "./keyboard.js"
import { enableLineDragging } from "./pointer.js"
import { openSplitDialog, splitAtCursor } from "./split_dialog.js"

const galley = new Galley()
enableKeys(galley)
enableLineDragging(galley)

document.addEventListener("click", (event) => {
  if (event.defaultPrevented) return
  const word = event.target.closest("#galley [data-goto]")
  const line = event.target.closest("#galley .lines li")
  if (line || word) {
    event.preventDefault()
    galley.choose(line ?? galley.line(word.dataset.goto))
  }
  const button = event.target.closest("#cutting button")
  if (button?.value === "cut") splitAtCursor(galley)
  else if (button) galley.splitDialog.close()
})

document.addEventListener("dblclick", (event) => {
  if (event.target.closest("#galley .lines .text")) openSplitDialog(galley)
})

document.addEventListener("submit", (event) => {
  if (event.target.id !== "galley-form") return
  const button = event.submitter
  // Drafts are made of what the last correction left.
  if (!button || (button.name === "store" && !galley.pending)) return
  event.preventDefault()
  if (button.name === "store") galley.makeDrafts()
  else if (button.value === "split") openSplitDialog(galley)
  else galley.correct({ [button.name]: button.value })
})

document.documentElement.classList.add("scripted")
galley.choose(galley.chosen, { focus: false })
