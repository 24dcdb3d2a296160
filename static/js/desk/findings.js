// Dismisses a finding without leaving the page: what is typed in the form stays.

import { submitPlainly } from "./server_part.js"

async function dismiss(form) {
  const data = new FormData(form)
  const response = await fetch(form.action, { method: "POST", body: data })
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  const fresh = page.querySelector("#findings")
  if (!response.ok || !fresh) return submitPlainly(data, form.action)
  document.querySelector("#findings").replaceWith(document.adoptNode(fresh))
}

addEventListener("submit", (event) => {
  if (!event.target.matches("[data-dismisses]")) return
  event.preventDefault()
  dismiss(event.target).catch(() => event.target.submit())
})
