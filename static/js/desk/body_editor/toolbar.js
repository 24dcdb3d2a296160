// The buttons of the body editor, in words: one stop of the Tab key, arrows go from one to another.

import { askForAddress } from "./link_dialog.js"

const COMMANDS = {
  paragraph: { run: (chain) => chain.clearNodes(), on: (editor) => isPlain(editor) },
  subhead: { run: (chain) => chain.toggleHeading({ level: 2 }), on: (editor) => editor.isActive("heading") },
  bold: { run: (chain) => chain.toggleBold(), on: (editor) => editor.isActive("bold") },
  superscript: { run: (chain) => chain.toggleSuperscript(), on: (editor) => editor.isActive("superscript") },
  subscript: { run: (chain) => chain.toggleSubscript(), on: (editor) => editor.isActive("subscript") },
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

export function fillToolbar(bar, editor, tools, words) {
  const buttons = Object.entries(tools).map(([name, label]) => button(editor, name, label, words))
  bar.append(...buttons)
  enableArrowKeys(bar)
  editor.on("transaction", () => show(editor, buttons))
  show(editor, buttons)
}

export function openLink(editor, words) {
  const present = editor.getAttributes("link").href ?? ""
  askForAddress(words, present).then((address) => {
    const chain = editor.chain().focus().extendMarkRange("link")
    if (address === "") chain.unsetLink().run()
    else if (address && editor.state.selection.empty && !present) {
      const marks = [{ type: "link", attrs: { href: address } }]
      editor.chain().focus().insertContent([{ type: "text", text: address, marks }]).run()
    } else if (address) chain.setLink({ href: address }).run()
    else editor.commands.focus()
  })
  return true
}

function isPlain(editor) {
  return editor.isActive("paragraph") && !["blockquote", "bulletList", "orderedList", "table"].some(
    (name) => editor.isActive(name))
}

function button(editor, name, label, words) {
  const made = document.createElement("button")
  Object.assign(made, { type: "button", textContent: label, className: `tool ${name}` })
  made.dataset.tool = name
  made.addEventListener("mousedown", (event) => event.preventDefault())
  made.addEventListener("click", () => {
    if (name === "link") openLink(editor, words)
    else COMMANDS[name].run(editor.chain().focus()).run()
  })
  return made
}

function show(editor, buttons) {
  const isInTable = editor.isActive("table")
  for (const made of buttons) {
    const { on, inTable } = COMMANDS[made.dataset.tool]
    if (on) made.setAttribute("aria-pressed", String(on(editor)))
    if (inTable) made.hidden = !isInTable
  }
}

function enableArrowKeys(bar) {
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
