// Choosing a photo for a caption: a button and a thumbnail in the place of the select of each row,
// and a dialog with the photos of the library. The select stays the field of the form.

import { choosePhoto, placeInText } from "./caption_rows.js"

const dialog = document.querySelector("#photo-chooser")
const SELECT = "select[data-photo-chooser]"

function start() {
  const chooser = new Chooser(dialog)
  const enableAll = () => document.querySelectorAll(`.row:not(.empty-form) ${SELECT}`).forEach((select) => {
    if (!select.dataset.isEnabled) enable(select, chooser)
  })
  enableAll()
  document.addEventListener("formset:added", enableAll)
  // The autosave and the admin change the select by jQuery, which tells no other listeners.
  window.django.jQuery(document).on("change", SELECT, ({ target }) => {
    if (target.dataset.isEnabled) show(target)
  })
}

function enable(select, chooser) {
  select.dataset.isEnabled = "1"
  const button = element("button", { type: "button", className: "button choose" })
  const name = element("span", { className: "chosen", id: `${select.id}_chosen` })
  button.setAttribute("aria-describedby", name.id)
  button.addEventListener("click", () => chooser.open(select, button))
  const field = select.closest(".field-photo")
  field.classList.add("has-chooser")
  const place = element("button", { type: "button", className: "button place", textContent: dialog.dataset.place })
  place.setAttribute("aria-describedby", name.id)
  place.addEventListener("click", () => placeInText(select))
  field.append(name, button, place)
  if (!select.closest(".row").querySelector(".thumb")) {
    field.before(element("div", { className: "cell thumb" }))
  }
  show(select)
}

// Shows which photo a row has: whoever set it, the chooser, the tray, the autosave.
function show(select) {
  const field = select.closest(".field-photo")
  const thumb = select.closest(".row").querySelector(".thumb")
  const chosen = select.value ? select.selectedOptions[0]?.textContent : ""
  field.querySelector(".chosen").textContent = chosen || dialog.dataset.none
  field.querySelector(".choose").textContent = chosen ? dialog.dataset.change : dialog.dataset.choose
  field.querySelector(".place").hidden = !chosen
  const address = select.value ? select.dataset.thumbnail.replace("/0/", `/${select.value}/`) : ""
  if (thumb.dataset.key === select.value) return
  thumb.dataset.key = select.value
  thumb.replaceChildren(...(address ? [element("img", { src: address, alt: "", loading: "lazy" })] : []))
}

class Chooser {
  constructor(dialog) {
    this.results = dialog.querySelector(".results")
    this.form = dialog.querySelector("form")
    this.choose = dialog.querySelector("[value=choose]")
    this.form.addEventListener("submit", (event) => this.#submit(event))
    this.form.addEventListener("input", (event) => {
      if (event.target.name === "q") this.#searchSoon()
      else if (event.target.name === "unused") this.search()
      else this.choose.disabled = false
    })
    dialog.addEventListener("click", (event) => {
      const page = event.target.closest("[data-page]")?.dataset.page
      if (page) this.search(page, { isPaging: true })
    })
    dialog.addEventListener("dblclick", (event) => {
      if (event.target.closest(".choices label")) this.#take()
    })
    dialog.addEventListener("close", () => this.opener?.focus())
  }

  open(select, opener) {
    Object.assign(this, { select, opener })
    dialog.showModal()
    this.search()
    this.form.elements.q.focus()
  }

  // Shows a page of photos. A later search wins over an earlier one that is answered late.
  async search(page = 1, { isPaging = false } = {}) {
    clearTimeout(this.timer)
    const query = new URLSearchParams({ q: this.form.elements.q.value, page })
    if (this.form.elements.unused.checked) query.set("unused", "1")
    this.choose.disabled = true
    this.results.setAttribute("aria-busy", "true")
    const asked = this.asked = query.toString()
    const response = await fetch(`${dialog.dataset.choices}?${query}`).catch(() => null)
    if (asked !== this.asked) return
    const isAnswer = response?.ok && !response.redirected
    const found = isAnswer ? new DOMParser().parseFromString(await response.text(), "text/html") : null
    this.results.removeAttribute("aria-busy")
    this.results.replaceChildren(...(found ? found.body.children : [failure()]))
    if (isPaging) this.results.querySelector("input")?.focus()
  }

  #searchSoon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.search(), 300)
  }

  #submit(event) {
    event.preventDefault()
    if (event.submitter?.value === "cancel") dialog.close()
    else if (document.activeElement === this.form.elements.q) this.search()
    else this.#take()
  }

  #take() {
    const chosen = this.results.querySelector("input:checked")
    if (!chosen) return
    const { label, words } = chosen.dataset
    choosePhoto(this.select, { key: chosen.value, label, facts: { words } })
    dialog.close()
  }
}

function failure() {
  return element("p", { className: "errornote", textContent: dialog.dataset.failed })
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties)
}

if (dialog) start()
