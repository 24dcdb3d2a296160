// Registers the service worker, and takes a whole issue along on request.

const worker = navigator.serviceWorker

// A page that answers with an error is not kept.
function keepThisPage() {
  const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")]
  return fetchAll([location.href, ...files.map((file) => file.href ?? file.src)]).catch(() => {})
}

async function fetchAll(urls, each = () => {}) {
  for (const url of urls) each(await read(url))
}

async function read(url) {
  const answer = await fetch(url)
  return answer.ok ? answer.text() : Promise.reject(answer)
}

async function takeAlong(button) {
  const { issue, taking, taken, takesAlong } = button.dataset
  const parse = (text) => new DOMParser().parseFromString(text, "text/html")
  const overview = parse(await read(takesAlong))
  const links = overview.querySelectorAll(":is(nav.bar ol, main) a[href^='/']")
  const pages = new Set([issue, ...[...links].map((link) => link.getAttribute("href"))])
  const photos = new Set()
  let done = 0
  await fetchAll(pages, (text) => {
    parse(text).querySelectorAll("main img").forEach((image) => photos.add(image.getAttribute("src")))
    button.textContent = `${taking} ${++done} / ${pages.size}`
  })
  await fetchAll(photos)
  button.textContent = taken
}

if (worker) {
  if (!worker.controller) worker.addEventListener("controllerchange", keepThisPage, { once: true })
  worker.register("/service-worker.js")
  const button = document.querySelector("[data-takes-along]")
  if (button) {
    button.parentElement.hidden = false
    button.addEventListener("click", async () => {
      button.disabled = true
      await worker.ready
      await takeAlong(button).catch(() => { button.textContent = button.dataset.failed })
      button.disabled = false
    })
  }
}
