// Offers the browser's own way of sharing, where it has one.

const button = document.querySelector("[data-shares]")

if (button && navigator.share) {
  button.parentElement.hidden = false
  button.addEventListener("click", () => {
    navigator.share({ title: document.title, url: location.href.split("#")[0] }).catch(() => {})
  })
}
