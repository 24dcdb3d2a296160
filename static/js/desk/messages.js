// Give each message a button that closes it, and one that shows the rest where its line is too
// short. Nothing closes by itself.

const list = document.querySelector(".messages .messagelist")

const button = (className, words) => {
  const made = document.createElement("button")
  made.type = "button"
  made.className = className
  made.textContent = words
  return made
}

const addClose = (message) => {
  const close = button("close", "")
  close.setAttribute("aria-label", list.dataset.close)
  close.title = list.dataset.close
  close.addEventListener("click", () => {
    message.remove()
    if (!list.children.length) list.parentElement.remove()
  })
  message.append(close)
}

const addWhole = (message) => {
  const whole = button("whole", list.dataset.whole)
  whole.addEventListener("click", () => {
    message.classList.add("open")
    whole.remove()
  })
  message.append(whole)
}

for (const message of list.children) {
  const words = message.querySelector(".words")
  if (words.scrollWidth > words.clientWidth) addWhole(message)
  addClose(message)
}
