// The board of an issue: where its articles are, moving one on screen, and sending its place.

import { ServerPart } from "../server_part.js"
import { tickAgain, tickedArticles } from "./ticks.js"

export class Board extends ServerPart {
  // The article that is picked up, with the place it came from.
  carried = null

  constructor() { super("board", "[data-announced]:not([role=alert] *)") }

  get lists() { return [...this.element.querySelectorAll(".pieces")] }

  article(id) { return document.getElementById(`article-${id}`) }

  announcePlace(article) {
    const { list, place, total } = placeOf(article)
    const words = this.words.at.replace("{page}", list.dataset.title)
    this.announce(words.replace("{place}", place).replace("{total}", total))
  }

  focus(id, selector = ".grip") {
    const article = this.article(id)
    const target = article?.querySelector(`${selector}:not(:disabled)`) ?? article?.querySelector(".grip")
    target?.focus()
    article?.scrollIntoView({ block: "nearest" })
  }

  // Posts the form of an action; `refocus` finds its button again in the new board.
  // Ticks that it has not used stay.
  submit(data, refocus) {
    return this.post(data, (replace) => {
      const ticked = data.has("step") || data.has("to") ? [] : tickedArticles(this)
      replace()
      tickAgain(this, ticked)
      refocus()
    })
  }

  // Posts where an article now is.
  savePlace(article) {
    const { list, place } = placeOf(article)
    const data = new FormData(this.form)
    data.set("article", article.dataset.article)
    data.set("page", list.dataset.page)
    data.set("place", place)
    return this.submit(data, () => this.focus(article.dataset.article))
  }

  // Moves an article by pages and places, on screen only; answers false at the end of the board.
  shift(article, [pages, places]) {
    const { list, place } = placeOf(article)
    const target = pages ? this.lists[this.lists.indexOf(list) + pages] : list
    const index = pages ? place - 1 : place - 1 + places
    const rest = target ? [...target.children].filter((each) => each !== article) : []
    if (!target || index < 0 || (!pages && index > rest.length)) {
      this.announce(this.words.end)
      return false
    }
    target.insertBefore(article, rest[index] ?? null)
    article.querySelector(".grip").focus()
    article.scrollIntoView({ block: "nearest" })
    return true
  }

  pickUp(article) {
    this.carried = { article, list: article.parentElement, next: article.nextElementSibling }
    article.classList.add("carried")
  }

  // Puts the article down where it is, and saves its place if that is a new one. Answers whether
  // it is.
  putDown() {
    const { article, list, next } = this.carried
    article.classList.remove("carried")
    this.carried = null
    const isMoved = article.parentElement !== list || article.nextElementSibling !== next
    if (isMoved) this.enqueue(() => this.savePlace(article))
    return isMoved
  }

  putBack() {
    const { article, list, next } = this.carried
    list.insertBefore(article, next)
    this.putDown()
    article.querySelector(".grip").focus()
  }
}

function placeOf(article) {
  const list = article.parentElement
  const articles = [...list.children]
  return { list, place: articles.indexOf(article) + 1, total: articles.length }
}
