// Makes the photos of the tray captions of the article, in the order in which they were chosen.

import { appendRow } from "../ordered_rows.js"

// Adds a row for each card that is done, up to the first one that is still on its way.
export function insertCaptions(cards) {
  for (const card of cards) {
    if (card.isOpen) return
    if (card.photo && !card.isInserted) {
      card.isInserted = true
      insertCaption(card.photo)
    }
  }
}

function insertCaption(photo) {
  const row = appendRow(document.querySelector('[data-rows="captions"]'))
  choosePhoto(row.querySelector("select[name$='-photo']"), photo)
  return row
}

// Sets the photo of a row; its draft of a caption is taken where the row has no words yet.
export function choosePhoto(select, photo) {
  const key = String(photo.key)
  if (![...select.options].some((option) => option.value === key)) select.add(new Option(photo.label, key))
  select.value = key
  select.dispatchEvent(new Event("change", { bubbles: true }))
  const words = select.closest(".row").querySelector("textarea[name$='-words']")
  if (words && !words.value) words.value = photo.facts?.words ?? ""
  select.dispatchEvent(new Event("input", { bubbles: true }))
}

// Puts the place of a row's photo into the text, where the cursor is. The text names a photo by its
// uid, which the address of its thumbnail leads to; the row has its key.
export async function placeInText(select) {
  const response = await fetch(select.dataset.thumbnail.replace("/0/", `/${select.value}/`)).catch(() => null)
  const photo = /\/photos\/([0-9a-f-]{36})\//.exec(response?.url ?? "")?.[1]
  const status = select.closest("[data-rows]").querySelector("[role=status]")
  const { placed, failed } = document.querySelector("#photo-chooser").dataset
  status.textContent = photo ? placed : failed
  if (photo) document.querySelector("[data-body-editor]")
    ?.dispatchEvent(new CustomEvent("photo:placed", { detail: { photo } }))
}
