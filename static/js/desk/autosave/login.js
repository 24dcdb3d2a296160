// The login dialog of the article form: it opens without a change of page and without taking the
// focus from the field that is typed in. Saving focuses it; after the login the form is saved.

import { renewToken, request, useToken } from "./requests.js"

export function createLoginDialog(root, form, resume) {
  const dialog = root.querySelector("dialog")
  const fault = dialog.querySelector(".fault")
  const [name, password, code] = dialog.querySelectorAll("input:not([type=hidden])")
  // Stands for the password once it was right and a code is asked for.
  let checked = ""
  let saveButton

  function ask(note = "") {
    checked = note
    for (const field of [name, password]) field.parentElement.hidden = Boolean(note)
    code.parentElement.hidden = !note
    password.required = !note
    code.value = ""
  }

  async function logIn(event) {
    event.preventDefault()
    fault.hidden = true
    const secrets = checked ? { checked, code: code.value } : { password: password.value }
    const body = new URLSearchParams({ username: name.value, ...secrets })
    try {
      await renewToken(root.dataset.token)
      const reply = await request(root.dataset.login, { method: "POST", body })
      useToken(reply)
      dialog.close()
      password.value = ""
      ask()
      resume(reply)
      document.dispatchEvent(new Event("login:renewed"))
      if (saveButton) form.requestSubmit(saveButton)
    } catch (error) {
      fault.textContent = error.message || root.dataset.unreachable.split("{time}")[0]
      fault.hidden = false
      if (error.checked !== undefined) ask(error.checked)
      if (checked) code.focus()
      else password.select()
    }
  }

  dialog.querySelector("form").addEventListener("submit", logIn)
  addEventListener("submit", (event) => {
    if (event.target !== form || !dialog.open) return
    event.preventDefault()
    event.stopImmediatePropagation()
    saveButton = event.submitter
    password.focus()
  }, { capture: true })

  return () => {
    if (dialog.open) return
    saveButton = null
    // Not show(), which would take the focus, and with it what is being typed.
    dialog.open = true
  }
}
