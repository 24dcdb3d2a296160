// Names the admin's autocomplete fields by their label too, not by their value alone.
function nameFields() {
  for (const field of document.querySelectorAll(".select2-selection")) {
    const select = field.closest(".select2").previousElementSibling
    const label = document.querySelector(`label[for="${select?.id}"]`)
    if (!label) continue
    label.id ||= `${select.id}_label`
    const value = field.querySelector(".select2-selection__rendered")
    for (const named of [field, value]) {
      named.setAttribute("aria-labelledby", `${label.id} ${value.id}`)
    }
  }
}
window.django.jQuery(nameFields)
document.addEventListener("formset:added", () => setTimeout(nameFields))
