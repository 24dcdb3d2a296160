// The fields of a form as pairs of name and value, to the character, and back into the form.

const NEVER = new Set(["file", "submit", "button", "image", "reset", "password"])
const OURS = new Set(["csrfmiddlewaretoken", "_window", "_serial", "_replaces", "_replaces_serial"])

// Not FormData, which replaces halves of characters.
export function snapshot(form) {
  gather(form)
  return [...form.elements].filter(isSent).flatMap((field) =>
    field.options
      ? [...field.selectedOptions].map((option) => [field.name, option.value])
      : [[field.name, field.value]])
}

// Lets the body editor hand over what was typed in it.
function gather(form) {
  form.querySelectorAll("[data-body-editor]").forEach((area) => area.dispatchEvent(new Event("words:wanted")))
}

function isSent(field) {
  const isOff = (field.type === "checkbox" || field.type === "radio") && !field.checked
  return field.name && !field.disabled && !NEVER.has(field.type) && !OURS.has(field.name)
    && !isOff && !field.name.includes("__prefix__") && field.tagName !== "OUTPUT"
}

// Whether somebody typed before this script had come, or the browser brought words back.
export function isTouched(form) {
  gather(form)
  return [...form.elements].some((field) =>
    isSent(field) && field.type !== "hidden" && !field.name.endsWith("-order")
    && (field.options
      ? [...field.options].some((option) => option.defaultSelected) && !field.selectedOptions[0]?.defaultSelected
      : field.value !== field.defaultValue))
}

export function fill(form, pairs, labels) {
  const values = new Map(pairs)
  form.querySelectorAll("[data-rows]").forEach((group) => makeRows(group, values))
  for (const field of form.elements) {
    if (field.type === "checkbox" && !field.name.includes("__prefix__")) {
      field.checked = values.get(field.name) === field.value
    } else if (values.has(field.name) && !NEVER.has(field.type) && !OURS.has(field.name)) {
      put(field, values.get(field.name), labels[field.name])
    }
  }
  form.querySelectorAll("[data-rows]").forEach(sortRows)
  form.dispatchEvent(new Event("input", { bubbles: true }))
}

function put(field, value, label) {
  if (field.options && ![...field.options].some((option) => option.value === value)) {
    field.add(new Option(label ?? value, value))
  }
  field.value = value
  if (field.matches(".admin-autocomplete")) window.django.jQuery(field).trigger("change")
  if (field.matches("[data-body-editor]")) field.dispatchEvent(new Event("words:given"))
}

const rowsOf = (group) => [...group.querySelectorAll(".rows > .row:not(.empty-form)")]

// Exactly the rows that were typed.
function makeRows(group, values) {
  const name = `${group.dataset.rows}-TOTAL_FORMS`
  if (!values.has(name)) return
  const total = group.querySelector(`[name="${name}"]`)
  const wanted = Math.min(Number(values.get(name)), 1000)
  rowsOf(group).filter((row) => Number(row.id.split("-").at(-1)) >= wanted).forEach((row) => row.remove())
  while (Number(total.value) < wanted) {
    const before = total.value
    group.querySelector(".add")?.click()
    if (total.value === before) return
  }
}

function sortRows(group) {
  const place = (row) => Number(row.querySelector(".field-order input")?.value) || Infinity
  const rows = rowsOf(group).sort((one, other) => place(one) - place(other))
  const end = group.querySelector(".rows > .empty-form")
  rows.forEach((row) => group.querySelector(".rows").insertBefore(row, end))
}
