// Measures a page as it stands in the window: rows, excerpts, headlines, contents, faces.
// All lengths are CSS pixels; the caller adds up and judges.
async () => {
  const SHOWN = "p, h1, h2, h3, h4, img, figcaption, li";
  const visible = (element) => element.getClientRects().length > 0 && element.offsetWidth > 1;
  const count = (text) => text.replace(/\s/g, "").length;
  const area = (box) => box.width * box.height;

  const bottom = (element) => {
    const shown = [...element.querySelectorAll(SHOWN)].filter(visible);
    return Math.max(element.getBoundingClientRect().top, ...shown.map((each) => each.getBoundingClientRect().bottom));
  };

  // The void beside a picture that stands next to its text, in the same article.
  const inside = (article) => {
    const picture = article.querySelector(":scope > .pic"), text = article.querySelector(":scope > .txt");
    if (!picture || !text) return { hole: 0, width: 0 };
    const box = picture.getBoundingClientRect(), words = text.getBoundingClientRect();
    if (words.left < box.right - 1 && box.left < words.right - 1) return { hole: 0, width: 0 };
    const ends = Math.max(bottom(text), ...[...article.querySelectorAll(":scope > .meta")].map(bottom));
    const hole = box.bottom - ends;
    return { hole: Math.abs(hole), width: hole > 0 ? words.width : box.width };
  };

  const row = (element) => {
    const cells = [...element.children];
    const ends = cells.map(bottom), end = Math.max(...ends);
    const box = element.getBoundingClientRect();
    const holes = cells.map((cell, at) => ({ hole: end - ends[at], width: cell.getBoundingClientRect().width }));
    for (const article of element.querySelectorAll("article")) holes.push(inside(article));
    return {
      pattern: element.className,
      heads: [...element.querySelectorAll(".hed, .vh")].map((head) => head.textContent.trim()),
      area: box.width * (end - box.top),
      hole: Math.max(...holes.map((each) => each.hole)),
      empty: holes.reduce((sum, each) => sum + each.hole * each.width, 0),
    };
  };

  // Cells of a grid or of columns: what is empty below each until its row of the grid ends.
  const grid = (element, selector) => {
    const items = [...element.querySelectorAll(selector)].filter(visible);
    const boxes = items.map((item) => ({ item, box: item.getBoundingClientRect(), end: bottom(item) }));
    const rows = new Map();
    for (const each of boxes) {
      const top = Math.round(each.box.top);
      rows.set(top, [...(rows.get(top) ?? []), each]);
    }
    const whole = element.getBoundingClientRect();
    const used = boxes.reduce((sum, { box, end }) => sum + box.width * (end - box.top), 0);
    const holes = [...rows.values()].map((row) => {
      const end = Math.max(...row.map((each) => each.end));
      return Math.max(...row.map((each) => end - each.end));
    });
    return { holes, area: area(whole), empty: Math.max(0, area(whole) - used) };
  };

  // Items that flow through columns: what is empty under each column.
  const columns = (element, selector) => {
    const items = [...element.querySelectorAll(selector)].filter(visible);
    const pieces = items.flatMap((item) => [...item.getClientRects()]);
    const ends = new Map();
    for (const piece of pieces) {
      const left = Math.round(piece.left / 8);
      ends.set(left, Math.max(ends.get(left) ?? 0, piece.bottom));
    }
    const whole = element.getBoundingClientRect(), last = Math.max(...ends.values());
    const used = pieces.reduce((sum, piece) => sum + area(piece), 0);
    const holes = [...ends.values()].map((end) => last - end);
    return { holes, area: area(whole), empty: Math.max(0, area(whole) - used) };
  };

  const excerpt = (article) => {
    const words = article.querySelector(".txt, .photo figcaption");
    const total = Number((article.querySelector(".meta")?.textContent.match(/\d+/) ?? [0])[0]);
    const cell = article.closest(".row > *");
    const last = article === [...cell.querySelectorAll("article")].at(-1);
    const row = article.closest(".row");
    const end = Math.max(...[...row.children].map(bottom));
    const below = last ? end - bottom(cell) : 0;
    const height = words ? words.getBoundingClientRect().height : 0;
    const beside = inside(article).hole;
    return { height, room: height + Math.max(below, beside), total, shown: words ? count(words.textContent) : 0 };
  };

  const lines = (element) => {
    const found = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < node.length; at += 1) {
        if (!node.data[at].trim()) continue;
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (!box) continue;
        const last = found.at(-1);
        if (last && Math.abs(last.middle - (box.top + box.bottom) / 2) < box.height / 2) last.text += node.data[at];
        else found.push({ middle: (box.top + box.bottom) / 2, text: node.data[at] });
      }
    }
    return found.map((line) => line.text);
  };

  const headline = (element) => {
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const height = parseFloat(style.lineHeight), box = element.getBoundingClientRect();
    return {
      text: element.textContent.trim(),
      lines: lines(element),
      height: box.height / height,
      perLine: Math.floor((box.width + 1) / size),
    };
  };

  const face = (image) => {
    const canvas = document.createElement("canvas");
    const box = image.getBoundingClientRect();
    const [width, height] = [Math.round(box.width), Math.round(box.height)];
    if (!image.complete || !image.naturalWidth || !width || !height) return null;
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext("2d");
    const covers = getComputedStyle(image).objectFit === "cover";
    const scale = covers ? Math.max(width / image.naturalWidth, height / image.naturalHeight) : 0;
    const [across, down] = covers ? [image.naturalWidth * scale, image.naturalHeight * scale] : [width, height];
    const [x, y] = getComputedStyle(image).objectPosition.split(" ").map((part) => parseFloat(part) / 100);
    pen.drawImage(image, (width - across) * x, (height - down) * y, across, down);
    const { data } = pen.getImageData(0, 0, width, height);
    const edge = { top: height, bottom: -1, left: width, right: -1 };
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] < 180 || data[at + 1] > 90 || data[at + 2] < 180) continue;
      const [column, line] = [(at / 4) % width, Math.floor(at / 4 / width)];
      edge.top = Math.min(edge.top, line);
      edge.bottom = Math.max(edge.bottom, line);
      edge.left = Math.min(edge.left, column);
      edge.right = Math.max(edge.right, column);
    }
    if (edge.bottom < 0) return { found: false, cut: true };
    const cut = edge.top <= 0 || edge.bottom >= height - 1 || edge.left <= 0 || edge.right >= width - 1;
    return { found: true, cut };
  };

  // The pixels of the file, whatever its srcset says of them.
  const pixelsAcross = async (image) => {
    const file = Object.assign(new Image(), { src: image.currentSrc || image.src });
    await file.decode();
    return file.naturalWidth;
  };

  const picture = async (image) => {
    const box = image.getBoundingClientRect(), pixels = await pixelsAcross(image);
    return {
      src: image.currentSrc,
      blown: box.width > pixels + 1,
      high: box.height / innerHeight,
      face: face(image),
    };
  };

  const shown = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const leaves = document.querySelector(".strip[aria-labelledby=leaves]");
  return {
    height: document.documentElement.scrollHeight,
    rows: [...document.querySelectorAll(".row")].map(row),
    briefs: shown(".strip:not([aria-labelledby=leaves]) > ul").map((list) => grid(list, ":scope > li")),
    contents: leaves && { height: leaves.getBoundingClientRect().height, ...columns(leaves.querySelector("ul"), ":scope > li") },
    overview: shown(".leaves").map((list) => columns(list, ".leaf")),
    excerpts: [...document.querySelectorAll(".row article")].map(excerpt),
    headlines: shown(".hed, .heads li > a").map(headline),
    pictures: await Promise.all(shown("main img").map(picture)),
  };
}
