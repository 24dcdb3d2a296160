// The reader's own theme and type size, stored in this browser: a cookie would make pages differ in
// a shared cache. No module: it runs before the first paint. Its buttons are hidden until then.

"use strict"

{
  const root = document.documentElement
  const choices = { theme: ["light", "dark"], zi: ["s", "l", "xl"] }
  const systemDark = matchMedia("(prefers-color-scheme: dark)")

  const stored = (name) => {
    try { return localStorage.getItem(name) } catch { return null }
  }

  const apply = (name, value) => {
    if (choices[name].includes(value)) root.setAttribute(`data-${name}`, value)
    else root.removeAttribute(`data-${name}`)
    showPressed()
  }

  const choose = (name, value) => {
    try {
      if (value) localStorage.setItem(name, value)
      else localStorage.removeItem(name)
    } catch { /* Storage is refused: the choice lasts as long as the page. */ }
    apply(name, value)
  }

  const applyStored = () => Object.keys(choices).forEach((name) => apply(name, stored(name)))

  const isDark = () => {
    const theme = root.getAttribute("data-theme")
    return theme ? theme === "dark" : systemDark.matches
  }

  const toggleTheme = () => {
    const dark = !isDark()
    choose("theme", dark === systemDark.matches ? null : dark ? "dark" : "light")
  }

  const press = (selector, isPressed) => document.querySelectorAll(selector).forEach((button) => {
    button.setAttribute("aria-pressed", String(isPressed(button)))
  })

  function showPressed() {
    const zi = root.getAttribute("data-zi") || "m"
    press("[data-toggles-theme]", isDark)
    press("button[data-sets-zi]", (button) => button.getAttribute("data-sets-zi") === zi)
  }

  applyStored()
  addEventListener("storage", applyStored)
  addEventListener("pageshow", (event) => { if (event.persisted) applyStored() })
  systemDark.addEventListener("change", showPressed)
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-needs-script]").forEach((element) => { element.hidden = false })
    showPressed()
    const settings = document.querySelector("details.set")
    const close = (event) => {
      if (settings?.open && (event.key === "Escape" || !event.key && !settings.contains(event.target))) {
        settings.open = false
        if (event.key) settings.querySelector("summary").focus()
      }
    }
    document.addEventListener("keydown", close)
    document.addEventListener("click", (event) => {
      close(event)
      const button = event.target.closest("button")
      if (!button) return
      if (button.hasAttribute("data-toggles-theme")) toggleTheme()
      if (button.hasAttribute("data-sets-zi")) choose("zi", button.getAttribute("data-sets-zi"))
      if (button.hasAttribute("data-prints")) print()
    })
  })
}
