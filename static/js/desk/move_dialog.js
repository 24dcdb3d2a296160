// Asks for the reason of a move in a dialog. What is written there is the note of the review panel,
// which is posted and autosaved with the form.

export function askForReasons(form) {
  const dialog = document.querySelector("#reason-dialog")
  const note = form?.elements._note
  if (!dialog || !note) return
  const reason = dialog.querySelector("textarea")
  const missing = dialog.querySelector("[role=alert]")
  const confirm = dialog.querySelector("[data-confirm]")
  let asked
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-asks-reason]")
    if (!button) return
    event.preventDefault()
    asked = button
    dialog.querySelector("h2").textContent = confirm.textContent = button.textContent
    reason.value = note.value
    reason.required = button.dataset.asksReason === "required"
    missing.hidden = true
    dialog.showModal()
    reason.focus()
  })
  reason.addEventListener("input", () => {
    note.value = reason.value
    note.dispatchEvent(new Event("input", { bubbles: true }))
  })
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close())
  confirm.addEventListener("click", () => {
    missing.hidden = !reason.required || Boolean(reason.value.trim())
    if (!missing.hidden) return reason.focus()
    dialog.close()
    form.requestSubmit(asked)
  })
}
