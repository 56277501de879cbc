// The page reads without this script. With it, a click on a line lays the very words of each article side by side.
(function () {
  "use strict";
  const root = document.documentElement;
  const panel = document.getElementById("panel");
  const words = document.getElementById("panel-words");
  const title = document.getElementById("panel-title");
  const number = document.getElementById("panel-no");
  const LONG = 640; // code points of a paragraph shown whole
  const ROOM = 240; // code points kept on either side of the evidence in a longer one
  const WIDEST = 40; // articles side by side
  const MOST = 4; // paragraphs of one article in the panel
  let current = null;
  let opener = null;

  root.classList.remove("plain");
  for (const label of document.querySelectorAll(".line .no")) {
    label.setAttribute("role", "button");
    label.setAttribute("aria-controls", "panel");
    label.setAttribute("aria-expanded", "false");
  }

  function make(tag, name, text) {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  // Evidence of a line: [{name, spans: [[key, start, end], ...]}], one entry, or one for each reading.
  function evidence(line) {
    const parts = line.dataset.ev !== undefined ? [line] : Array.from(line.querySelectorAll("[data-ev]"));
    return parts.map(function (part) {
      const spans = part.dataset.ev.split(" ").map(function (item) {
        const cut = item.split(":");
        return [cut[0], Number(cut[1]), Number(cut[2])];
      });
      return { name: part.dataset.name || "", spans: spans };
    });
  }

  // Offsets are code points; a JavaScript string counts UTF-16 units, so the text is taken apart first.
  function excerpt(par, spans) {
    const text = Array.from(par.textContent);
    const base = Number(par.dataset.o);
    const cuts = spans.map((s) => [Math.max(0, s[1] - base), Math.min(text.length, s[2] - base)]).sort((a, b) => a[0] - b[0]);
    const merged = [];
    for (const cut of cuts) {
      const last = merged[merged.length - 1];
      if (last && cut[0] <= last[1]) last[1] = Math.max(last[1], cut[1]);
      else merged.push(cut);
    }
    let from = 0;
    let to = text.length;
    if (text.length > LONG) {
      from = Math.max(0, merged[0][0] - ROOM);
      to = Math.min(text.length, Math.max(merged[merged.length - 1][1] + ROOM, from + 1));
      while (from > 0 && text[from - 1] !== " " && from < merged[0][0]) from += 1;
      while (to < text.length && text[to] !== " " && to > merged[merged.length - 1][1]) to -= 1;
    }
    const node = make("p", "x");
    node.dir = "auto";
    let at = from;
    if (from > 0) node.append("… ");
    for (const cut of merged) {
      node.append(text.slice(at, cut[0]).join(""), make("mark", "", text.slice(cut[0], cut[1]).join("")));
      at = cut[1];
    }
    node.append(text.slice(at, to).join(""));
    if (to < text.length) node.append(" …");
    return node;
  }

  function column(key, spans, name) {
    const article = document.getElementById(key);
    const box = make("section", "col");
    box.setAttribute("aria-label", article.dataset.outlet);
    if (name) box.append(make("p", "of", name));
    box.append(make("p", "outlet", article.dataset.outlet));
    const meta = make("p", "meta", article.dataset.date + " · ");
    const jump = make("a", "jump", "full article");
    meta.append(jump);
    box.append(meta);
    let shown = 0;
    let first = null;
    for (const par of article.querySelectorAll("p[data-o]")) {
      const start = Number(par.dataset.o);
      const end = start + Array.from(par.textContent).length;
      const here = spans.filter((s) => s[1] < end && s[2] > start);
      if (!here.length) continue;
      if (first === null) first = Math.max(start, Math.min.apply(null, here.map((s) => s[1])));
      shown += 1;
      if (shown <= MOST) box.append(excerpt(par, here));
    }
    if (shown > MOST) box.append(make("p", "meta", "and " + (shown - MOST) + " more paragraphs"));
    jump.href = "#" + key + "-" + first;
    return box;
  }

  function reveal(node) {
    for (let box = node.parentElement; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
  }

  function expanded(line, is) {
    const label = line.querySelector(".no");
    if (label) label.setAttribute("aria-expanded", String(is));
  }

  function open(line, from) {
    if (current) {
      current.classList.remove("current");
      expanded(current, false);
    }
    current = line;
    if (from) opener = from;
    reveal(line);
    line.classList.add("current");
    expanded(line, true);
    number.textContent = line.dataset.label;
    const spoken = line.querySelector(".t") || line.firstElementChild;
    const copy = spoken.cloneNode(true);
    for (const extra of copy.querySelectorAll(".no, .tag, .see, .aside, .others")) extra.remove();
    title.textContent = copy.textContent.replace(/\s+/g, " ").trim();
    words.replaceChildren();
    // Readings take turns, so that the first columns already show how they differ.
    const stacks = evidence(line).map(function (part) {
      const byArticle = new Map();
      for (const span of part.spans) {
        if (!byArticle.has(span[0])) byArticle.set(span[0], []);
        byArticle.get(span[0]).push(span);
      }
      return Array.from(byArticle, (entry) => [entry[0], entry[1], part.name]);
    });
    for (let turn = 0, shown = 0; shown < WIDEST && stacks.some((stack) => turn < stack.length); turn += 1) {
      for (const stack of stacks) {
        if (turn < stack.length && shown < WIDEST) {
          words.append(column(stack[turn][0], stack[turn][1], stack[turn][2]));
          shown += 1;
        }
      }
    }
    const all = stacks.reduce((sum, stack) => sum + stack.length, 0);
    if (all > WIDEST) words.append(make("p", "col meta", "and " + (all - WIDEST) + " more, marked in the articles"));
    words.scrollTo(0, 0);
    panel.hidden = false;
    root.classList.add("open");
    history.replaceState(null, "", "#" + line.id);
    bring(line);
  }

  // Scroll only when the line is hidden, or lies under the panel.
  function bring(line) {
    const box = line.getBoundingClientRect();
    const floor = panel.getBoundingClientRect().top;
    if (box.top < 8 || box.top > floor - 48) window.scrollBy(0, box.top - Math.min(140, floor / 3));
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    root.classList.remove("open");
    if (current) {
      current.classList.remove("current");
      expanded(current, false);
      const label = opener && opener.isConnected ? opener : current.querySelector(".no");
      if (label) label.focus({ preventScroll: true });
    }
    opener = null;
    history.replaceState(null, "", location.pathname + location.search);
  }

  function visibleLines() {
    return Array.from(document.querySelectorAll(".line")).filter((line) => !line.closest("details:not([open])"));
  }

  function step(by) {
    const lines = visibleLines();
    if (!lines.length) return;
    const held = document.activeElement.closest ? document.activeElement.closest(".line") : null;
    const from = panel.hidden ? held : current;
    let at = lines.indexOf(from);
    if (at < 0) at = by > 0 ? lines.findIndex((line) => line.getBoundingClientRect().top > 0) - 1 : lines.length;
    const next = lines[Math.max(0, Math.min(lines.length - 1, at + by))];
    if (panel.hidden) {
      const label = next.querySelector(".no");
      label.focus();
      label.scrollIntoView({ block: "nearest" });
    } else {
      open(next, next.querySelector(".no"));
    }
  }

  // Words in an article: one line that they support opens at once; several are offered.
  function uses(mark) {
    const ids = mark.dataset.l.split(" ").filter((id) => document.getElementById(id));
    if (ids.length === 1) return open(document.getElementById(ids[0]), null);
    if (current) current.classList.remove("current");
    current = mark;
    number.textContent = "";
    title.textContent = "“" + mark.textContent + "” supports " + ids.length + " lines";
    const list = make("div", "uselist");
    for (const id of ids) {
      const line = document.getElementById(id);
      const link = make("a");
      link.href = "#" + id;
      const spoken = (line.querySelector(".t") || line.firstElementChild).cloneNode(true);
      for (const extra of spoken.querySelectorAll(".no, .aside, .others, .see")) extra.remove();
      link.append(make("span", "no", line.dataset.label + "  "), spoken.textContent.trim());
      list.append(link);
    }
    words.replaceChildren(list);
    panel.hidden = false;
    root.classList.add("open");
  }

  document.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const target = event.target;
    if (target.closest("#panel-close")) return close();
    if (target.closest("#panel-prev")) return step(-1);
    if (target.closest("#panel-next")) return step(1);
    const pointer = target.closest("[data-open], .see, .uselist a, .kN, .margin a");
    if (pointer) {
      const id = pointer.dataset.open || pointer.getAttribute("href").slice(1);
      const line = document.getElementById(id);
      if (line && line.classList.contains("line")) {
        event.preventDefault();
        return open(line, pointer.matches("a") ? pointer : pointer.querySelector("a"));
      }
    }
    const label = target.closest(".line .no");
    if (label) {
      event.preventDefault();
      open(label.closest(".line"), label);
      return panel.focus({ preventScroll: true });
    }
    if (target.closest("a, button, summary, input")) return;
    if (String(window.getSelection())) return;
    const mark = target.closest(".source mark");
    if (mark) return uses(mark);
    const line = target.closest(".line");
    if (line) open(line, null);
  });

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return close();
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      return step(event.key === "j" ? 1 : -1);
    }
    if (event.key === " " && event.target.matches(".line .no")) {
      event.preventDefault();
      event.target.click();
    }
  });

  function arrive() {
    const node = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!node) return;
    reveal(node);
    if (node.tagName === "DETAILS") node.open = true;
    if (node.classList.contains("line")) open(node, null);
    else node.scrollIntoView();
  }
  window.addEventListener("hashchange", arrive);

  // On paper everything is unfolded, then folded again.
  let folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.from(document.querySelectorAll("details:not([open])"));
    for (const box of folded) box.open = true;
  });
  window.addEventListener("afterprint", function () {
    for (const box of folded) box.open = false;
    folded = [];
  });
  // On a narrow screen a timeline starts long before the event: show the days of publication first.
  for (const band of document.querySelectorAll(".timeline .band")) {
    const box = band.closest(".scroll");
    box.scrollLeft = band.getBBox().x - box.clientWidth / 2;
  }
  arrive();
})();
