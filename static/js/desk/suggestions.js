// Suggestions while names, roles and tags are typed. A name that only one contributor has is linked
// to it and shown so; a contributor who is chosen fills in the role and the name.

const PAUSE = 200
const BEFORE_LAST_TAG = /^.*[,，、;；]\s*/s
const bylines = document.querySelector("#bylines-group")
let timer

document.addEventListener("input", ({ target }) => {
  if (target.list?.dataset.source) suggestSoon(target)
})
document.addEventListener("focusin", ({ target }) => {
  if (target.list?.dataset.kind === "role") suggestSoon(target)
})
bylines?.addEventListener("change", ({ target }) => {
  if (target.list?.dataset.kind === "name") linkName(target)
})
// Select2 tells only jQuery of a choice.
window.django.jQuery(bylines).on("select2:select", "select", ({ target }) => fillFrom(target))

function suggestSoon(input) {
  clearTimeout(timer)
  timer = setTimeout(() => suggest(input), PAUSE)
}

async function suggest(input) {
  const typed = input.value
  const head = input.list.dataset.kind === "tag" ? BEFORE_LAST_TAG.exec(typed)?.[0] ?? "" : ""
  const found = await find(input.list.dataset.kind, typed.slice(head.length))
  if (input.value !== typed) return
  input.list.replaceChildren(...found.map(({ name, role, label }) =>
    Object.assign(document.createElement("option"), { value: head + name, label: [role, label ?? name].join(" ") })))
}

async function find(kind, typed) {
  const { source } = document.querySelector("datalist[data-source]").dataset
  const answer = await fetch(`${source}?${new URLSearchParams({ kind, q: typed.trim() })}`).catch(() => null)
  const isAnswer = answer?.ok && !answer.redirected
  return isAnswer ? (await answer.json()).found : []
}

// Links a byline to the only contributor of its name; takes back a link of the name before.
async function linkName(input) {
  const name = input.value.trim()
  const select = input.closest(".row").querySelector("select[name$='-contributor']")
  if (!select) return
  if (select.dataset.linkedName && select.dataset.linkedName !== name) choose(select, null)
  if (!name || select.value) return
  const same = (await find("name", name)).filter((each) => each.contributor && each.name === name)
  if (same.length !== 1 || input.value.trim() !== name || select.value) return
  choose(select, same[0])
  fillEmpty(select, "role", same[0].role)
}

async function fillFrom(select) {
  const [chosen] = await find("contributor", select.value)
  if (!chosen || String(chosen.contributor) !== select.value) return
  fillEmpty(select, "role", chosen.role)
  fillEmpty(select, "name", chosen.name)
}

function choose(select, contributor) {
  const key = contributor ? String(contributor.contributor) : ""
  if (![...select.options].some((option) => option.value === key)) select.add(new Option(contributor?.label ?? "", key))
  select.value = key
  select.dataset.linkedName = contributor?.name ?? ""
  window.django.jQuery(select).trigger("change")
  select.dispatchEvent(new Event("input", { bubbles: true }))
}

function fillEmpty(select, name, value) {
  const input = select.closest(".row").querySelector(`input[name$='-${name}']`)
  if (!input || input.value || !value) return
  input.value = value
  input.dispatchEvent(new Event("input", { bubbles: true }))
}
