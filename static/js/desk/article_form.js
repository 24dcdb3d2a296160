// The article form: warns before it is left with unsaved changes; saves with Ctrl+S; ignores a
// second click on a saving button; asks for the reasons of moves; closes the menu of the save bar.

import { tellAfterChange } from "./after_change.js"
import "./autocomplete_labels.js"
import "./findings.js"
import "./lines.js"
import { askForReasons } from "./move_dialog.js"
import "./shortcuts.js"
import "./suggestions.js"

const form = document.querySelector("#article_form")
const menu = document.querySelector(".save-bar .more")
askForReasons(form)
tellAfterChange(form)
let isChanged = Boolean(document.querySelector(".errornote:not([hidden]), [data-unsaved]"))
let isSending = false

const isReturnedTo = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward"

// After Back the browser puts what was typed earlier over the words that the server now has. What
// was not saved is offered by autosave instead.
function resetFields() {
  form?.reset()
  const { jQuery } = window.django ?? {}
  form?.querySelectorAll(".admin-autocomplete").forEach((field) => jQuery?.(field).trigger("change.select2"))
}

form?.addEventListener("input", () => { isChanged = true })
form?.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("data-keeps-form")) return
  if (isSending) event.preventDefault()
  isSending = true
  isChanged = false
})
addEventListener("pageshow", (event) => {
  isSending = false
  if (!event.persisted && isReturnedTo()) resetFields()
})
addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault()
  // Whoever is asked and stays can save again.
  setTimeout(() => {
    if (!event.defaultPrevented) return
    isSending = false
    isChanged = true
  })
})
addEventListener("keydown", (event) => {
  const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s"
  const button = form?.querySelector('[name="_continue"]')
  if (saves && button) {
    event.preventDefault()
    form.requestSubmit(button)
  }
})
addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false
})
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  menu.open = false
  menu.querySelector("summary").focus()
})
