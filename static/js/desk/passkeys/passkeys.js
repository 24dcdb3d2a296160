// Passkeys (WebAuthn): asks the browser to make one, or to sign with one. Both take the options of the
// server as JSON, resolve to the answer as JSON, and throw where the device or its owner refuses.

// Only over https, or on one's own computer.
export const isKnown = "PublicKeyCredential" in window

export async function make(json) {
  const options = JSON.parse(json)
  const publicKey = {
    ...options, challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(toKey),
  }
  const made = await navigator.credentials.create({ publicKey })
  return toAnswer(made, ["clientDataJSON", "attestationObject"])
}

export async function sign(json) {
  const options = JSON.parse(json)
  const publicKey = {
    ...options, challenge: toBytes(options.challenge), allowCredentials: options.allowCredentials.map(toKey),
  }
  const signed = await navigator.credentials.get({ publicKey })
  return toAnswer(signed, ["clientDataJSON", "authenticatorData", "signature"])
}

const toKey = (key) => ({ ...key, id: toBytes(key.id) })

function toAnswer({ id, rawId, type, response }, names) {
  const parts = Object.fromEntries(names.map((name) => [name, toText(response[name])]))
  return JSON.stringify({ id, rawId: toText(rawId), type, response: parts })
}

// base64url, which not every browser reads and writes by itself.
function toBytes(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

function toText(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}
