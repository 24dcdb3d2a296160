// Requests of the photo tray. Files go by XMLHttpRequest, because fetch does not tell how much has
// been sent; words go by fetch, which also sends them while the page is being left.

export class OfflineError extends Error {}
export class LoginEndedError extends Error {}
class ServerError extends Error {}

// A picture whose answer does not come by then is sent again; the server stores it once.
const LONGEST = 180_000
// The bytes that a browser still sends for a page that is closed.
const KEEPALIVE_BYTES = 60_000
const tokens = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]")

// Each resolves to the reply, which is JSON; throws OfflineError, LoginEndedError or ServerError.
const post = (addresses, address, data, showProgress) =>
  answered(addresses, () => send(address, data, showProgress))

export const postFile = (addresses, data, showProgress) =>
  post(addresses, addresses.upload, data, showProgress)

export const postFacts = (addresses, data) =>
  answered(addresses, () => sendWords(addresses.facts, data.toString()))

async function answered(addresses, send, { isAgain = false } = {}) {
  const { status, reply } = await send()
  if (reply) return reply
  if (status === 403 && !isAgain && await renewToken(addresses.token)) {
    return answered(addresses, send, { isAgain: true })
  }
  throw status === 403 || status < 300 ? new LoginEndedError() : new ServerError()
}

async function sendWords(address, body) {
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": tokens()[0].value,
  }
  const keepalive = body.length < KEEPALIVE_BYTES
  const response = await fetch(address, { method: "POST", body, headers, keepalive }).catch(() => null)
  if (!response) throw new OfflineError()
  return { status: response.status, reply: await response.json().catch(() => null) }
}

function send(address, data, showProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", address)
    request.timeout = LONGEST
    request.setRequestHeader("X-CSRFToken", tokens()[0].value)
    request.upload.onprogress = (event) => showProgress?.(event.loaded / event.total)
    request.onload = () => resolve({ status: request.status, reply: parsed(request) })
    request.onerror = request.ontimeout = () => reject(new OfflineError())
    request.send(data)
  })
}

function parsed(request) {
  try {
    return request.getResponseHeader("Content-Type")?.startsWith("application/json")
      ? JSON.parse(request.responseText) : null
  } catch {
    return null
  }
}

// The login may have been renewed in another window: the token of this page is stale then.
async function renewToken(address) {
  const response = await fetch(address).catch(() => null)
  const reply = await response?.json().catch(() => null)
  if (reply?.csrf) tokens().forEach((field) => { field.value = reply.csrf })
  return Boolean(reply?.csrf)
}
