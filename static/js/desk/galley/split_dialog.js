// The dialog that cuts the chosen line in two at the cursor.

export function openSplitDialog(galley) {
  const field = galley.splitDialog.querySelector("textarea")
  const whole = galley.chosen.querySelector(".text").textContent
  field.value = whole
  // A read-only field has no cursor; this one has, and cannot be changed.
  field.oninput = () => { field.value = whole }
  galley.splitDialog.showModal()
  field.focus()
  const middle = Math.floor(field.value.length / 2)
  field.setSelectionRange(middle, middle)
}

export function splitAtCursor(galley) {
  const field = galley.splitDialog.querySelector("textarea")
  // The server counts characters, a text field UTF-16 code units.
  const at = [...field.value.slice(0, field.selectionStart)].length
  galley.splitDialog.close()
  galley.correct({ act: "split", value: at })
}
