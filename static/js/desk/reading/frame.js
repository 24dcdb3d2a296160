// The frame of the printed article: as high as its text, in the colours of the desk, with the keys
// of the page around it.

import { offerPassage } from "../notes.js"

export function fitFrame(frame, pressKey) {
  const start = () => {
    const page = frame.contentDocument
    const fit = () => { frame.style.height = `${page.documentElement.offsetHeight}px` }
    const { theme } = document.documentElement.dataset
    if (theme) page.documentElement.dataset.theme = theme
    new ResizeObserver(fit).observe(page.documentElement)
    page.addEventListener("keydown", pressKey)
    page.addEventListener("selectionchange", () => offerPassage(page.getSelection()))
  }
  frame.addEventListener("load", start)
  // It may have loaded before the script.
  if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.body?.children.length) start()
}
