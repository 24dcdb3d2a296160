// The button that takes headings, dateline and names out of the text: the server fills the fields,
// the form that is open takes them over, and one click undoes it as long as nothing else was typed.

import { fill, snapshot } from "../autosave/form_fields.js"

const LONGEST = 30_000
const button = document.querySelector("[data-split]")
if (button) enable(button, button.form)

function enable(button, form) {
  const status = document.createElement("div")
  status.setAttribute("role", "status")
  button.parentElement.after(status)
  button.addEventListener("click", (event) => {
    event.preventDefault()
    form.inert = true // What is typed meanwhile would be overwritten.
    status.textContent = button.dataset.working
    split(button, form, status).finally(() => {
      form.inert = false
      button.focus()
    })
  })
}

async function split(button, form, status) {
  const before = { pairs: snapshot(form), labels: labels(form) }
  const body = posted(button, form, before.pairs)
  const signal = AbortSignal.timeout(LONGEST)
  const response = await fetch(location.href, { method: "POST", body, signal }).catch(() => null)
  if (!response) {
    status.textContent = button.dataset.unreachable
    return
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  const [result, filled] = [page.querySelector("#split-result"), page.querySelector("#article_form")]
  if (!result || !filled) {
    submitPlainly(button, form) // Another page, such as the login: the browser shows it.
    return
  }
  const after = snapshot(filled)
  fill(form, after, labels(filled))
  result.removeAttribute("id")
  result.removeAttribute("role")
  status.replaceChildren(document.adoptNode(result))
  const isFilled = JSON.stringify(after.filter(isWord)) !== JSON.stringify(before.pairs.filter(isWord))
  if (isFilled) result.append(undoButton(button, form, status, before))
}

function isWord([name]) {
  return !name.startsWith("_")
}

function posted(button, form, pairs) {
  const data = new FormData()
  for (const [name, value] of pairs) data.append(name, value)
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  data.append(button.name, button.value)
  return data
}

function labels(form) {
  const chosen = [...form.elements].filter((field) => field.selectedOptions?.length)
  return Object.fromEntries(chosen.map((field) => [field.name, field.selectedOptions[0].text]))
}

function undoButton(button, form, status, before) {
  const undo = document.createElement("button")
  Object.assign(undo, { type: "button", className: "button", textContent: button.dataset.undo })
  const forget = (event) => {
    if (event.target !== form) undo.remove()
  }
  form.addEventListener("input", forget)
  undo.addEventListener("click", () => {
    form.removeEventListener("input", forget)
    fill(form, before.pairs, before.labels)
    status.textContent = button.dataset.undone
    button.focus()
  })
  return undo
}

function submitPlainly(button, form) {
  form.inert = false
  form.requestSubmit(button)
}
