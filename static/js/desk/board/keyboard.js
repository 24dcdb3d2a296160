// The keys of the board: on a handle, Alt with the arrow keys moves an article at once; the space
// bar picks it up, arrow keys carry it, Enter puts it down, Escape puts it back.

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

export function enableKeys(board) {
  document.addEventListener("keydown", (event) => {
    if (board.carried) carry(board, event)
    else press(board, event)
  })
}

function carry(board, event) {
  const { article } = board.carried
  event.preventDefault()
  if (event.key in ARROWS) {
    if (board.shift(article, ARROWS[event.key])) board.announcePlace(article)
  } else if (event.key === "Enter" || event.key === " ") {
    if (!board.putDown()) board.announce(board.words.back)
  } else if (event.key === "Escape" || event.key === "Tab") {
    board.putBack()
    board.announce(board.words.back)
  }
}

function press(board, event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.matches("input")) {
    document.querySelector("#board .undo")?.requestSubmit()
  }
  const article = event.target.closest("#board .piece")
  if (!article?.querySelector(".grip")) return
  if (event.altKey && event.key in ARROWS) {
    event.preventDefault()
    shiftAndSave(board, article.dataset.article, ARROWS[event.key])
  } else if (event.key === " " && event.target.matches(".grip")) {
    event.preventDefault()
    if (board.pending) return
    board.pickUp(article)
    board.announce(board.words.held.replace("{article}", article.dataset.title))
  }
}

function shiftAndSave(board, id, arrow) {
  board.enqueue(async () => {
    const article = board.article(id)
    if (article && board.shift(article, arrow)) await board.savePlace(article)
  })
}
