// The login dialog of the article form: it opens without a change of page and without taking the
// focus from the field that is typed in. Saving focuses it; after the login the form is saved.

import { isKnown, sign } from "../passkeys/passkeys.js"
import { renewToken, request, useToken } from "./requests.js"

export function createLoginDialog(root, form, resume) {
  const dialog = root.querySelector("dialog")
  const fault = dialog.querySelector(".fault")
  const [name, password, code] = dialog.querySelectorAll("input:not([type=hidden])")
  // Stands for the password once it was right and a code is asked for.
  let checked = ""
  // What the browser needs to sign with a passkey in place of the code.
  let passkey = ""
  const passkeyButton = dialog.querySelector("[data-passkey]")
  let saveButton

  function ask(note = "", options = "") {
    checked = note
    passkey = isKnown ? options : ""
    passkeyButton.hidden = !passkey
    for (const field of [name, password]) field.parentElement.hidden = Boolean(note)
    code.parentElement.hidden = !note
    password.required = !note
    code.value = ""
  }

  function say(words) {
    fault.textContent = words
    fault.hidden = false
  }

  async function usePasskey() {
    const signed = await sign(passkey).catch(() => "")
    if (signed) logIn({ checked, passkey: signed })
    else say(root.dataset.unsigned)
  }

  async function logIn(secrets) {
    fault.hidden = true
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
      say(error.message || root.dataset.unreachable.split("{time}")[0])
      if (error.checked !== undefined) ask(error.checked, error.passkey)
      if (checked) code.focus()
      else password.select()
    }
  }

  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault()
    logIn(checked ? { checked, code: code.value } : { password: password.value })
  })
  passkeyButton.addEventListener("click", usePasskey)
  addEventListener("submit", (event) => {
    if (event.target !== form || !dialog.open) return
    event.preventDefault()
    event.stopImmediatePropagation()
    saveButton = event.submitter
    const asked = checked ? code : password
    asked.focus()
  }, { capture: true })

  return () => {
    if (dialog.open) return
    saveButton = null
    // Not show(), which would take the focus, and with it what is being typed.
    dialog.open = true
  }
}
