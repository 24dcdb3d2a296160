// The passkey of a form: made when the form of a new one is sent, signed with at the log-in by a button.
// What the browser answers goes with the form. Without this script the field of a code stays.

import { isKnown, make, sign } from "./passkeys.js"

if (isKnown) {
  document.querySelectorAll("[data-passkey-make]").forEach(startMaking)
  document.querySelectorAll("[data-passkey-sign]").forEach(startSigning)
}

function startMaking(form) {
  const fault = form.querySelector("[role=alert]")
  document.querySelector("[data-passkey-unknown]").hidden = true
  form.hidden = false
  form.addEventListener("submit", async (event) => {
    const { answer } = form.elements
    if (answer.value) return
    event.preventDefault()
    fault.hidden = true
    answer.value = await make(form.dataset.passkeyMake).catch(() => "")
    if (answer.value) form.requestSubmit(event.submitter)
    else fault.hidden = false
  })
}

function startSigning(part) {
  const [answer, button] = part.querySelectorAll("input, button")
  const fault = part.querySelector("[role=alert]")
  part.hidden = false
  button.addEventListener("click", async () => {
    fault.hidden = true
    answer.value = await sign(part.dataset.passkeySign).catch(() => "")
    if (answer.value) answer.form.requestSubmit()
    else fault.hidden = false
  })
}
