// The dialog for the address of a link. Resolves to the address, "" to remove it, undefined where it
// is cancelled.

const ADDRESS = /^(?:https?:\/\/|mailto:|tel:|\/)\S+$/i

export function askForAddress(words, present) {
  const dialog = document.createElement("dialog")
  dialog.className = "link-dialog"
  const form = document.createElement("form")
  form.method = "dialog"
  form.noValidate = true
  const label = document.createElement("label")
  const input = Object.assign(document.createElement("input"), { type: "text", value: present, autocomplete: "off" })
  const fault = document.createElement("p")
  Object.assign(fault, { className: "errornote", hidden: true, textContent: words.badAddress })
  fault.setAttribute("role", "alert")
  label.append(words.address, input)
  form.append(label, fault, button(words.apply, "apply"))
  if (present) form.append(button(words.unlink, "unlink"))
  form.append(button(words.cancel, "cancel"))
  dialog.append(form)
  document.body.append(dialog)

  form.addEventListener("submit", (event) => {
    const isWrong = event.submitter?.value === "apply" && !ADDRESS.test(input.value.trim())
    fault.hidden = !isWrong
    if (isWrong) {
      event.preventDefault()
      input.focus()
    }
  })
  dialog.showModal()
  input.select()
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve({ apply: input.value.trim(), unlink: "" }[dialog.returnValue])
    })
  })
}

function button(text, value) {
  return Object.assign(document.createElement("button"), { textContent: text, value, className: "button" })
}
