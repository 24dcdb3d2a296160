// Fields of one line that show all of a long one: Enter goes on to the next field, and the field is
// as high as its words where the browser does not do that by itself.

const lines = document.querySelectorAll("[data-line]")
const growsByItself = CSS.supports("field-sizing", "content")

function fit(line) {
  line.style.height = "auto"
  line.style.height = `${line.scrollHeight + line.offsetHeight - line.clientHeight}px`
}

function next(line) {
  const fields = [...line.form.querySelectorAll("[data-line], #id_dateline, .ProseMirror, textarea.body")]
  return fields.slice(fields.indexOf(line) + 1).find((field) => field.offsetParent)
}

for (const line of lines) {
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    next(line)?.focus()
  })
  if (growsByItself) continue
  fit(line)
  line.addEventListener("input", () => fit(line))
}
