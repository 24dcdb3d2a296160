// The article form: leaving it with unsaved words asks first; Ctrl+S saves and stays; a second
// click on a saving button is not a second article.

import "./choosers.js"

const form = document.querySelector("#article_form")
let isChanged = Boolean(document.querySelector(".errornote"))
let isSending = false

form?.addEventListener("input", () => { isChanged = true })
form?.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("data-keeps-form")) return
  if (isSending) event.preventDefault()
  isSending = true
  isChanged = false
})
addEventListener("pageshow", () => { isSending = false })
addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault()
})
addEventListener("keydown", (event) => {
  const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s"
  const button = form?.querySelector('[name="_continue"]')
  if (saves && button) {
    event.preventDefault()
    form.requestSubmit(button)
  }
})
