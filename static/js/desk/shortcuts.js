// Shows the shortcuts with the ? key, where nothing is being typed, and by a button.

const dialog = document.querySelector("#shortcuts")

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]")
  if (event.key !== "?" || isTyping || document.querySelector("dialog[open]")) return
  event.preventDefault()
  dialog?.showModal()
})
document.querySelector("[data-shortcuts]")?.addEventListener("click", () => dialog?.showModal())
