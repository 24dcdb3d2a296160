// Requests of autosave: JSON with the form's CSRF token, which is renewed where it is stale.

export class LoginEndedError extends Error {}
export class RefusedError extends Error {
  constructor(reply) {
    super(reply.refused)
    this.checked = reply.checked
    this.passkey = reply.passkey
  }
}
export class UnreachableError extends Error {}

// The bytes that a browser still sends for a page that is closed.
export const KEEPALIVE_BYTES = 60_000
export const MAX_BYTES = 20 * 1024 * 1024

const TIMEOUT = 20_000
const tokens = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]")

export function send(address, body, { isLast = false } = {}) {
  return request(address, {
    method: "POST",
    body,
    keepalive: isLast && body.length * 3 < KEEPALIVE_BYTES,
    headers: { "Content-Type": "application/json" },
  })
}

// Resolves to the reply; throws RefusedError, LoginEndedError or UnreachableError.
export async function request(address, options, { isAgain = false } = {}) {
  const headers = { ...options.headers, "X-CSRFToken": tokens()[0].value }
  const signal = options.keepalive ? undefined : AbortSignal.timeout(TIMEOUT)
  const response = await fetch(address, { ...options, headers, signal }).catch(() => null)
  if (!response) throw new UnreachableError()
  const reply = await response.json().catch(() => null)
  if (reply?.login) throw new LoginEndedError()
  if (reply?.refused) throw new RefusedError(reply)
  if (response.ok && reply) return reply
  if (response.status !== 403 || isAgain) throw new UnreachableError()
  // The login was renewed in another window: the token of this form is stale.
  await renewToken(document.querySelector("#working-copy").dataset.token)
  return request(address, options, { isAgain: true })
}

export async function renewToken(address) {
  const response = await fetch(address).catch(() => null)
  const reply = await response?.json().catch(() => null)
  if (!reply?.csrf) throw new UnreachableError()
  useToken(reply)
  return reply
}

export function useToken({ csrf }) {
  tokens().forEach((field) => { field.value = csrf })
}
