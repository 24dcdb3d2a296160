// Lays out the articles of class "grid" as a layout program does: heads and pictures take their
// columns, and the copy flows through the frames that are left. Called with whether to shuffle.
(isShuffled) => {
  const number = (element, name) => Number(element.dataset[name]);

  function cut(paragraph, box, height) {
    const text = paragraph.textContent;
    let [least, most] = [0, text.length];
    while (least < most) {
      const middle = Math.ceil((least + most) / 2);
      paragraph.textContent = text.slice(0, middle);
      if (box.scrollHeight > height + 1) most = middle - 1;
      else least = middle;
    }
    while (least && '，。、；：！？”’）》'.includes(text[least])) least -= 1;
    while (least && '“‘（《'.includes(text[least - 1])) least -= 1;
    return least;
  }

  function fill(box, height, queue) {
    while (queue.length) {
      const next = queue[0].cloneNode(true);
      box.append(next);
      if (box.scrollHeight <= height + 1) {
        queue.shift();
        continue;
      }
      const text = queue[0].textContent;
      const isShort = ['byline', 'subhead'].includes(next.className);
      const length = isShort ? 0 : cut(next, box, height);
      if (length < 2 || text.length - length < 2) {
        next.remove();
        return;
      }
      next.textContent = text.slice(0, length);
      next.classList.add('cut');
      queue[0].textContent = text.slice(length);
      queue[0].classList.add('rest');
      return;
    }
  }

  function place(blocks, column, gutter, height, space) {
    const taken = [];
    for (const block of blocks) {
      const [from, to] = [number(block, 'from'), number(block, 'to')];
      block.style.left = `${from * (column + gutter)}px`;
      block.style.width = `${(to - from) * (column + gutter) - gutter}px`;
      const tall = block.dataset.tall ? height : block.offsetHeight;
      const over = taken.filter((each) => each.from < to && each.to > from);
      const first = over.length ? Math.max(...over.map((each) => each.bottom)) + space : 0;
      const top = Math.max(first, number(block, 'at') * (height - tall));
      block.style.top = `${top}px`;
      taken.push({from, to, top, bottom: top + tall});
    }
    return taken;
  }

  function lay(frame, height) {
    const [columns, column, gutter] = ['columns', 'column', 'gutter'].map((n) => number(frame, n));
    const line = number(frame, 'line');
    frame.querySelectorAll('.text').forEach((each) => each.remove());
    const blocks = [...frame.querySelectorAll('[data-from]')];
    const taken = place(blocks, column, gutter, height, line * 0.4);
    if (taken.some((each) => each.bottom > height + 1)) return false;
    const queue = [...frame.querySelector('.source').children].map((each) => each.cloneNode(true));
    for (let at = 0; at < columns; at += 1) {
      const inside = taken.filter((each) => each.from < at + 1 && each.to > at);
      let top = 0;
      const edges = [...inside.sort((a, b) => a.top - b.top), {top: height + line, bottom: 0}];
      for (const edge of edges) {
        const room = Math.floor((edge.top - line * 0.6 - top) / line + 0.01) * line;
        if (room >= 3 * line && queue.length) {
          const box = document.createElement('div');
          box.className = 'text';
          box.style.cssText =
            `left:${at * (column + gutter)}px;top:${top}px;width:${column}px;height:${room}px`;
          frame.append(box);
          fill(box, room, queue);
        }
        top = Math.max(top, edge.bottom + line * 0.4);
      }
    }
    return queue.length === 0;
  }

  for (const frame of document.querySelectorAll('.grid')) {
    const line = number(frame, 'line');
    let height = line * 8;
    while (!lay(frame, height) && height < 400 * line) height += line;
    frame.style.height = `${height}px`;
    frame.querySelector('.source').remove();
  }
  if (isShuffled) {
    document.querySelectorAll('.grid > *').forEach((each, at) => {
      each.style.zIndex = 1 + ((at * 7919) % 97);
    });
  }
}
