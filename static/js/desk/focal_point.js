// The focal point of a picture by keyboard: a slider for each direction, beside the click on the
// picture that the image field brings. Both write the same hidden field.

for (const field of document.querySelectorAll(".imagefield[data-ppoi-id]")) {
  const stored = document.getElementById(field.dataset.ppoiId)
  if (stored) addSliders(field, stored)
}

function addSliders(field, stored) {
  const sliders = [...field.querySelectorAll("[type=range]")]
  const image = field.querySelector("img")

  const show = () => {
    const at = /^([.\d]+)x([.\d]+)$/.exec(stored.value)
    sliders.forEach((slider, axis) => { slider.value = at ? Number(at[axis + 1]) * 100 : 50 })
  }

  field.querySelector(".focus-sliders").hidden = false
  show()
  field.addEventListener("input", (event) => {
    if (!sliders.includes(event.target)) return
    const [x, y] = sliders.map((slider) => Number(slider.value) / 100)
    const point = field.querySelector(".imagefield-point")
    stored.value = `${x.toFixed(3)}x${y.toFixed(3)}`
    point.style.left = `${image.clientWidth * x}px`
    point.style.top = `${image.clientHeight * y}px`
  })
  // The image field hears the click on the body, after this.
  image.addEventListener("click", () => setTimeout(show))
}
