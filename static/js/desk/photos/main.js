// Starts the photo tray of a page: files are chosen, dropped on it, or offered by the body editor.

import { insertCaptions } from "./caption_rows.js"
import { Tray } from "./tray.js"

for (const element of document.querySelectorAll("[data-photo-tray]")) start(element)

function start(element) {
  const isArticle = "article" in element.dataset
  const tray = new Tray(element, isArticle ? insertCaptions : undefined)
  const input = element.querySelector("[type=file]")
  const fill = element.querySelector("[data-fill]")
  element.classList.add("ready")
  // The fields serve the tray now, and are no longer sent or kept with the form around them.
  element.querySelectorAll("[name]").forEach((field) => field.removeAttribute("name"))
  const take = () => {
    tray.add([...input.files])
    input.value = ""
  }
  input.addEventListener("change", take)
  // Files may have been chosen before this script was there.
  if (input.files.length) take()
  fill.hidden = false
  fill.addEventListener("click", () => tray.fill())
  // The Enter key would save the form around the tray.
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-common], input[data-fact]")) return
    event.preventDefault()
    if (event.target.dataset.common) tray.fill()
  })
  enableDrop(element, tray)
  document.addEventListener("photos:offered", (event) => {
    event.preventDefault()
    tray.add([...event.detail.files])
    element.scrollIntoView({ block: "nearest" })
  })
}

function enableDrop(element, tray) {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files")
  element.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    element.classList.add("over")
  })
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(event.relatedTarget)) element.classList.remove("over")
  })
  element.addEventListener("drop", (event) => {
    element.classList.remove("over")
    if (!hasFiles(event)) return
    event.preventDefault()
    tray.add([...event.dataTransfer.files])
  })
}
