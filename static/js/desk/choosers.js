// The admin's choosers are named by their value alone; name them by their label too.
function nameChoosers() {
  for (const chooser of document.querySelectorAll(".select2-selection")) {
    const select = chooser.closest(".select2").previousElementSibling
    const label = document.querySelector(`label[for="${select?.id}"]`)
    if (!label) continue
    label.id ||= `${select.id}_label`
    const value = chooser.querySelector(".select2-selection__rendered")
    for (const named of [chooser, value]) {
      named.setAttribute("aria-labelledby", `${label.id} ${value.id}`)
    }
  }
}
window.django.jQuery(nameChoosers)
document.addEventListener("formset:added", () => setTimeout(nameChoosers))
