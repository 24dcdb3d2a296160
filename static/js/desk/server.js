// Messages to the server about what is typed: with the form's token, renewed where it is stale.

export class LoginEnded extends Error {}
export class Refused extends Error {}
export class Unreachable extends Error {}

// What a browser still sends for a page that goes away.
export const SMALL = 60_000
export const LARGEST = 20 * 1024 * 1024

const PATIENCE = 20_000
const tokens = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]")

export function send(address, body, { isLast = false } = {}) {
  return answer(address, {
    method: "POST",
    body,
    keepalive: isLast && body.length * 3 < SMALL,
    headers: { "Content-Type": "application/json" },
  })
}

// Resolves to the answer; throws Refused, LoginEnded or Unreachable.
export async function answer(address, options, { isAgain = false } = {}) {
  const headers = { ...options.headers, "X-CSRFToken": tokens()[0].value }
  const signal = options.keepalive ? undefined : AbortSignal.timeout(PATIENCE)
  const response = await fetch(address, { ...options, headers, signal }).catch(() => null)
  if (!response) throw new Unreachable()
  const said = await response.json().catch(() => null)
  if (said?.login) throw new LoginEnded()
  if (said?.refused) throw new Refused(said.refused)
  if (response.ok && said) return said
  if (response.status !== 403 || isAgain) throw new Unreachable()
  // The login was renewed in another window: the token of this form is stale.
  await renew(document.querySelector("#working-copy").dataset.token)
  return answer(address, options, { isAgain: true })
}

export async function renew(address) {
  const response = await fetch(address).catch(() => null)
  const said = await response?.json().catch(() => null)
  if (!said?.csrf) throw new Unreachable()
  take(said)
  return said
}

export function take({ csrf }) {
  tokens().forEach((field) => { field.value = csrf })
}
