// Keeps the home page up to date: fetches its changing part again every 20 seconds while the page
// is in sight, and replaces the sections that have changed. The focus, open menus and the scroll
// stay where they are.

const EVERY = 20_000
const root = document.getElementById("tonight")
const status = document.getElementById("tonight-status")
const title = document.title
let shown = sectionsOf(root)

// The HTML of each section as the server sent it, by id.
function sectionsOf(element) {
  const sections = element.querySelectorAll("section[id]")
  return new Map([...sections].map((section) => [section.id, section.outerHTML]))
}

function counts() {
  const { count = "0", waiting = "0" } = document.getElementById("news")?.dataset ?? {}
  return { news: Number(count), waiting: Number(waiting) }
}

function showInTitle() {
  const { waiting } = counts()
  document.title = waiting ? `(${waiting}) ${title}` : title
}

// What has the focus, in words that find it again in the fresh part.
function focusedSelector() {
  const focused = document.activeElement
  if (!root.contains(focused)) return null
  const row = focused.closest("[id]")
  const href = focused.getAttribute("href")
  const own = href ? `a[href="${CSS.escape(href)}"]` : focused.localName
  return row === focused ? `#${CSS.escape(row.id)}` : `#${CSS.escape(row.id)} ${own}`
}

// The first row in sight and where it stands, so that it can stay there.
function anchor() {
  const rows = [...root.querySelectorAll("tr[id], li[id]")]
  const row = rows.find((each) => each.getBoundingClientRect().top >= 0)
  return row && { id: row.id, top: row.getBoundingClientRect().top }
}

function keepInPlace(before) {
  const row = before && document.getElementById(before.id)
  if (row && window.scrollY > 0) window.scrollBy(0, row.getBoundingClientRect().top - before.top)
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body
  const next = sectionsOf(fresh)
  const isSame = [...next.keys()].join() === [...shown.keys()].join()
  const changed = [...next.keys()].filter((id) => next.get(id) !== shown.get(id))
  if (isSame && !changed.length) return
  const [before, focused, at] = [counts(), focusedSelector(), anchor()]
  if (isSame) {
    for (const id of changed) document.getElementById(id).replaceWith(fresh.querySelector(`#${id}`))
  } else {
    root.replaceChildren(...fresh.childNodes)
  }
  shown = next
  if (focused) root.querySelector(focused)?.focus({ preventScroll: true })
  keepInPlace(at)
  announce(before)
}

function announce(before) {
  showInTitle()
  if (counts().news <= before.news) return
  status.textContent = document.getElementById("news-words")?.textContent ?? ""
}

async function update() {
  if (document.hidden) return
  const response = await fetch(root.dataset.url).catch(() => null)
  if (!response) return
  const html = await response.text()
  if (response.ok && !response.redirected) return show(html)
  if (response.redirected || response.status === 403) stop()
}

function stop() {
  clearInterval(timer)
  status.classList.remove("visually-hidden")
  status.textContent = root.dataset.stopped
}

const timer = setInterval(update, EVERY)
document.addEventListener("visibilitychange", update)
window.addEventListener("pageshow", (event) => { if (event.persisted) update() })
showInTitle()
