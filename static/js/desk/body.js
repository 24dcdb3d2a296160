// The body editor: the small set of marks a newspaper needs, with its buttons in words.
// The text area stays the field of the form; the editor writes to it what was changed.

import {
  Blockquote, Bold, BulletList, Document, Editor, Gapcursor, HardBreak, Heading, History,
  Link, ListItem, OrderedList, Paragraph, Table, TableCell, TableHeader, TableRow, Text,
} from "../../django_prose_editor/editor.js";
import { cleanHtml, cleanText } from "./paste.js";
import { askForAddress } from "./link.js";

const INVISIBLE = /[\s\x00-\x1f\x7f-\x9f\u200b\ufeff]/g
const PAUSE = 250

const COMMANDS = {
  paragraph: { run: (chain) => chain.clearNodes(), on: (editor) => isPlain(editor) },
  subhead: { run: (chain) => chain.toggleHeading({ level: 2 }), on: (editor) => editor.isActive("heading") },
  bold: { run: (chain) => chain.toggleBold(), on: (editor) => editor.isActive("bold") },
  quotation: { run: (chain) => chain.toggleBlockquote(), on: (editor) => editor.isActive("blockquote") },
  bullets: { run: (chain) => chain.toggleBulletList(), on: (editor) => editor.isActive("bulletList") },
  numbers: { run: (chain) => chain.toggleOrderedList(), on: (editor) => editor.isActive("orderedList") },
  link: { on: (editor) => editor.isActive("link") },
  table: { run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }) },
  undo: { run: (chain) => chain.undo() },
  redo: { run: (chain) => chain.redo() },
  rowAfter: { run: (chain) => chain.addRowAfter(), inTable: true },
  columnAfter: { run: (chain) => chain.addColumnAfter(), inTable: true },
  headerRow: { run: (chain) => chain.toggleHeaderRow(), inTable: true },
  deleteRow: { run: (chain) => chain.deleteRow(), inTable: true },
  deleteColumn: { run: (chain) => chain.deleteColumn(), inTable: true },
  deleteTable: { run: (chain) => chain.deleteTable(), inTable: true },
}

document.querySelectorAll("textarea[data-body-editor]").forEach(begin)

function begin(area) {
  const { tools, words } = JSON.parse(area.dataset.bodyEditor)
  const frame = element("div", { className: "body-editor" })
  const bar = element("div", { className: "tools" })
  const paper = element("div", { className: "paper" })
  const count = element("output", { className: "count" })
  count.setAttribute("for", area.id)
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", words.toolbar)
  area.before(frame)
  frame.append(bar, paper, count)

  const editor = makeEditor(paper, area, words)
  const buttons = Object.entries(tools).map(([name, label]) => button(editor, name, label, words))
  bar.append(...buttons)
  walkWithArrows(bar)

  const keep = keeper(editor, area)
  const tell = later(() => { count.textContent = words.count.replace("{count}", length(editor)) })
  editor.on("update", () => { keep.soon(); tell() })
  editor.on("transaction", () => show(editor, buttons))
  show(editor, buttons)
  count.textContent = words.count.replace("{count}", length(editor))
  area.hidden = true
  area.form?.addEventListener("submit", keep.now, { capture: true })
  addEventListener("pagehide", keep.now)
  area.addEventListener("words:wanted", keep.now)
  area.addEventListener("words:given", () => {
    const parseOptions = { preserveWhitespace: "full" }
    editor.commands.setContent(area.value, { emitUpdate: false, parseOptions })
    tell()
  })
  document.querySelector(`label[for="${area.id}"]`)?.addEventListener("click", () => editor.commands.focus())
}

function makeEditor(paper, area, words) {
  return new Editor({
    element: paper,
    content: area.value,
    // Every space of the stored words is meant; and our style sheet has the editor's styles.
    parseOptions: { preserveWhitespace: "full" },
    injectCSS: false,
    extensions: [
      Document, Paragraph, Text, Bold, Blockquote, BulletList, OrderedList, ListItem, HardBreak,
      Gapcursor, History, TableRow, TableCell, TableHeader,
      Heading.configure({ levels: [2] }),
      Table.configure({ resizable: false }),
      Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => openLink(editor, words) }) })
        .configure({
          openOnClick: false, autolink: false, linkOnPaste: false, enableTarget: false,
          protocols: ["http", "https", "mailto", "tel"],
        }),
    ],
    editorProps: {
      attributes: {
        role: "textbox", "aria-multiline": "true", "aria-label": words.body, lang: "zh-Hans",
        ...(area.getAttribute("aria-describedby") && { "aria-describedby": area.getAttribute("aria-describedby") }),
      },
      transformPastedHTML: cleanHtml,
      transformPastedText: cleanText,
    },
  })
}

function keeper(editor, area) {
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

// As articles/text.py counts: every character but white space.
function length(editor) {
  return [...editor.getText({ blockSeparator: "" }).replace(INVISIBLE, "")].length
}

function isPlain(editor) {
  return editor.isActive("paragraph") && !["blockquote", "bulletList", "orderedList", "table"].some(
    (name) => editor.isActive(name))
}

function button(editor, name, label, words) {
  const made = element("button", { type: "button", textContent: label, className: `tool ${name}` })
  made.dataset.tool = name
  made.addEventListener("mousedown", (event) => event.preventDefault())
  made.addEventListener("click", () => {
    if (name === "link") openLink(editor, words)
    else COMMANDS[name].run(editor.chain().focus()).run()
  })
  return made
}

function openLink(editor, words) {
  const present = editor.getAttributes("link").href ?? ""
  askForAddress(words, present).then((address) => {
    const chain = editor.chain().focus().extendMarkRange("link")
    if (address === "") chain.unsetLink().run()
    else if (address && editor.state.selection.empty && !present) {
      editor.chain().focus().insertContent([{ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] }]).run()
    } else if (address) chain.setLink({ href: address }).run()
    else editor.commands.focus()
  })
  return true
}

function show(editor, buttons) {
  const isInTable = editor.isActive("table")
  for (const made of buttons) {
    const { on, inTable } = COMMANDS[made.dataset.tool]
    if (on) made.setAttribute("aria-pressed", String(on(editor)))
    if (inTable) made.hidden = !isInTable
  }
}

// One stop of the Tab key; arrows go from button to button.
function walkWithArrows(bar) {
  const shown = () => [...bar.querySelectorAll("button:not([hidden])")]
  bar.querySelectorAll("button").forEach((each, index) => { each.tabIndex = index ? -1 : 0 })
  bar.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }
    if (!(event.key in steps)) return
    event.preventDefault()
    const all = shown()
    const next = all.at((all.indexOf(document.activeElement) + steps[event.key]) % all.length)
    all.forEach((each) => { each.tabIndex = each === next ? 0 : -1 })
    next.focus()
  })
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties)
}
