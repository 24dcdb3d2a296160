// The board of an issue: articles are moved with the mouse, a finger or the keyboard. Every move
// is sent at once and the board comes back as the server has it. Without this file the same
// buttons and links do the same, a page at a time.

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const CARRY_FROM = 6;
const EDGE = 70;

const said = document.getElementById("board-said");
let sent = Promise.resolve();
let waiting = 0;
let carried = null;

const board = () => document.getElementById("board");
const lists = () => [...board().querySelectorAll(".pieces")];
const pieceOf = (id) => document.getElementById(`article-${id}`);

function say(words) {
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
}

function placeOf(piece) {
  const list = piece.parentElement;
  const pieces = [...list.children];
  return { list, place: pieces.indexOf(piece) + 1, total: pieces.length };
}

function sayPlace(piece) {
  const { list, place, total } = placeOf(piece);
  const words = board().dataset.at.replace("{page}", list.dataset.title);
  say(words.replace("{place}", place).replace("{total}", total));
}

// Shows what the server answered; where it is no board (a lost login), the browser goes there.
async function show(response, refocus) {
  const text = await response.text();
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("board");
  if (!fresh) return false;
  board().replaceWith(document.adoptNode(fresh));
  if (response.redirected) history.replaceState(null, "", response.url);
  refocus();
  const words = fresh.querySelector("[data-said]");
  if (words && !words.closest("[role=alert]")) say(words.innerText);
  return true;
}

function submitPlainly(data) {
  const form = document.createElement("form");
  form.method = "post";
  for (const [name, value] of data) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

async function deliver(data, refocus) {
  try {
    const response = await fetch(location.pathname, { method: "POST", body: data });
    if (!(await show(response, refocus))) submitPlainly(data);
  } catch {
    say(board().dataset.failed);
  }
}

// One thing after the other: what comes next looks at the board that the last one left.
function enqueue(job) {
  waiting += 1;
  sent = sent.then(job).finally(() => { waiting -= 1; });
}

const seenNow = () => board().querySelector("#board-form [name=seen]").value;

function focusPiece(id, selector = ".grip") {
  const piece = pieceOf(id);
  const target = piece?.querySelector(`${selector}:not(:disabled)`) ?? piece?.querySelector(".grip");
  target?.focus();
  piece?.scrollIntoView({ block: "nearest" });
}

function put(piece) {
  const { list, place } = placeOf(piece);
  const data = new FormData(document.getElementById("board-form"));
  data.set("article", piece.dataset.article);
  data.set("page", list.dataset.page);
  data.set("place", place);
  return deliver(data, () => focusPiece(piece.dataset.article));
}

// Stands the piece one place or one page further, on the screen only.
function step(piece, [pages, places]) {
  const { list, place } = placeOf(piece);
  const others = lists();
  const target = pages ? others[others.indexOf(list) + pages] : list;
  const index = pages ? place - 1 : place - 1 + places;
  const rest = target ? [...target.children].filter((each) => each !== piece) : [];
  if (!target || index < 0 || (!pages && index > rest.length)) {
    say(board().dataset.end);
    return false;
  }
  target.insertBefore(piece, rest[index] ?? null);
  piece.querySelector(".grip").focus();
  piece.scrollIntoView({ block: "nearest" });
  return true;
}

// Picking up, carrying, putting down

function pickUp(piece) {
  carried = { piece, list: piece.parentElement, next: piece.nextElementSibling };
  piece.classList.add("held");
}

function letGo() {
  const { piece, list, next } = carried;
  list.insertBefore(piece, next);
  putDown();
  piece.querySelector(".grip").focus();
}

function putDown() {
  carried.piece.classList.remove("held");
  const isMoved =
    carried.piece.parentElement !== carried.list || carried.piece.nextElementSibling !== carried.next;
  carried = null;
  return isMoved;
}

function carryByKey(event) {
  const { piece } = carried;
  event.preventDefault();
  if (event.key in ARROWS) {
    if (step(piece, ARROWS[event.key])) sayPlace(piece);
  } else if (event.key === "Enter" || event.key === " ") {
    if (putDown()) enqueue(() => put(piece));
    else say(board().dataset.back);
  } else if (event.key === "Escape" || event.key === "Tab") {
    letGo();
    say(board().dataset.back);
  }
}

function stepAtOnce(id, arrow) {
  enqueue(async () => {
    const piece = pieceOf(id);
    if (piece && step(piece, arrow)) await put(piece);
  });
}

document.addEventListener("keydown", (event) => {
  if (carried) return carryByKey(event);
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.matches("input")) {
    document.querySelector("#board .undo")?.requestSubmit();
  }
  const piece = event.target.closest("#board .piece");
  if (!piece?.querySelector(".grip")) return;
  if (event.altKey && event.key in ARROWS) {
    event.preventDefault();
    stepAtOnce(piece.dataset.article, ARROWS[event.key]);
  } else if (event.key === " " && event.target.matches(".grip")) {
    event.preventDefault();
    if (waiting) return;
    pickUp(piece);
    say(board().dataset.held.replace("{article}", piece.dataset.title));
  }
});

// The mouse and the finger

let drag = null;

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("#board .grip");
  if (!grip || event.button || carried || waiting) return;
  drag = { grip, x: event.clientX, y: event.clientY, isOn: false };
  grip.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > CARRY_FROM;
  if (!drag.isOn && !far) return;
  if (!drag.isOn) pickUp(drag.grip.closest(".piece"));
  drag.isOn = true;
  if (!carried) return;
  carryTo(event.clientX, event.clientY);
});

function carryTo(x, y) {
  if (y < EDGE) scrollBy(0, -EDGE / 4);
  if (y > innerHeight - EDGE) scrollBy(0, EDGE / 4);
  const under = document.elementFromPoint(x, y);
  const list = under?.closest(".sheet, .beside")?.querySelector(".pieces");
  if (!list) return;
  const rest = [...list.children].filter((each) => each !== carried.piece);
  const before = rest.find((each) => {
    const box = each.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  if (carried.piece.parentElement !== list || carried.piece.nextElementSibling !== (before ?? null)) {
    list.insertBefore(carried.piece, before ?? null);
  }
}

document.addEventListener("pointerup", () => {
  if (!drag?.isOn) {
    drag = null;
    return;
  }
  if (carried) {
    const { piece } = carried;
    if (putDown()) enqueue(() => put(piece));
  }
  // The click that ends a drag follows no link.
  setTimeout(() => { drag = null; });
});

document.addEventListener("pointercancel", () => {
  if (carried && drag?.isOn) letGo();
  drag = null;
});

document.addEventListener("click", (event) => {
  if (drag?.isOn) event.preventDefault();
}, true);

document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("#board .grip")) event.preventDefault();
});

// The buttons and the panel

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#board")) return;
  event.preventDefault();
  const button = event.submitter;
  const data = new FormData(event.target, button);
  const id = data.get("article") ?? (["up", "down"].includes(button?.name) ? button.value : null);
  enqueue(() => {
    if (button?.name) data.set("seen", seenNow());
    return deliver(data, () => {
      if (id) focusPiece(id, button?.name ? `[name=${button.name}]` : ".grip");
      else board().querySelector(`[name=${button.name}][value="${button.value}"]`)?.focus();
    });
  });
});
