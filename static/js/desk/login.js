// The login in place: opens without taking the keyboard from who is typing, and without a
// change of page. Saving leads to it; afterwards it goes on with the saving.

import { answer, renew, take } from "./server.js"

export function loginInPlace(root, form, resume) {
  const dialog = root.querySelector("dialog")
  const fault = dialog.querySelector(".fault")
  const [name, password] = dialog.querySelectorAll("input:not([type=hidden])")
  let saving

  async function logIn(event) {
    event.preventDefault()
    fault.hidden = true
    const body = new URLSearchParams({ username: name.value, password: password.value })
    try {
      await renew(root.dataset.token)
      const said = await answer(root.dataset.login, { method: "POST", body })
      take(said)
      dialog.close()
      password.value = ""
      resume(said)
      if (saving) form.requestSubmit(saving)
    } catch (trouble) {
      fault.textContent = trouble.message || root.dataset.unreachable.split("{time}")[0]
      fault.hidden = false
      password.select()
    }
  }

  dialog.querySelector("form").addEventListener("submit", logIn)
  addEventListener("submit", (event) => {
    if (event.target !== form || !dialog.open) return
    event.preventDefault()
    event.stopImmediatePropagation()
    saving = event.submitter
    password.focus()
  }, { capture: true })

  return () => {
    if (dialog.open) return
    saving = null
    // Not show(), which would take the focus, and with it what is being typed.
    dialog.open = true
  }
}
