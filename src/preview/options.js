"use strict";
// How the pages are shown and where places are opened: kept by the browser. The keys.

const editors = {
  "": null,
  vscode: ["VS Code", "vscode://file"],
  codium: ["VSCodium", "vscodium://file"],
  cursor: ["Cursor", "cursor://file"],
  zed: ["Zed", "zed://file"],
};

const root = JSON.parse($("root").textContent).replaceAll("\\", "/").replace(/^(?!\/)/, "/");

function remember(name, value) {
  settings[name] = value;
  localStorage.setItem("settings", JSON.stringify(settings));
  applied();
}

function applied() {
  document.body.classList.toggle("spreads", settings.spreads);
  document.body.classList.toggle("marked", settings.marks);
  zoomTo(fits ? null : scale);
}

function options() {
  const check = (name, text) => {
    const box = make("input", { type: "checkbox", checked: settings[name], onchange: () => remember(name, box.checked) });
    return make("label", {}, box, text);
  };
  const choice = make("select", { onchange: () => remember("editor", choice.value) });
  choice.append(...Object.entries(editors).map(([value, known]) => make("option", { value, selected: settings.editor === value }, known?.[0] ?? words.copyPlace)));
  $("options").replaceChildren(
    check("spreads", words.spreads),
    check("follow", words.follow),
    check("marks", words.marks),
    make("label", {}, words.openIn, choice),
    make("button", { onclick: () => ($("options").hidePopover(), $("keys").showModal()) }, words.keys),
  );
}

// The place as a link that opens the editor of one's choice; browsers ask before they hand an address to another program.
function editorLink(at) {
  const known = editors[settings.editor];
  if (!known) return [];
  const href = `${known[1]}${encodeURI(`${root}/${at.file}`)}:${at.line}:${at.column}`;
  return [make("a", { href }, filled(words.open, { editor: known[0] }))];
}

const keyed = [
  ["1–9", "edition"], ["b", "beside"], ["e", "ebook"], ["c", "contents"], ["s", "spreads"], ["f", "follow"], ["p", "findings"],
  ["+ −", "zoom"], ["0", "fit"], ["PgUp PgDn ↑ ↓", "scroll"], ["Ctrl F", "search"], ["?", "keys"], ["Esc", "close"],
];

function keys() {
  const rows = keyed.map(([key, name]) => make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key)), make("td", {}, words[name])));
  const close = make("button", { onclick: () => $("keys").close() }, words.close);
  $("keys").replaceChildren(make("h2", { id: "keys-title" }, words.keys), make("table", {}, ...rows), close);
  $("keys").setAttribute("aria-labelledby", "keys-title");
}

$("view").textContent = words.view;
options();
keys();
