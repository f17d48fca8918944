"use strict";
// Words are looked for in the index of the book: all of them must stand in a section.

const field = document.getElementById("search");
const list = document.getElementById("found");
const narrow = matchMedia("(max-width: 860px)");
if (narrow.matches) document.querySelector(".site-contents").open = false;

const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

function piece(text, word) {
  const at = Math.max(0, text.toLowerCase().indexOf(word));
  const from = Math.max(0, at - 30);
  const node = element("span", "");
  node.append((from > 0 ? "…" : "") + text.slice(from, at), element("mark", text.slice(at, at + word.length)), text.slice(at + word.length, at + 90) + "…");
  return node;
}

function look() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  list.hidden = words.length === 0;
  if (list.hidden) return;
  const whole = one => `${one.title} ${one.text}`.toLowerCase();
  const rank = one => words.filter(word => one.title.toLowerCase().includes(word)).length;
  const found = INDEX.filter(one => words.every(word => whole(one).includes(word))).sort((a, b) => rank(b) - rank(a));
  const item = one => {
    const link = Object.assign(element("a", ""), { href: one.page });
    link.append(element("b", one.title || document.title), piece(one.text, words.find(word => one.text.toLowerCase().includes(word)) ?? ""));
    const node = element("li", "");
    node.append(link);
    return node;
  };
  const none = element("li", field.dataset.none);
  list.replaceChildren(...(found.length > 0 ? found.slice(0, 20).map(item) : [none]));
}

field.addEventListener("input", look);
addEventListener("keydown", event => {
  if (event.key === "/" && document.activeElement !== field) (event.preventDefault(), field.focus());
  if (event.key === "Escape") list.hidden = true;
});
addEventListener("click", event => { if (!event.target.closest("search")) list.hidden = true; });
