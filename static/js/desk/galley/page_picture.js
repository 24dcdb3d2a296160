// The picture of the page beside its lines: an article that is touched lights up its areas, and an
// area that is touched shows its article.

const areas = () => [...document.querySelectorAll(".page-picture polygon")]

// The number of the line that an element of the galley is about.
function lineOf(element) {
  const { goto, start } = element.closest("[data-goto], .item")?.dataset ?? {}
  const line = element.closest(".lines li")?.id.replace("block-", "")
  return goto ?? line ?? start
}

function light(event) {
  const line = lineOf(event.target)
  if (line === undefined) return
  for (const area of areas()) {
    const { start, end } = area.dataset
    area.classList.toggle("lit", Number(start) <= Number(line) && Number(line) < Number(end))
  }
}

document.addEventListener("pointerover", light)
document.addEventListener("focusin", light)
document.addEventListener("click", (event) => {
  const { start } = event.target.closest(".page-picture polygon")?.dataset ?? {}
  if (start === undefined) return
  const item = document.querySelector(`.item[data-start="${start}"]`)
  item?.scrollIntoView({ block: "nearest" })
  document.querySelector(`#block-${start} a`)?.focus()
})
