// A button over each column of people in the pages of an issue: every empty field below a name
// gets that name.

const PEOPLE = ["editor", "designer", "proofreader"]
const table = document.querySelector("#pages-group table")

function fieldsOf(name) {
  return [...table.querySelectorAll(`td.field-${name} input`)].filter(
    (input) => !input.closest(".empty-form"),
  )
}

// Rows without a label are not used yet: they get no name.
function isUsed(input) {
  return Boolean(input.closest("tr").querySelector("td.field-label input")?.value ?? true)
}

function fillDown(name) {
  let last = ""
  for (const input of fieldsOf(name)) {
    if (input.value.trim()) last = input.value
    else if (last && isUsed(input)) {
      input.value = last
      input.dispatchEvent(new Event("input", { bubbles: true }))
    }
  }
}

function addButton(name, words) {
  const head = table.querySelector(`thead th.column-${name}`)
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "fill-down", textContent: words,
  })
  button.addEventListener("click", () => fillDown(name))
  head?.append(" ", button)
}

// Django's header over the names of the rows has no words; it is no header.
table?.querySelector("thead th.original")?.replaceWith(document.createElement("td"))

const words = document.getElementById("fill-down-words")?.innerHTML
if (table && words && fieldsOf("editor").length) {
  for (const name of PEOPLE) addButton(name, words)
}
