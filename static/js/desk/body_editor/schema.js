// What a body may consist of: the stored form of articles/content/article_html.py.

import {
  Blockquote, Bold, BulletList, Document, Gapcursor, HardBreak, Heading, History, Link, ListItem,
  OrderedList, Paragraph, Subscript, Superscript, Table, TableCell, TableHeader, TableRow, Text,
} from "../../../django_prose_editor/editor.js"
import { PhotoPlace } from "./photo_place.js"

const attribute = (name) => ({ default: null, parseHTML: (node) => node.getAttribute(name) })

const NumberedList = OrderedList.extend({
  addAttributes: () => ({
    start: { default: 1, parseHTML: (list) => list.start },
    type: attribute("type"),
  }),
  addNodeView: null,
})
const NumberedItem = ListItem.extend({ addAttributes: () => ({ value: attribute("value") }) })
const EXCLUSIVE = { excludes: "superscript subscript" }

export function extensions(openLink) {
  return [
    Document, Paragraph, Text, Bold, Superscript.extend(EXCLUSIVE), Subscript.extend(EXCLUSIVE),
    Blockquote, BulletList, NumberedList, NumberedItem, HardBreak, Gapcursor, History,
    TableRow, TableCell, TableHeader, PhotoPlace,
    Heading.configure({ levels: [2] }),
    Table.configure({ resizable: false }),
    Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => openLink(editor) }) })
      .configure({
        openOnClick: false, autolink: false, linkOnPaste: false, enableTarget: false,
        protocols: ["http", "https", "mailto", "tel"],
      }),
  ]
}
