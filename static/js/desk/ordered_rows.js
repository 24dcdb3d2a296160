// Ordered rows: add one, move one up or down by button or Alt+arrow. The numbers typed in the
// rows are what the server reads; rows keep their names, only their places on screen change.

for (const group of document.querySelectorAll("[data-rows]")) {
  enableRows(group)
}

function enableRows(group) {
  const list = group.querySelector(".rows")
  const empty = list.querySelector(".empty-form")
  const add = group.querySelector(".add")
  group.classList.add("moving")
  rowsOf(list).forEach((row) => addButtons(group, row))
  number(list)
  if (add && empty) {
    add.hidden = false
    add.addEventListener("click", () => {
      appendRow(group).querySelector(".cell:not(.movers, .field-order) :is(input, select, textarea)")?.focus()
    })
  }
  list.addEventListener("keydown", (event) => {
    const steps = { ArrowUp: -1, ArrowDown: 1 }
    const row = event.target.closest(".row")
    if (event.altKey && row && event.key in steps) {
      event.preventDefault()
      move(group, row, steps[event.key])
      event.target.focus()
    }
  })
}

function rowsOf(list) {
  return [...list.querySelectorAll(":scope > .row:not(.empty-form)")]
}

function addButtons(group, row) {
  if (!row.querySelector(".field-order input")) return
  const buttons = document.createElement("div")
  buttons.className = "cell movers"
  buttons.append(
    mover(group, row, -1, "↑", group.dataset.up),
    mover(group, row, 1, "↓", group.dataset.down),
  )
  row.prepend(buttons)
}

function mover(group, row, step, sign, label) {
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = sign
  button.title = label
  button.setAttribute("aria-label", label)
  button.addEventListener("click", () => {
    move(group, row, step)
    button.focus()
  })
  return button
}

function move(group, row, step) {
  const list = row.parentElement
  const rows = rowsOf(list)
  const place = rows.indexOf(row) + step
  if (place < 0 || place >= rows.length) return
  if (step < 0) rows[place].before(row)
  else rows[place].after(row)
  number(list)
  group.dispatchEvent(new Event("input", { bubbles: true }))
  group.querySelector("[role=status]").textContent = group.dataset.moved
    .replace("{place}", place + 1)
    .replace("{total}", rows.length)
}

function number(list) {
  rowsOf(list).forEach((row, index) => {
    const order = row.querySelector(".field-order input")
    if (order) order.value = index + 1
  })
}

// Adds an empty row at the end of a group, and answers it.
export function appendRow(group) {
  const list = group.querySelector(".rows")
  const empty = list.querySelector(".empty-form")
  const prefix = group.dataset.rows
  const total = group.querySelector(`#id_${prefix}-TOTAL_FORMS`)
  const row = empty.cloneNode(true)
  row.classList.remove("empty-form")
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__prefix__")) {
        element.setAttribute(name, value.replaceAll("__prefix__", total.value))
      }
    }
  }
  row.id = `${prefix}-${total.value}`
  total.value = Number(total.value) + 1
  empty.before(row)
  addButtons(group, row)
  number(list)
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }))
  return row
}
