// Stores the chosen documents one after another and shows what became of each where it stands.
// Without this one request stores all of them.

import { post } from "./requests.js"

const form = document.querySelector("[data-documents-review]")
form?.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "store") return
  event.preventDefault()
  storeAll(form)
})

async function storeAll(form) {
  const chosen = [...form.querySelectorAll("[name=document]:checked")]
  const status = form.querySelector(".state")
  const counts = { done: 0, refused: 0, total: chosen.length }
  setBusy(form, true)
  for (const box of chosen) {
    const isStored = await storeOne(form, box)
    counts[isStored ? "done" : "refused"] += 1
    const sentence = counts.refused ? form.dataset.troubles : form.dataset.progress
    status.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => counts[name])
  }
  setBusy(form, false)
}

function setBusy(form, isBusy) {
  const isEmpty = !form.querySelector("[name=document]")
  form.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = isBusy || isEmpty })
}

async function storeOne(form, box) {
  const part = box.closest("[data-document]")
  const data = new FormData()
  data.set("document", box.value)
  data.set("store", "1")
  try {
    const { stored, failed } = await post(form.dataset, data)
    if (stored.length) showStored(form, part, stored[0])
    else showOutcome(part, failed.join(" "), true)
    return stored.length > 0
  } catch (error) {
    showOutcome(part, error.message, true)
    return false
  }
}

// The document is a draft now: its name leads there, and the rest goes.
function showStored(form, part, article) {
  const outcome = showOutcome(part, `${form.dataset.stored} `, false)
  const link = document.createElement("a")
  Object.assign(link, { href: article.address, textContent: article.title })
  outcome.append(link)
  part.querySelector("[name=document]").remove()
  part.classList.remove("doubtful")
  part.querySelectorAll(":scope > :not(header, .outcome)").forEach((each) => each.remove())
}

function showOutcome(part, words, isFailure) {
  const outcome = part.querySelector(".outcome") ?? document.createElement("p")
  outcome.className = isFailure ? "outcome errors" : "outcome"
  outcome.textContent = words
  part.querySelector("header").after(outcome)
  return outcome
}
