// Posts a form and returns the reply, which is JSON. Throws with the words that say what happened:
// `words` are the data attributes of the form (offline, login, failed, token).

export async function post(words, data, { isAgain = false } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": token().value }
  const response = await fetch(location.href, { method: "POST", body: data, headers })
    .catch(() => { throw new Error(words.offline) })
  const reply = await response.json().catch(() => null)
  if (reply) return reply
  if (response.status === 403 && !isAgain && await renewToken(words.token)) {
    return post(words, data, { isAgain: true })
  }
  throw new Error(response.ok || response.status === 403 ? words.login : words.failed)
}

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")

// The login may have been renewed in another window: the token of this page is stale then.
async function renewToken(address) {
  const reply = await fetch(address).then((response) => response.json()).catch(() => null)
  if (reply?.csrf) token().value = reply.csrf
  return Boolean(reply?.csrf)
}
