// The article form: leaving it with unsaved words asks first; Ctrl+S saves and stays.

const form = document.querySelector("#article_form")
let isChanged = Boolean(document.querySelector(".errornote"))

form?.addEventListener("input", () => { isChanged = true })
form?.addEventListener("submit", (event) => {
  if (!event.submitter?.hasAttribute("data-keeps-form")) isChanged = false
})
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
