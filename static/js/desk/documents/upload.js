// Uploads documents one after another, so that each has its own answer and none has to wait for a
// long request. Without this the form sends all of them at once.

import { post } from "./requests.js"

const form = document.querySelector("[data-documents-upload]")
if (form) start(form)

function start(form) {
  const input = form.querySelector("[type=file]")
  enableDrop(form.querySelector(".drop"), input)
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return
    event.preventDefault()
    new Upload(form, [...input.files]).run()
  })
}

// Files that are dropped are chosen, as if by the input.
function enableDrop(area, input) {
  area.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    area.classList.add("over")
  })
  area.addEventListener("dragleave", (event) => {
    if (!area.contains(event.relatedTarget)) area.classList.remove("over")
  })
  area.addEventListener("drop", (event) => {
    area.classList.remove("over")
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    input.files = event.dataTransfer.files
  })
}

class Upload {
  done = 0
  refused = 0

  constructor(form, files) {
    const most = Number(form.dataset.most)
    Object.assign(this, { form, words: form.dataset, files: files.slice(0, most), left: files.length - most })
    this.section = form.querySelector(".progress")
    this.bar = this.section.querySelector("progress")
    this.status = this.section.querySelector(".state")
    this.list = this.section.querySelector(".files")
    this.button = form.querySelector("[type=submit]")
  }

  async run() {
    this.section.hidden = false
    this.button.disabled = true
    this.bar.max = this.files.length
    const rows = this.files.map((file) => this.#row(file))
    for (const [number, file] of this.files.entries()) await this.#send(file, rows[number])
    this.button.disabled = false
    this.#finish()
  }

  #row(file) {
    const row = document.createElement("li")
    const name = document.createElement("strong")
    const state = document.createElement("span")
    name.textContent = file.name
    state.textContent = this.words.waiting
    row.append(name, state)
    this.list.append(row)
    return state
  }

  async #send(file, state) {
    const data = new FormData(this.form)
    data.delete("csrfmiddlewaretoken")
    data.set("files", file)
    state.textContent = this.words.sending
    const why = await this.#answer(data)
    state.textContent = why || this.words.read
    state.classList.toggle("errors", Boolean(why))
    if (why) this.refused += 1
    else this.done += 1
    this.bar.value = this.done + this.refused
    this.#tell(this.refused ? this.words.refused : this.words.progress)
  }

  // Resolves to why a file is refused; empty where it was read.
  async #answer(data) {
    try {
      const reply = await post(this.words, data)
      return reply.refused.join(" ")
    } catch (error) {
      return error.message
    }
  }

  #tell(sentence) {
    const values = { done: this.done, total: this.files.length, refused: this.refused }
    this.status.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => values[name])
  }

  // Goes on to the preview, unless a refusal is to be read first.
  #finish() {
    if (this.left > 0) {
      const many = this.words.tooMany.replace("{most}", this.files.length).replace("{left}", this.left)
      this.status.textContent += ` ${many}`
    }
    const next = this.section.querySelector(".next")
    next.hidden = !this.done
    if (this.done && !this.refused && this.left <= 0) location.assign(this.words.review)
    else if (this.done) next.querySelector("a").focus()
  }
}
