// Ticking articles on the board: all of a page by one box, a range with Shift; how many are ticked.

let last = null

export function enableTicks(board) {
  showTicks(board)
  document.addEventListener("click", (event) => {
    const box = event.target
    if (box.matches("#board [data-tick-page]")) tickPage(box)
    else if (box.matches("#board [name=tick]")) tickRange(board, box, event.shiftKey)
    else return
    showTicks(board)
  })
}

export function tickedArticles(board) {
  return [...board.element.querySelectorAll("[name=tick]:checked")].map((box) => box.closest(".piece").id)
}

// Ticks articles in a new board.
export function tickAgain(board, ids) {
  for (const box of board.element.querySelectorAll("[name=tick]")) {
    box.checked = ids.includes(box.closest(".piece").id)
  }
  showTicks(board)
}

// Shows the boxes of the pages, which need a script, and how many articles are ticked.
function showTicks(board) {
  for (const box of board.element.querySelectorAll("[data-tick-page]")) {
    const boxes = boxesOf(box)
    box.hidden = boxes.length === 0
    box.checked = boxes.length > 0 && boxes.every((each) => each.checked)
  }
  const count = board.element.querySelector("[data-tick-count]")
  if (!count) return
  const number = board.element.querySelectorAll("[name=tick]:checked").length
  count.textContent = board.words.ticked.replace("{number}", number)
}

function boxesOf(pageBox) { return [...pageBox.closest(".sheet").querySelectorAll("[name=tick]")] }

function tickPage(pageBox) {
  for (const box of boxesOf(pageBox)) box.checked = pageBox.checked
}

function tickRange(board, box, isRange) {
  const boxes = [...board.element.querySelectorAll("[name=tick]")]
  const ends = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other)
  if (isRange && ends[0] >= 0) {
    for (const each of boxes.slice(ends[0], ends[1] + 1)) each.checked = box.checked
  }
  last = box
}
