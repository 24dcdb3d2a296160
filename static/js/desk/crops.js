// The crops of a photo, seen at once: a canvas for each shape shows what the numbers beside it
// say, or the crop around the focal point where they are empty. Dragging it changes the numbers.

const WIDTH = 200
const image = document.querySelector(".imagefield-preview-image")
const shapes = image ? [...document.querySelectorAll(".crop")].map(shapeOf) : []

function shapeOf(element) {
  const [left, top, width] = element.querySelectorAll("input")
  return { canvas: element.querySelector("canvas"), ratio: Number(element.dataset.ratio), left, top, width }
}

// The height of a crop, as a part of the picture's, that is as wide as `width` of the picture.
function heightOf({ ratio }, width) {
  return width * image.naturalWidth / (ratio * image.naturalHeight)
}

const clamp = (value, most) => Math.min(Math.max(value, 0), Math.max(most, 0))

function cropOf(shape) {
  if (shape.width.value === "") return automaticCrop(shape)
  const [left, top, width] = [shape.left, shape.top, shape.width].map((input) => Number(input.value) / 100)
  return { left, top, width, height: heightOf(shape, width) }
}

function automaticCrop(shape) {
  const width = Math.min(1, 1 / heightOf(shape, 1))
  const height = heightOf(shape, width)
  const focus = document.getElementById("id_focus").value.split("x").map(Number)
  const [x, y] = focus.length === 2 ? focus : [0.5, 0.5]
  return { left: clamp(x - width / 2, 1 - width), top: clamp(y - height / 2, 1 - height), width, height }
}

function draw() {
  for (const shape of shapes) {
    const { canvas, ratio } = shape
    const { left, top, width, height } = cropOf(shape)
    const [wide, high] = [image.naturalWidth, image.naturalHeight]
    canvas.hidden = false
    canvas.width = WIDTH
    canvas.height = Math.round(WIDTH / ratio)
    canvas.getContext("2d").drawImage(
      image, left * wide, top * high, width * wide, height * high, 0, 0, canvas.width, canvas.height,
    )
  }
}

function write(shape, { left, top, width }) {
  shape.left.value = (left * 100).toFixed(1)
  shape.top.value = (top * 100).toFixed(1)
  shape.width.value = (Math.floor(width * 1000) / 10).toFixed(1)
  shape.width.dispatchEvent(new Event("input", { bubbles: true }))
}

function listenForDrags(shape) {
  let start = null
  shape.canvas.addEventListener("pointerdown", (event) => {
    shape.canvas.setPointerCapture(event.pointerId)
    start = { x: event.clientX, y: event.clientY, crop: cropOf(shape) }
  })
  shape.canvas.addEventListener("pointermove", (event) => {
    if (!start) return
    const { width, height, ...crop } = start.crop
    const left = clamp(crop.left - (event.clientX - start.x) / shape.canvas.clientWidth * width, 1 - width)
    const top = clamp(crop.top - (event.clientY - start.y) / shape.canvas.clientHeight * height, 1 - height)
    write(shape, { left, top, width })
  })
  for (const end of ["pointerup", "pointercancel"]) {
    shape.canvas.addEventListener(end, () => { start = null })
  }
}

if (shapes.length) {
  shapes.forEach(listenForDrags)
  image.closest("form").addEventListener("input", draw)
  image.addEventListener("load", draw)
  // The image field hears the click on the body, after this.
  image.addEventListener("click", () => setTimeout(draw))
  if (image.complete) draw()
}
