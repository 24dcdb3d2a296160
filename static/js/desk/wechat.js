// Copies the headline, and the article as it is shown, with its styles, for WeChat's editor.

const article = document.querySelector("[data-article]")
const title = document.querySelector("#wechat-title")

function offer(selector, copy) {
  const button = document.querySelector(selector)
  if (!button || !navigator.clipboard) return
  button.hidden = false
  button.addEventListener("click", async () => {
    await copy()
    button.textContent = document.querySelector("[data-copied]").dataset.copied
  })
}

const asBlob = (text, type) => new Blob([text], { type })

offer("[data-copies-title]", () => navigator.clipboard.writeText(title.value))
offer("[data-copies-article]", () => navigator.clipboard.write([new ClipboardItem({
  "text/html": asBlob(article.innerHTML, "text/html"),
  "text/plain": asBlob(article.innerText, "text/plain"),
})]))
