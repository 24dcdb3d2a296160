// The reading of a page, corrected with keys, the mouse or a finger. Every step is sent at once
// and the page comes back as the server has it. Without this file the same buttons and links do
// the same, a page at a time.

const CARRY_FROM = 6;
const EDGE = 70;
// Keys that press a button, by where they lie on the keyboard: an input method changes nothing.
const PRESSED = {
  KeyJ: "join", KeyP: "part", KeyB: "begin", KeyM: "merge", Enter: "confirm",
  KeyU: "undo", KeyR: "redo",
};
const KINDS = {
  1: "column", 2: "kicker", 3: "headline", 4: "deck", 5: "body", 6: "subhead", 7: "caption",
  8: "credit", 9: "byline", 0: "furniture",
};
const MORE_KINDS = { KeyN: "note", KeyQ: "source", KeyL: "signoff", KeyV: "verse" };

const said = document.getElementById("galley-said");
let sent = Promise.resolve();
let waiting = 0;

const galley = () => document.getElementById("galley");
const form = () => document.getElementById("galley-form");
const lines = () => [...galley().querySelectorAll(".lines li")];
const chosen = () => galley().querySelector(".lines li.chosen");
const line = (index) => document.getElementById(`block-${index}`);

function say(words) {
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
}

// Scrolls the side in which an element stands, never the page; where the sides do not scroll
// (on a phone) the page only for a line that was chosen.
function reveal(element, { page = false } = {}) {
  const side = element.closest(".lines, .items");
  if (side.scrollHeight <= side.clientHeight) {
    if (page) element.scrollIntoView({ block: "nearest" });
    return;
  }
  const box = element.getBoundingClientRect();
  const view = side.getBoundingClientRect();
  if (box.top < view.top + EDGE) side.scrollTop += box.top - view.top - EDGE;
  else if (box.bottom > view.bottom - EDGE) side.scrollTop += box.bottom - view.bottom + EDGE;
}

// Choosing a line

function choose(item, { focus = true } = {}) {
  if (!item) return;
  for (const each of lines()) {
    const is = each === item;
    each.classList.toggle("chosen", is);
    const link = each.querySelector("a");
    link.tabIndex = is ? 0 : -1;
    if (is) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  form().elements.block.value = item.dataset.block;
  const text = item.querySelector(".text").textContent;
  const told = galley().querySelector(".chosen");
  told.textContent = `${item.querySelector(".number").textContent} ${item.querySelector(".kind").textContent.trim()} · ${item.dataset.why} · ${text.slice(0, 40)}`;
  mark(item.dataset.block);
  reveal(item, { page: focus });
  if (focus) item.querySelector("a").focus({ preventScroll: true });
}

// Shows in the articles where the words of the line went.
function mark(index) {
  for (const each of galley().querySelectorAll(".items .marked")) each.classList.remove("marked");
  const pieces = galley().querySelectorAll(`.items [data-goto="${index}"]`);
  for (const piece of pieces) piece.classList.add("marked");
  if (pieces.length) reveal(pieces[0]);
}

function step(by) {
  const all = lines();
  const item = all[all.indexOf(chosen()) + by];
  choose(item);
}

function nextDoubt() {
  const all = lines();
  const at = all.indexOf(chosen());
  const doubts = all.filter((each) => each.classList.contains("doubtful"));
  choose(doubts.find((each) => all.indexOf(each) > at) ?? doubts[0]);
}

// Sending a step, showing what came back

async function show(response) {
  const text = await response.text();
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("galley");
  if (!fresh) return false;
  const scrolled = [...galley().querySelectorAll(".sides > section")].map((each) => each.scrollTop);
  galley().replaceWith(document.adoptNode(fresh));
  if (response.redirected) history.replaceState(null, "", response.url);
  galley().querySelectorAll(".sides > section").forEach((each, side) => {
    each.scrollTop = scrolled[side];
  });
  choose(chosen());
  const words = fresh.querySelector("[data-said]");
  if (words) say(words.innerText);
  return true;
}

function submitPlainly(data) {
  const plain = document.createElement("form");
  plain.method = "post";
  for (const [name, value] of data) {
    plain.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(plain);
  plain.submit();
}

async function deliver(data) {
  try {
    const response = await fetch(location.pathname, { method: "POST", body: data });
    if (!(await show(response))) submitPlainly(data);
  } catch {
    say(galley().dataset.failed);
  }
}

// One step after the other: each is made on what the one before left.
function send(facts, block = form().elements.block.value) {
  waiting += 1;
  sent = sent.then(() => {
    const data = new FormData(form());
    data.set("block", block);
    data.delete("value");
    for (const [name, value] of Object.entries(facts)) data.set(name, value);
    return deliver(data);
  }).finally(() => { waiting -= 1; });
}

// The drafts are made of what the last step left.
function store() {
  sent = sent.then(() => form().requestSubmit(form().elements.store));
}

function press(name, value) {
  const button = galley().querySelector(`button[name="${name}"][value="${value}"]`);
  if (button && !button.disabled) send({ [name]: value });
}

// Cutting a line in two

function openCut() {
  const dialog = document.getElementById("cutting");
  const field = dialog.querySelector("textarea");
  const whole = chosen().querySelector(".text").textContent;
  field.value = whole;
  // A field that is read only has no cursor; this one has, and keeps its words.
  field.oninput = () => { field.value = whole; };
  dialog.showModal();
  field.focus();
  const middle = Math.floor(field.value.length / 2);
  field.setSelectionRange(middle, middle);
}

function cut() {
  const dialog = document.getElementById("cutting");
  // The server counts characters, a text field halves of them.
  const field = dialog.querySelector("textarea");
  const at = [...field.value.slice(0, field.selectionStart)].length;
  dialog.close();
  send({ act: "split", value: at });
}

// Keys

function key(event) {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === "Enter") return store;
  if (control && event.code === "KeyZ") return () => press("act", event.shiftKey ? "redo" : "undo");
  if (control && event.code === "KeyY") return () => press("act", "redo");
  if (event.altKey && event.key === "ArrowUp") return () => press("act", "up");
  if (event.altKey && event.key === "ArrowDown") return () => press("act", "down");
  if (control || event.altKey) return null;
  if (event.key === "ArrowUp") return () => step(-1);
  if (event.key === "ArrowDown") return () => step(1);
  if (event.code === "KeyD") return nextDoubt;
  if (event.code === "KeyS") return openCut;
  if (event.key === "?") return () => galley().querySelector(".tools details").toggleAttribute("open");
  return letter(event);
}

function letter({ code }) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit) return () => press("kind", KINDS[digit[1]]);
  if (code in MORE_KINDS) return () => press("kind", MORE_KINDS[code]);
  if (code in PRESSED) return () => press("act", PRESSED[code]);
  return null;
}

document.addEventListener("keydown", (event) => {
  const dialog = document.getElementById("cutting");
  if (dialog?.open) {
    if (event.key === "Enter" && !event.target.matches("button")) {
      event.preventDefault();
      cut();
    }
    return;
  }
  const onLine = event.target.closest("#galley .lines");
  const typing = event.target.matches("input, textarea, select, button, summary");
  const elsewhere = event.target.closest("a") && !onLine;
  if (!galley() || typing && event.key !== "ArrowUp" && !event.ctrlKey && !event.metaKey) return;
  if (elsewhere && event.key === "Enter" && !event.ctrlKey) return;
  const act = key(event);
  if (!act) return;
  event.preventDefault();
  act();
});

// The mouse and the finger

document.addEventListener("click", (event) => {
  if (drag?.isOn) {
    event.preventDefault();
    return;
  }
  const there = event.target.closest("#galley [data-goto]");
  const own = event.target.closest("#galley .lines li");
  if (own || there) {
    event.preventDefault();
    choose(own ?? line(there.dataset.goto));
  }
  const button = event.target.closest("#cutting button");
  if (button?.value === "cut") cut();
  else if (button) document.getElementById("cutting").close();
}, true);

document.addEventListener("dblclick", (event) => {
  if (event.target.closest("#galley .lines .text")) openCut();
});

let drag = null;

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("#galley .grip");
  if (!grip || event.button) return;
  event.preventDefault();
  drag = { item: grip.closest("li"), x: event.clientX, y: event.clientY, isOn: false, target: null };
  grip.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > CARRY_FROM;
  if (!drag.isOn && !far) return;
  drag.isOn = true;
  drag.item.classList.add("held");
  aim(event.clientX, event.clientY);
});

function aim(x, y) {
  if (y < EDGE) scrollBy(0, -EDGE / 4);
  if (y > innerHeight - EDGE) scrollBy(0, EDGE / 4);
  drag.target?.element.classList.remove("aimed", "aimed-below");
  drag.target = targetAt(x, y);
  drag.target?.element.classList.add(drag.target.isBelow ? "aimed-below" : "aimed");
}

// Where a line would go: between two lines, to the end of an article, or it would be made a kind.
function targetAt(x, y) {
  const under = document.elementFromPoint(x, y);
  const kind = under?.closest(".kinds button");
  if (kind) return { element: kind, facts: { kind: kind.value } };
  const item = under?.closest(".items .item");
  if (item) return { element: item, facts: { act: "move", value: item.dataset.end } };
  const other = under?.closest(".lines li");
  if (!other || other === drag.item) return null;
  const box = other.getBoundingClientRect();
  const isBelow = y > box.top + box.height / 2;
  const before = Number(other.dataset.block) + (isBelow ? 1 : 0);
  return { element: other, isBelow, facts: { act: "move", value: before } };
}

function drop() {
  drag.item.classList.remove("held");
  drag.target?.element.classList.remove("aimed", "aimed-below");
  if (drag.isOn && drag.target) send(drag.target.facts, drag.item.dataset.block);
  // The click that ends a drag chooses nothing.
  setTimeout(() => { drag = null; });
}

document.addEventListener("pointerup", () => { if (drag) drop(); });
document.addEventListener("pointercancel", () => {
  if (!drag) return;
  drag.target = null;
  drop();
});

// The buttons

document.addEventListener("submit", (event) => {
  if (event.target.id !== "galley-form") return;
  const button = event.submitter;
  if (!button || (button.name === "store" && !waiting)) return;
  event.preventDefault();
  if (button.name === "store") return store();
  if (button.value === "split") openCut();
  else send({ [button.name]: button.value });
});

document.documentElement.classList.add("scripted");
choose(chosen(), { focus: false });
