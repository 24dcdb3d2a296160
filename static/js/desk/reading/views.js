// Views of articles to read, fetched in advance.

// Longer ago, a view is fetched once more before it is shown.
const FRESH = 60_000

// Resolves to a view: its address, title and message, and its part; no part where the server sent
// another page, such as the login.
export async function fetchView(address, options) {
  const response = await fetch(address, options)
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  return {
    address: response.url,
    title: page.title,
    message: page.querySelector(".messagelist")?.textContent.trim() ?? "",
    part: page.querySelector("#reading"),
    at: Date.now(),
  }
}

export class Prepared {
  #views = new Map()
  #ready = new Map()

  // Fetches a view in advance, once; the others are dropped.
  fetch(address) {
    if (this.#views.has(address)) return
    const view = fetchView(address)
    this.#views = new Map([[address, view]])
    this.#ready = new Map()
    view.then((got) => { if (this.#views.has(address)) this.#ready.set(address, got) })
      .catch(() => this.#views.delete(address))
  }

  // Gives a view that is there and fresh, once; or undefined.
  ready(address) {
    const view = this.#ready.get(address)
    const isFresh = Boolean(view?.part) && Date.now() - view.at < FRESH
    this.#ready.delete(address)
    this.#views.delete(address)
    return isFresh ? view : undefined
  }

  // Resolves to a view, fetched in advance or now.
  async take(address) {
    const coming = this.#views.get(address)
    const view = this.ready(address) ?? (coming && (await coming.catch(() => null)))
    return view && Date.now() - view.at < FRESH ? view : fetchView(address)
  }
}
