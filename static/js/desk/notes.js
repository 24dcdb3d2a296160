// The notes of an article, in its form and where it is read: the buttons answer in place, selected
// words become the passage of a new note. In the form the passages of open notes are marked.

const form = () => document.getElementById("notes-form")
const panel = () => document.getElementById("notes-panel")
const editor = () => document.querySelector(".ProseMirror")

// Posts what a button says and shows the panel that comes back; else the browser sends the form.
async function send(button) {
  const data = new FormData(form(), button)
  const headers = { "X-Requested-With": "fetch" }
  const response = await fetch(form().action, { method: "POST", body: data, headers })
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  const fresh = page.getElementById("notes-panel")
  if (!response.ok || !fresh) throw new Error(response.status)
  const row = button.closest("li")?.id
  panel().replaceWith(fresh)
  mark()
  const next = (row && document.getElementById(row)) || panel()
  next.querySelector("summary, textarea, button")?.focus()
}

// Nothing typed is lost: the fields stay as they are.
function tellFailure() {
  panel().querySelector(".failed").hidden = false
}

// The text of the editor, and the node and offset of each character that is no white space.
function charactersOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at += 1) {
      if (node.data[at].trim()) found.push({ node, at })
    }
  }
  return found
}

function rangeOf(passage, characters, words) {
  const start = words.indexOf(passage)
  if (!passage || start < 0) return null
  const [first, last] = [characters[start], characters[start + passage.length - 1]]
  const range = document.createRange()
  range.setStart(first.node, first.at)
  range.setEnd(last.node, last.at + 1)
  return range
}

function mark() {
  if (!globalThis.CSS?.highlights || !editor()) return
  const characters = charactersOf(editor())
  const words = characters.map(({ node, at }) => node.data[at]).join("")
  const passages = [...panel().querySelectorAll("li:not(.done) q[data-passage]")]
  const ranges = passages.map((q) => rangeOf(q.textContent.replace(/\s+/g, ""), characters, words))
  CSS.highlights.set("notes", new Highlight(...ranges.filter(Boolean)))
}

// Words selected in the text are offered as the passage of a new note.
export function offerPassage(selection) {
  const field = panel()?.querySelector("[name=note_passage]")
  if (!field) return
  const words = selection.toString().trim()
  if (words && words.length <= field.maxLength) field.value = words
}

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return
  event.preventDefault()
  send(event.submitter).catch(tellFailure)
})
if (panel() && document.querySelector("[data-body-editor]")) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection()
    if (editor()?.contains(selection.anchorNode)) offerPassage(selection)
  })
  new MutationObserver((_changes, observer) => {
    if (!editor()) return
    observer.disconnect()
    mark()
  }).observe(document.body, { childList: true, subtree: true })
  mark()
}
