// The rows of the form: they hold the zones, and the picture shows what they hold.

import { format, parse } from "./polygons.js"

const table = document.querySelector(".zones-list tbody")
const total = document.querySelector("[name=form-TOTAL_FORMS]")
const template = document.querySelector("#zone-row")

const field = (row, name) => row.querySelector(`[name$="-${name}"]`)

export const rows = () => [...table.querySelectorAll(".zone-row")]
export const polygonOf = (row) => parse(field(row, "corners").value)
export const isShown = (row) => polygonOf(row).length > 2 && !field(row, "DELETE").checked

export function setPolygon(row, polygon) {
  field(row, "corners").value = format(polygon)
}

export function nameOf(row) {
  const select = field(row, "article")
  return select.selectedOptions[0]?.textContent ?? ""
}

export const hasArticle = (row) => field(row, "article").value !== ""

export function remove(row) {
  field(row, "DELETE").checked = true
}

// A new row for a polygon, of the article of another row.
export function add(polygon, like = null) {
  const number = Number(total.value)
  const html = template.innerHTML.replaceAll("__prefix__", number)
  table.insertAdjacentHTML("beforeend", html)
  total.value = number + 1
  const row = table.lastElementChild
  setPolygon(row, polygon)
  if (like) field(row, "article").value = field(like, "article").value
  return row
}

export function snapshot() {
  return rows().map((row) => ({
    corners: field(row, "corners").value,
    article: field(row, "article").value,
    isDeleted: field(row, "DELETE").checked,
  }))
}

export function restore(kept) {
  rows().forEach((row, at) => {
    field(row, "corners").value = kept[at]?.corners ?? ""
    field(row, "article").value = kept[at]?.article ?? ""
    field(row, "DELETE").checked = kept[at]?.isDeleted ?? false
  })
}

export function onTyping(callback) {
  table.addEventListener("input", callback)
  table.addEventListener("change", callback)
}
