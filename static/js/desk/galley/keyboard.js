// The keys of the galley. Letters and digits are read by where they are on the keyboard, so that
// an input method changes nothing.

import { openSplitDialog, splitAtCursor } from "./split_dialog.js"

const ACTS = {
  KeyJ: "join", KeyP: "part", KeyB: "begin", KeyM: "merge", Enter: "confirm", KeyU: "undo", KeyR: "redo",
}
const KINDS = {
  Digit1: "column", Digit2: "kicker", Digit3: "headline", Digit4: "deck", Digit5: "body",
  Digit6: "subhead", Digit7: "caption", Digit8: "credit", Digit9: "byline", Digit0: "furniture",
  KeyN: "note", KeyQ: "source", KeyL: "signoff", KeyV: "verse",
}

export function enableKeys(galley) {
  document.addEventListener("keydown", (event) => {
    if (galley.splitDialog?.open) pressInDialog(galley, event)
    else if (!isForElement(event)) press(galley, event)
  })
}

function pressInDialog(galley, event) {
  if (event.key !== "Enter" || event.target.matches("button")) return
  event.preventDefault()
  splitAtCursor(galley)
}

// Whether what has the focus has a use for the key: a field that is typed in, a button or link
// that is pressed.
function isForElement(event) {
  if (event.ctrlKey || event.metaKey) return false
  if (event.target.matches("input, textarea, select")) return true
  const isLink = event.target.closest("a") && !event.target.closest("#galley .lines")
  const isPressed = event.key === "Enter" || event.key === " "
  return isPressed && (event.target.matches("button, summary") || Boolean(isLink))
}

function press(galley, event) {
  const action = shortcut(galley, event)
  if (!action) return
  event.preventDefault()
  action()
}

function shortcut(galley, event) {
  const isControl = event.ctrlKey || event.metaKey
  if (isControl && event.key === "Enter") return () => galley.makeDrafts()
  if (isControl && event.code === "KeyZ") return () => galley.press("act", event.shiftKey ? "redo" : "undo")
  if (isControl && event.code === "KeyY") return () => galley.press("act", "redo")
  if (event.altKey && event.key === "ArrowUp") return () => galley.press("act", "up")
  if (event.altKey && event.key === "ArrowDown") return () => galley.press("act", "down")
  return isControl || event.altKey ? null : plainKey(galley, event)
}

function plainKey(galley, { key, code }) {
  const position = `${code}`.replace("Numpad", "Digit")
  if (key === "ArrowUp") return () => galley.chooseNext(-1)
  if (key === "ArrowDown") return () => galley.chooseNext(1)
  if (code === "KeyD") return () => galley.chooseNextDoubtful()
  if (code === "KeyS") return () => openSplitDialog(galley)
  if (key === "?") return () => galley.element.querySelector(".tools details").toggleAttribute("open")
  if (position in KINDS) return () => galley.press("kind", KINDS[position])
  if (code in ACTS) return () => galley.press("act", ACTS[code])
  return null
}
