"use strict";
// The e-book as a reading program has it: its own files in a frame.

const shelf = { open: false, edition: null, files: [], dark: matchMedia("(prefers-color-scheme: dark)").matches, phone: false, read: null };

const leaf = path => `ebook/${shelf.edition}/${path}`;

async function spine() {
  const text = await (await fetch(leaf("content.opf"))).text();
  const opf = new DOMParser().parseFromString(text, "application/xml");
  const files = new Map([...opf.getElementsByTagName("item")].map(item => [item.getAttribute("id"), item.getAttribute("href")]));
  return [...opf.getElementsByTagName("itemref")].map(item => files.get(item.getAttribute("idref"))).filter(Boolean);
}

// What the e-book's own contents call its files.
async function titled() {
  const text = await (await fetch(leaf("nav.xhtml"))).text();
  const nav = new DOMParser().parseFromString(text, "application/xhtml+xml");
  const names = new Map();
  for (const link of nav.querySelectorAll("nav ol a[href]")) {
    const [file] = link.getAttribute("href").split("#");
    if (!names.has(file)) names.set(file, link.textContent.trim());
  }
  return names;
}

async function openBook() {
  shelf.edition = led()?.edition ?? chosen[0];
  shelf.files = await spine().catch(() => []);
  const node = $("shelf");
  if (shelf.files.length === 0) return node.replaceChildren(make("p", { className: "empty" }, words.noBook));
  const names = await titled().catch(() => new Map());
  const frame = make("iframe", { title: words.ebook, sandbox: "allow-same-origin" });
  frame.addEventListener("load", () => turned(frame));
  const list = make("select", { ariaLabel: words.titles, onchange: () => turn(list.selectedIndex) }, ...shelf.files.map(file => make("option", {}, names.get(file) ?? file)));
  const step = (by, text, sign) => make("button", { ariaLabel: text, title: text, onclick: () => turn(list.selectedIndex + by) }, sign);
  const toggle = (name, text) =>
    make("button", { ariaPressed: String(shelf[name]), onclick: event => { shelf[name] = !shelf[name]; event.currentTarget.ariaPressed = String(shelf[name]); dress(); } }, text);
  node.replaceChildren(
    make("div", { className: "head" }, step(-1, words.before, "‹"), list, step(1, words.after, "›"), toggle("phone", words.phone), toggle("dark", words.dark)),
    make("div", { className: "desk" }, frame),
  );
  dress();
  turn(Math.max(0, shelf.files.findIndex(file => file !== "cover.xhtml")));
}

function dress() {
  const frame = $("shelf").querySelector("iframe");
  if (!frame) return;
  frame.classList.toggle("phone", shelf.phone);
  colour(frame);
}

// What the book's style says for light and dark holds as is chosen here, whatever the system prefers.
const DARK = /prefers-color-scheme:\s*dark/;
const LIGHT = /prefers-color-scheme:\s*light/;

function colour(frame) {
  const book = frame.contentDocument;
  if (!book?.documentElement) return;
  book.documentElement.style.colorScheme = shelf.dark ? "dark" : "light";
  const visit = rules => {
    for (const rule of rules) {
      if (!(rule instanceof frame.contentWindow.CSSMediaRule)) continue;
      rule.told ??= rule.media.mediaText;
      if (DARK.test(rule.told)) rule.media.mediaText = shelf.dark ? "all" : "not all";
      else if (LIGHT.test(rule.told)) rule.media.mediaText = shelf.dark ? "not all" : "all";
      visit(rule.cssRules);
    }
  };
  for (const sheet of book.styleSheets) visit(sheet.cssRules);
}

function turn(index) {
  const file = shelf.files[Math.max(0, Math.min(index, shelf.files.length - 1))];
  $("shelf").querySelector("iframe").src = leaf(file);
}

// A link in the book may have led here.
function turned(frame) {
  const path = frame.contentWindow.location.pathname.split(`/ebook/${shelf.edition}/`)[1];
  const at = shelf.files.indexOf(decodeURIComponent(path ?? ""));
  if (at >= 0) $("shelf").querySelector("select").selectedIndex = at;
  shelf.read = frame.contentDocument.documentElement.outerHTML;
  colour(frame);
}

// After an edit: what is read is read again, in its place, if it has changed.
async function freshBook() {
  const frame = $("shelf").querySelector("iframe");
  if (!shelf.open) return;
  if (!frame || shelf.edition !== (led()?.edition ?? chosen[0])) return openBook();
  const { location, scrollY } = frame.contentWindow;
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "application/xhtml+xml").documentElement.outerHTML;
  if (fresh === shelf.read) return;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, scrollY), { once: true });
  location.reload();
}

$("ebook").textContent = words.ebook;
$("ebook").onclick = () => {
  shelf.open = !shelf.open;
  $("ebook").ariaPressed = String(shelf.open);
  $("shelf").hidden = !shelf.open;
  $("panes").hidden = shelf.open;
  if (shelf.open) openBook();
  else zoomTo(fits ? null : scale);
};
