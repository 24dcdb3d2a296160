// Offers the browser's own way of sharing, where it has one, and copies the citation.

export function offerSharing(root) {
  const button = root.querySelector("[data-shares]")
  if (button && navigator.share) {
    button.parentElement.hidden = false
    button.addEventListener("click", () => {
      navigator.share({ title: document.title, url: location.href.split("#")[0] }).catch(() => {})
    })
  }
  for (const copier of navigator.clipboard ? root.querySelectorAll("[data-copies]") : []) {
    copier.hidden = false
    copier.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(copier.dataset.copies).textContent)
      copier.textContent = copier.dataset.copied
    })
  }
}

offerSharing(document)
