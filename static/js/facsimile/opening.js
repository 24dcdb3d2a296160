// Opens an article beside the picture, or below it, so that the page is not lost. Back closes it.

const PATIENCE = 250 // ms in which a second tap makes it a double tap, which enlarges

export class Opening {
  constructor(panel, list) {
    this.panel = panel
    this.links = list.querySelectorAll("a[data-zone]")
    this.place = panel.querySelector("[data-opened]")
    list.addEventListener("click", (event) => this.onClick(event))
    panel.querySelector("[data-closes]").addEventListener("click", () => history.back())
    addEventListener("popstate", (event) => this.show(event.state?.opened ?? ""))
    if (history.state?.opened) this.show(history.state.opened)
  }

  onClick(event) {
    const link = event.target.closest("a[data-zone]")
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    clearTimeout(this.waiting)
    if (event.detail > 1) return
    this.opener = link
    this.waiting = setTimeout(() => this.open(link.href), event.detail ? PATIENCE : 0)
  }

  async open(href) {
    if (!(await this.load(href))) return location.assign(href)
    const isOpen = Boolean(history.state?.opened)
    history[isOpen ? "replaceState" : "pushState"]({ opened: href }, "")
    this.reveal(href)
  }

  async show(href) {
    if (href && (await this.load(href))) return this.reveal(href)
    if (this.panel.hidden) return
    this.panel.hidden = true
    this.mark("")
    this.opener?.focus({ preventScroll: true })
  }

  // Fetches the page of an article, and puts the article into the panel; false where it fails.
  async load(href) {
    this.wanted = href
    this.panel.parentElement.setAttribute("aria-busy", "true")
    try {
      const answer = await fetch(href)
      const article = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main article")
      if (!answer.ok || !article) return false
      article.querySelector(".pn")?.remove() // Its neighbours are on the page.
      if (this.wanted === href) this.place.replaceChildren(document.adoptNode(article))
      return true
    } catch {
      return false
    } finally {
      this.panel.parentElement.removeAttribute("aria-busy")
    }
  }

  // Shows on the picture which article is open.
  mark(href) {
    for (const link of this.links) link.toggleAttribute("data-shown", link.href === href)
  }

  reveal(href) {
    this.mark(href)
    this.panel.hidden = false
    this.panel.querySelector("[data-whole]").href = href
    this.panel.scrollIntoView({ block: "start" })
    this.panel.focus({ preventScroll: true })
  }
}
