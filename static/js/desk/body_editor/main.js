// The body editor: the small set of marks a newspaper needs, with its buttons in words.
// The text area stays the field of the form; the editor writes to it what was changed.

import { Editor } from "../../../django_prose_editor/editor.js"
import { stripInvisible } from "./characters.js"
import { Clipboard } from "./paste/clipboard.js"
import { Notices } from "./paste/notices.js"
import { placePhotos } from "./photo_place.js"
import { extensions } from "./schema.js"
import { fillToolbar, openLink } from "./toolbar.js"

const PAUSE = 250
// Every space of the stored words is meant.
const parseOptions = { preserveWhitespace: "full" }
// How far the caret stays from what covers the ends of the window: as the style sheet says.
const clearance = { get top() { return padding("Top") }, get bottom() { return padding("Bottom") }, left: 0, right: 0 }

document.querySelectorAll("textarea[data-body-editor]").forEach(createEditor)

function createEditor(area) {
  const { tools, words, kinds, invisible } = JSON.parse(area.dataset.bodyEditor)
  const frame = element("div", { className: "body-editor" })
  const bar = element("div", { className: "tools" })
  const paper = element("div", { className: "paper" })
  const count = element("output", { className: "count" })
  count.setAttribute("for", area.id)
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", words.toolbar)
  area.parentElement.querySelector(".first-sight")?.remove()
  area.before(frame)
  const notices = new Notices(words, kinds, invisible)
  frame.append(bar, paper, notices.element, count)

  const clipboard = new Clipboard(area, notices)
  const editor = makeEditor(paper, area, words, clipboard)
  clipboard.attach(editor)
  fillToolbar(bar, editor, tools, words)
  area.hidden = true
  const showCount = () => { count.textContent = words.count.replace("{count}", length(editor)) }
  showCount()
  keepField(editor, area, later(showCount))
  placePhotos(editor, area)
  document.querySelector(`label[for="${area.id}"]`)?.addEventListener("click", () => editor.commands.focus())
}

function makeEditor(paper, area, words, clipboard) {
  return new Editor({
    element: paper,
    content: area.value,
    parseOptions,
    injectCSS: false, // Our style sheet has the editor's styles.
    extensions: extensions((editor) => openLink(editor, words)),
    editorProps: {
      scrollThreshold: clearance,
      scrollMargin: clearance,
      attributes: {
        class: "body-text", role: "textbox", "aria-multiline": "true", "aria-label": words.body, lang: "zh-Hans",
        ...(area.getAttribute("aria-describedby") && { "aria-describedby": area.getAttribute("aria-describedby") }),
      },
      ...clipboard.editorProps,
    },
  })
}

// Writes to the field what the editor holds, and gives the editor what others write to the field.
function keepField(editor, area, showCount) {
  const field = fieldWriter(editor, area)
  editor.on("update", () => { field.soon(); showCount() })
  area.form?.addEventListener("submit", field.now, { capture: true })
  addEventListener("pagehide", field.now)
  area.addEventListener("words:wanted", field.now)
  area.addEventListener("words:given", () => {
    editor.commands.setContent(area.value, { emitUpdate: false, parseOptions })
    showCount()
  })
}

function fieldWriter(editor, area) {
  let isBehind = false
  const now = () => {
    if (!isBehind) return
    isBehind = false
    area.value = editor.isEmpty ? "" : editor.getHTML()
    area.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const soon = later(now)
  return { now, soon: () => { isBehind = true; soon() } }
}

function later(work) {
  let timer
  return () => {
    clearTimeout(timer)
    timer = setTimeout(work, PAUSE)
  }
}

// As articles/content/text.py counts: every character but white space.
function length(editor) {
  return [...stripInvisible(editor.getText({ blockSeparator: "" })).replace(/\s/g, "")].length
}

function padding(end) {
  return parseFloat(getComputedStyle(document.documentElement)[`scrollPadding${end}`]) || 5
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties)
}
