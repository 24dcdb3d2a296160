// Photos of the library that look like a file of the tray, beside it: one of them is used in its
// place, or the file is uploaded all the same.

export function showSimilar(card, photos, words, { chosen, anyway }) {
  const part = card.element.querySelector(".similar")
  const template = document.querySelector("template[data-similar-photo]")
  card.enter("similar", photos[0].isSame ? words.same : words.similar)
  part.querySelector("ul").replaceChildren(...photos.map((photo) => {
    const item = template.content.firstElementChild.cloneNode(true)
    item.querySelector("a").href = photo.address
    item.querySelector("img").src = photo.thumbnail
    item.querySelector("span").textContent = photo.label
    const button = item.querySelector("button")
    button.setAttribute("aria-label", `${button.textContent}：${photo.label}`)
    button.addEventListener("click", () => chosen(photo))
    return item
  }))
  part.querySelector("[data-anyway]").onclick = () => {
    part.hidden = true
    anyway()
  }
  part.hidden = false
}
