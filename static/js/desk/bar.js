// Close the menus of the bar where one would expect it: by Escape, and by a click elsewhere.

const menus = document.querySelectorAll("#header .menu")

const closeOthers = (inside) => {
  for (const menu of menus) {
    if (!menu.contains(inside)) menu.open = false
  }
}

document.addEventListener("click", (event) => closeOthers(event.target))
document.addEventListener("focusin", (event) => closeOthers(event.target))

for (const menu of menus) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return
    menu.open = false
    menu.querySelector("summary").focus()
  })
}
