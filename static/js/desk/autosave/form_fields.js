// Reads the fields of a form as pairs of name and value, and fills a form with them.

const UNSENT_TYPES = new Set(["file", "submit", "button", "image", "reset", "password"])
const OWN_NAMES = new Set(["csrfmiddlewaretoken", "_window", "_serial", "_replaces", "_replaces_serial"])

// Not FormData, which replaces lone surrogates.
export function snapshot(form) {
  flushEditors(form)
  return [...form.elements].filter(isSent).flatMap((field) =>
    field.options
      ? [...field.selectedOptions].map((option) => [field.name, option.value])
      : [[field.name, field.value]])
}

// Makes the body editor write what was typed in it to its field.
function flushEditors(form) {
  form.querySelectorAll("[data-body-editor]").forEach((area) => area.dispatchEvent(new Event("words:wanted")))
}

function isSent(field) {
  const isOff = (field.type === "checkbox" || field.type === "radio") && !field.checked
  return field.name && !field.disabled && !UNSENT_TYPES.has(field.type) && !OWN_NAMES.has(field.name)
    && !isOff && !field.name.includes("__prefix__") && field.tagName !== "OUTPUT"
}

// Whether somebody typed before this script was loaded, or the browser restored the fields.
export function isTouched(form) {
  flushEditors(form)
  return [...form.elements].some((field) =>
    isSent(field) && field.type !== "hidden" && !field.name.endsWith("-order")
    && (field.options
      ? [...field.options].some((option) => option.defaultSelected) && !field.selectedOptions[0]?.defaultSelected
      : field.value !== field.defaultValue))
}

export function fill(form, pairs, labels) {
  const values = new Map(pairs)
  form.querySelectorAll("[data-rows]").forEach((group) => matchRows(group, values))
  for (const field of form.elements) {
    if (field.type === "checkbox" && !field.name.includes("__prefix__")) {
      field.checked = values.get(field.name) === field.value
    } else if (values.has(field.name) && !UNSENT_TYPES.has(field.type) && !OWN_NAMES.has(field.name)) {
      setValue(field, values.get(field.name), labels[field.name])
    }
  }
  form.querySelectorAll("[data-rows]").forEach(sortRows)
  form.dispatchEvent(new Event("input", { bubbles: true }))
}

function setValue(field, value, label) {
  if (field.options && ![...field.options].some((option) => option.value === value)) {
    field.add(new Option(label ?? value, value))
  }
  field.value = value
  if (field.matches(".admin-autocomplete")) window.django.jQuery(field).trigger("change")
  if (field.matches("[data-body-editor]")) field.dispatchEvent(new Event("words:given"))
}

const rowsOf = (group) => [...group.querySelectorAll(".rows > .row:not(.empty-form)")]

// Adds and removes rows until there are as many as were typed.
function matchRows(group, values) {
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
