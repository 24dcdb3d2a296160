// Shows what saving will bring to an article under review as soon as its words differ from those
// that were opened. Without this script the line is always shown.

import { snapshot } from "./autosave/form_fields.js"

const WORDS = /^(kicker|headline|deck|dateline|body|column|tags|(bylines|captions)-.+)$/

const words = (form) => JSON.stringify(snapshot(form).filter(([name]) => WORDS.test(name)))

export function tellAfterChange(form) {
  const line = document.querySelector("#after-change")
  // A form that came back with errors holds words that are not saved yet.
  if (!line || document.querySelector(".errornote:not([hidden]), [data-unsaved]")) return
  const opened = words(form)
  line.setAttribute("role", "status")
  line.hidden = true
  let asked
  form.addEventListener("input", () => {
    clearTimeout(asked)
    asked = setTimeout(() => { line.hidden = words(form) === opened }, 250)
  })
}
