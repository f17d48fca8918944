"use strict";
// The way through the book: its titles, its pages in small, a page by its number.

let way = "titles";

const led = () => leader ?? panes[0];
const editionOf = pane => state.editions.find(one => one.name === pane?.edition);

function contents() {
  const node = $("way");
  if (node.hidden) return;
  const tab = (name, text) => make("button", { ariaPressed: String(way === name), onclick: () => ((way = name), contents()) }, text);
  const number = make("input", { type: "text", inputMode: "numeric", ariaLabel: words.goto, placeholder: words.goto, size: 8 });
  number.addEventListener("change", () => goPage(number.value));
  const shown = way === "titles" ? titles() : small();
  const at = document.activeElement?.closest("#way input") ? number : null;
  if (at) number.value = document.activeElement.value;
  replace(node, [make("div", { className: "head" }, tab("titles", words.titles), tab("small", words.small), number), shown]);
  at?.focus();
  here();
}

function titles() {
  const heads = editionOf(led())?.heads ?? [];
  const item = head =>
    make(
      "li",
      { className: `level${head.level}` },
      make("button", { onclick: () => led()?.point({ ...head, edition: led().edition }) }, make("span", {}, head.title), make("span", { className: "number" }, folio(head.page))),
    );
  return make("ol", { className: "titles" }, ...heads.map(item));
}

// The number that is printed on a page, or which page it is.
const folio = page => editionOf(led())?.pages[page - 1]?.label ?? String(page);

function small() {
  const pages = editionOf(led())?.pages ?? [];
  const item = (page, index) => {
    const picture = make("img", { alt: "", loading: "lazy", src: `sheet/${led().edition}/${page.look}.svg` });
    picture.style.aspectRatio = `${page.width} / ${page.height}`;
    const name = filled(words.page, { page: index + 1, pages: pages.length });
    return make("li", {}, make("button", { title: name, onclick: () => led()?.go(index) }, picture, make("span", {}, folio(index + 1))));
  };
  return make("ol", { className: "small" }, ...pages.map(item));
}

function goPage(wanted) {
  const pages = editionOf(led())?.pages ?? [];
  const printed = pages.findIndex(page => page.label === wanted.trim());
  const index = printed >= 0 ? printed : Number(wanted) - 1;
  if (pages[index]) led().go(index);
}

// Marks the title, or the page, that is looked at.
function here() {
  if ($("way").hidden || !led()) return;
  const page = (led().at()?.index ?? 0) + 1;
  const items = [...$("way").querySelectorAll("li button")];
  const heads = editionOf(led())?.heads ?? [];
  const now = way === "small" ? page - 1 : heads.findLastIndex(head => head.page <= page);
  items.forEach((item, index) => (index === now ? item.setAttribute("aria-current", "true") : item.removeAttribute("aria-current")));
}

$("contents").ariaLabel = words.contents;
$("contents").title = words.contents;
$("way").ariaLabel = words.contents;
$("contents").onclick = () => {
  $("way").hidden = !$("way").hidden;
  $("contents").ariaExpanded = String(!$("way").hidden);
  contents();
  zoomTo(fits ? null : scale);
};
