// Pages that were read open offline. The network goes first; what is gone there is forgotten here,
// with every page that tells of it.

const CACHE = "pages-1"
const OFFLINE = "/offline/"
const MOST = 900
const NOT_KEPT = /^\/(admin|preview|cards)\//

self.addEventListener("install", (event) => {
  self.skipWaiting()
  event.waitUntil(keepOffline())
})
self.addEventListener("activate", (event) => event.waitUntil(clients.claim()))
self.addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== "GET" || origin !== location.origin || NOT_KEPT.test(pathname)) return
  const isFixed = pathname.startsWith("/static/")
  event.respondWith(isFixed ? caches.match(request).then((kept) => kept ?? answer(event)) : answer(event))
})

async function keepOffline() {
  const cache = await caches.open(CACHE)
  const page = await fetch(OFFLINE)
  const files = (await page.clone().text()).match(/\/static\/[^"]+\.(?:css|js|svg)/g) ?? []
  await cache.addAll(files)
  await cache.put(OFFLINE, page)
}

async function answer(event) {
  const { request } = event
  const cache = await caches.open(CACHE)
  const isPage = request.mode === "navigate"
  // Asked anew, though the browser may have kept it for a minute.
  const asked = isPage ? fetch(request.url, { cache: "no-cache", redirect: "manual" }) : fetch(request)
  const found = await asked.catch(() => null)
  if (found && found.status < 500) {
    event.waitUntil(remember(cache, request, found.clone()))
    return found
  }
  return await cache.match(request, { ignoreVary: true }) ?? await otherSize(cache, request.url) ?? found
    ?? (isPage && await cache.match(OFFLINE) || Response.error())
}

async function remember(cache, request, answer) {
  if (answer.status === 404 || answer.status === 410) return forget(cache, new URL(request.url).pathname)
  const isPrivate = /no-store|private/.test(answer.headers.get("Cache-Control"))
  if (answer.status !== 200 || answer.redirected || isPrivate) return
  await cache.put(request, answer)
  // What every page needs stays.
  const pages = (await cache.keys()).filter(({ url }) => !/\/(static|offline)\//.test(url))
  for (const old of pages.slice(0, -MOST)) await cache.delete(old)
}

async function forget(cache, pathname) {
  const path = inSimplified(pathname)
  for (const request of await cache.keys()) {
    const kept = inSimplified(new URL(request.url).pathname)
    const isText = !/^\/(static|photos|offline)\//.test(kept)
    const tells = isText && (await (await cache.match(request))?.text())?.includes(`${path}"`)
    if (kept === path || tells) await cache.delete(request)
  }
}

const inSimplified = (path) => path.replace(/^\/hant\//, "/")

// Offline, a photo is shown in any size that is there.
async function otherSize(cache, url) {
  const folder = /.*\/photos\/[^/]+\//.exec(url)?.[0]
  const other = folder && (await cache.keys()).find((request) => request.url.startsWith(folder))
  return other && cache.match(other)
}
