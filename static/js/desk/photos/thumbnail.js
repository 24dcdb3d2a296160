// Small pictures of chosen files, drawn one after the other. On a canvas: the policy of the page
// allows no pictures but the site's own.

const SIDE = 240
let last = Promise.resolve()

// Puts a small picture of a file into a place, unless something is there by then.
export function drawThumbnail(file, place) {
  last = last.then(async () => {
    if (place.firstChild || !place.isConnected) return
    const picture = await createImageBitmap(file, { resizeWidth: SIDE, resizeQuality: "low" }).catch(() => null)
    if (!picture || place.firstChild) return
    const canvas = document.createElement("canvas")
    Object.assign(canvas, { width: picture.width, height: picture.height })
    canvas.setAttribute("aria-hidden", "true")
    canvas.getContext("2d").drawImage(picture, 0, 0)
    picture.close()
    place.replaceChildren(canvas)
  })
}
