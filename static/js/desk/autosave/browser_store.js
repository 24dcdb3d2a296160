// Autosaved text in this browser (IndexedDB, written to disk at once, as a browser may be killed),
// until the server has it saved or discarded. At most 40 copies, for a month.

const MAXIMUM = 40
const KEPT_FOR = 30 * 24 * 3600 * 1000
let opening

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("desk", 1)
    request.onupgradeneeded = () => request.result.createObjectStore("copies", { keyPath: "window" })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

async function transact(mode, act) {
  const database = await open()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("copies", mode, { durability: "strict" })
    const request = act(transaction.objectStore("copies"))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
}

// Each resolves to whether it worked, or to what there is; none throws.
export const put = (copy) =>
  transact("readwrite", (copies) => copies.put(copy)).then(() => true, () => false)

export const drop = (window) =>
  transact("readwrite", (copies) => copies.delete(window)).then(() => true, () => false)

export async function all() {
  const found = await transact("readonly", (copies) => copies.getAll()).catch(() => [])
  found.sort((one, other) => other.at - one.at)
  const isOld = (copy, index) => index >= MAXIMUM || copy.at < Date.now() - KEPT_FOR
  found.filter(isOld).forEach((copy) => drop(copy.window))
  return found.filter((copy, index) => !isOld(copy, index))
}
