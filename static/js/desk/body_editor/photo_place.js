// The place of a photo in the text: a figure without words, articles/content/figures.py. It is put
// behind the paragraph with the cursor, and moved, copied and deleted like one.

import { Node } from "../../../django_prose_editor/editor.js"

export const PhotoPlace = Node.create({
  name: "photoPlace",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({
    photo: {
      default: "",
      parseHTML: (figure) => figure.dataset.photo,
      renderHTML: ({ photo }) => ({ "data-photo": photo }),
    },
  }),
  parseHTML: () => [{ tag: "figure[data-photo]" }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes],
  addNodeView: () => ({ node }) => ({ dom: figure(node.attrs.photo) }),
})

function figure(photo) {
  const dom = document.createElement("figure")
  const picture = Object.assign(new Image(), { alt: "", src: `/photos/${photo}/preview.jpg` })
  const label = document.createElement("figcaption")
  const { words } = JSON.parse(document.querySelector("[data-body-editor]").dataset.bodyEditor)
  label.textContent = words.photoPlace
  dom.className = "photo-place"
  dom.contentEditable = "false"
  dom.append(picture, label)
  return dom
}

// Listens for photos to be placed: `photo:placed` on the text area, with the uid of the photo.
export function placePhotos(editor, area) {
  area.addEventListener("photo:placed", ({ detail }) => {
    const { state } = editor
    const { $from } = state.selection
    const at = $from.depth ? $from.after(1) : state.selection.to
    const change = state.tr.insert(at, state.schema.nodes.photoPlace.create({ photo: detail.photo }))
    const former = []
    change.doc.descendants((node, place) => {
      if (node.attrs.photo === detail.photo && place !== at) former.unshift(place)
    })
    former.forEach((place) => change.delete(place, place + 1))
    editor.view.dispatch(change.scrollIntoView())
    editor.commands.focus()
  })
}
