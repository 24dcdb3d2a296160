// A part of a desk page that the server renders again after every step. Steps are sent one after
// the other, each made on what the one before left; the answer replaces the part. Used by the
// board and the galley, whose buttons and links do the same without JavaScript.

export class ServerPart {
  pending = 0
  #last = Promise.resolve()

  // `announced` selects the words of an answer that are read out by screen readers.
  constructor(id, announced) {
    Object.assign(this, { id, announced, status: document.getElementById(`${id}-status`) })
  }

  get element() { return document.getElementById(this.id) }

  get form() { return document.getElementById(`${this.id}-form`) }

  get words() { return this.element.dataset }

  announce(words) {
    this.status.textContent = ""
    requestAnimationFrame(() => { this.status.textContent = words })
  }

  enqueue(job) {
    this.pending += 1
    this.#last = this.#last.then(job).finally(() => { this.pending -= 1 })
  }

  // Runs a job after the steps that are under way, without counting as one.
  afterwards(job) { this.#last = this.#last.then(job) }

  // Posts a form; `render(replace)` calls replace() and does what belongs before and after it.
  async post(data, render) {
    try {
      const response = await fetch(location.pathname, { method: "POST", body: data })
      if (!(await this.#show(response, render))) submitPlainly(data)
    } catch {
      this.announce(this.words.failed)
    }
  }

  // Answers false where the server sent another page, such as the login.
  async #show(response, render) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const fresh = page.getElementById(this.id)
    if (!fresh) return false
    if (response.redirected) history.replaceState(null, "", response.url)
    render(() => this.element.replaceWith(document.adoptNode(fresh)))
    const words = fresh.querySelector(this.announced)
    if (words) this.announce(words.innerText)
    return true
  }
}

// Sends a form as the browser does, so that the browser shows the answer.
export function submitPlainly(data, action = "") {
  const form = document.createElement("form")
  form.method = "post"
  form.enctype = "multipart/form-data"
  if (action) form.action = action
  for (const [name, value] of data) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  }
  document.body.append(form)
  form.submit()
}
