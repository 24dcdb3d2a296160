// The second net: what is typed is kept in this browser too (IndexedDB, on the disk at once, as a
// browser may be killed), until the server says that it was saved or discarded. Few, for a month.

const MOST = 40
const KEPT_FOR = 30 * 24 * 3600 * 1000
let opening

function open() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("desk", 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore("copies", { keyPath: "window" })
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  return opening
}

async function work(mode, act) {
  const database = await open()
  return new Promise((resolve, reject) => {
    const change = database.transaction("copies", mode, { durability: "strict" })
    const asked = act(change.objectStore("copies"))
    change.oncomplete = () => resolve(asked.result)
    change.onabort = change.onerror = () => reject(change.error)
  })
}

// Each answers whether it could, or with what there is; none throws.
export const put = (copy) =>
  work("readwrite", (copies) => copies.put(copy)).then(() => true, () => false)

export const drop = (window) =>
  work("readwrite", (copies) => copies.delete(window)).then(() => true, () => false)

export async function all() {
  const found = await work("readonly", (copies) => copies.getAll()).catch(() => [])
  found.sort((one, other) => other.at - one.at)
  const isOld = (copy, index) => index >= MOST || copy.at < Date.now() - KEPT_FOR
  found.filter(isOld).forEach((copy) => drop(copy.window))
  return found.filter((copy, index) => !isOld(copy, index))
}
