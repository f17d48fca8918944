"use strict";
// The preview in the browser: asks for news, replaces the pages that look different, shows where text comes from.

// What the page says, in the language that dama-pub speaks. Places in braces are filled here.
const words = JSON.parse(document.getElementById("words").textContent);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

const $ = id => document.getElementById(id);
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) key in node ? (node[key] = value) : node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const POINT = 96 / 72;

let state = { revision: 0, editions: [], findings: [], status: { state: "working" } };
const nameOf = edition => state.editions.find(one => one.name === edition)?.word ?? edition;
let chosen = JSON.parse(sessionStorage.getItem("editions") ?? "[]");
let scale = 1;
let fits = true;
let shown = "all";
const settings = { spreads: false, follow: false, marks: true, editor: "", ...JSON.parse(localStorage.getItem("settings") ?? "{}") };

// The index of each look that one page has; -1 for those that several have.
function places(pages) {
  const found = new Map();
  pages.forEach(({ look }, index) => found.set(look, found.has(look) ? -1 : index));
  return found;
}

// ---- One edition in its pane ----
class Pane {
  constructor(edition) {
    this.edition = edition;
    this.pages = [];
    this.anchors = [];
    this.folio = make("div", { className: "folio" });
    this.roll = make("div", { className: "roll" });
    this.view = make("div", { className: "view", tabIndex: 0 }, this.roll);
    this.node = make("section", { className: "pane", ariaLabel: nameOf(edition) }, this.view, this.folio);
    this.view.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.node.addEventListener("pointerenter", () => (leader = this));
    this.view.addEventListener("focus", () => (leader = this));
    // A page drawn takes megabytes, and a book has hundreds: only those near the window are kept.
    const seen = one => (one.isIntersecting ? this.draw(one.target) : this.clear(one.target));
    this.letters = new Letters(edition);
    this.sees = new IntersectionObserver(entries => entries.forEach(seen), { root: this.view, rootMargin: "1200px 0px" });
  }

  update(edition) {
    this.anchors = edition.anchors;
    if (edition.pages.length === 0) return this.empty();
    const first = this.pages.length === 0;
    const keep = this.holdPlace();
    if (first) this.roll.replaceChildren();
    const old = new Set(this.pages.map(page => page.look));
    const changed = [];
    edition.pages.forEach((page, at) => {
      const node = this.pages[at]?.node ?? this.addPage();
      const same = this.pages[at]?.look === page.look;
      this.pages[at] = { ...page, node };
      this.measure(this.pages[at]);
      if (same) return;
      node.dataset.look = page.look;
      this.letters.want(node, Boolean(node.dataset.near));
      if (!first && !old.has(page.look)) {
        this.flash(node);
        changed.push(at);
      }
      if (node.dataset.near) this.draw(node);
    });
    while (this.pages.length > edition.pages.length) {
      const { node } = this.pages.pop();
      this.sees.unobserve(node);
      node.remove();
    }
    keep();
    if (settings.follow && changed.length > 0 && !this.inWindow(changed[0])) this.go(changed[0]);
    this.number();
  }

  // Whether a part of a page is in the window.
  inWindow(index) {
    const { offsetTop, offsetHeight } = this.pages[index].node;
    return offsetTop + offsetHeight > this.view.scrollTop && offsetTop < this.view.scrollTop + this.view.clientHeight;
  }

  empty() {
    if (this.pages.length > 0) return;
    const text = state.status.state === "broken" ? words.never : words.waiting;
    this.roll.replaceChildren(make("p", { className: "empty" }, text));
  }

  addPage() {
    const node = make("div", { className: "page" });
    node.addEventListener("click", event => this.ask(node, event));
    this.roll.append(node);
    this.sees.observe(node);
    return node;
  }

  measure(page) {
    const zoom = POINT * this.zoom();
    page.node.style.width = `${page.width * zoom}px`;
    page.node.style.height = `${page.height * zoom}px`;
    page.node.style.setProperty("--zoom", zoom);
  }

  zoom() {
    if (!fits || this.pages.length === 0) return scale;
    const widest = Math.max(...this.pages.map(page => page.width));
    return Math.max(0.2, Math.min(1.5, (this.view.clientWidth - 48) / (widest * POINT * (settings.spreads ? 2 : 1))));
  }

  // A page that looks different replaces the one before it only when it is there: nothing flickers.
  draw(node) {
    node.dataset.near = "1";
    const look = node.dataset.look;
    if (!look || node.dataset.drawn === look) return;
    const image = make("img", { alt: "", decoding: "async", draggable: false });
    image.addEventListener("load", () => {
      if (node.dataset.look !== look || !image.isConnected) return;
      node.dataset.drawn = look;
      node.querySelectorAll("img").forEach(other => other !== image && other.remove());
    });
    image.addEventListener("error", () => image.remove());
    image.src = `sheet/${this.edition}/${look}.svg`;
    node.prepend(image);
  }

  clear(node) {
    delete node.dataset.near;
    delete node.dataset.drawn;
    node.querySelectorAll("img").forEach(image => image.remove());
  }

  flash(node) {
    node.classList.remove("new");
    void node.offsetWidth;
    node.classList.add("new");
    setTimeout(() => node.classList.remove("new"), 1700);
  }

  // Which page is at the upper edge, how far into it. Where it went is told by the nearest page that looks like no
  // other before and after: the page itself may have changed, and blank pages all look alike.
  holdPlace() {
    const at = this.at();
    if (!at) return () => {};
    const before = places(this.pages);
    const nearest = this.pages.map((page, index) => [Math.abs(index - at.index), index, page.look]).sort((a, b) => a[0] - b[0]);
    return () => {
      const after = places(this.pages);
      const known = nearest.find(([, , look]) => before.get(look) >= 0 && after.get(look) >= 0);
      const moved = known ? after.get(known[2]) - known[1] : 0;
      this.go(Math.max(0, Math.min(at.index + moved, this.pages.length - 1)), at.part);
    };
  }

  at() {
    const top = this.view.scrollTop;
    const index = this.pages.findIndex(page => page.node.offsetTop + page.node.offsetHeight > top);
    if (index < 0) return null;
    const { node } = this.pages[index];
    return { index, part: (top - node.offsetTop) / node.offsetHeight };
  }

  go(index, part = 0) {
    const page = this.pages[index];
    if (page) this.view.scrollTop = page.node.offsetTop + part * page.node.offsetHeight;
  }

  scrolled() {
    this.number();
    if (leader === this) here();
    if (leader === this) panes.filter(other => other !== this).forEach(other => other.follow(this));
    sessionStorage.setItem(`place-${this.edition}`, JSON.stringify(this.at()));
  }

  number() {
    const middle = this.view.scrollTop + this.view.clientHeight / 2;
    const index = this.pages.findIndex(page => page.node.offsetTop + page.node.offsetHeight > middle);
    const page = this.pages[index];
    this.folio.hidden = !page;
    const values = { page: index + 1, pages: this.pages.length, label: page?.label };
    if (page) this.folio.textContent = filled(page.label ? words.labelled : words.page, values);
  }

  // Chapters of the same name lie beside each other; between their heads the way is shared out.
  follow(other) {
    const at = other.at();
    if (!at || this.pages.length === 0) return;
    const place = at.index + at.part;
    const ends = pane => [{ name: "", page: 1 }, ...pane.anchors, { name: "\u0000", page: pane.pages.length + 1 }];
    const mine = new Map(ends(this).map(one => [one.name, one.page - 1]));
    const shared = ends(other).filter(one => mine.has(one.name));
    const next = Math.max(1, shared.findIndex(one => one.page - 1 > place));
    const [from, to] = [shared[next - 1], shared[next] ?? shared[shared.length - 1]];
    const share = to.page > from.page ? (place - from.page + 1) / (to.page - from.page) : 0;
    const [a, b] = [mine.get(from.name), mine.get(to.name)];
    const target = a + (b - a) * share;
    this.go(Math.floor(target), target - Math.floor(target));
  }

  // Findings beside their places.
  marks() {
    this.roll.querySelectorAll(".mark").forEach(mark => mark.remove());
    state.findings.forEach((one, index) => {
      const place = one.at?.page;
      const page = place?.edition === this.edition && this.pages[place.page - 1];
      if (!page) return;
      const mark = make("button", { className: `mark ${one.severity}`, title: one.message, ariaLabel: `${one.check}: ${one.message}`, onclick: event => (event.stopPropagation(), showProblems(true, index)) }, signs[one.severity]);
      mark.style.top = `${(place.y / page.height) * 100}%`;
      page.node.append(mark);
    });
  }

  async ask(node, event) {
    // Whoever selects text does not ask where it comes from.
    if (!getSelection().isCollapsed) return;
    const page = this.pages.findIndex(one => one.node === node);
    const box = node.getBoundingClientRect();
    const { width, height } = this.pages[page];
    const x = ((event.clientX - box.left) / box.width) * width;
    const y = ((event.clientY - box.top) / box.height) * height;
    const answer = await fetch(`source?edition=${this.edition}&page=${page + 1}&x=${x.toFixed(1)}&y=${y.toFixed(1)}`);
    toast(await answer.json());
  }

  point(place) {
    // Pages of an edition that was not looked at come later.
    this.goal = this.pages.length === 0 ? place : null;
    this.go(place.page - 1, Math.max(0, (place.y - 80) / (this.pages[place.page - 1]?.height ?? 1)));
    const page = this.pages[place.page - 1];
    if (!page) return;
    const spot = make("div", { className: "spot" });
    spot.style.top = `${(place.y / page.height) * 100}%`;
    page.node.append(spot);
    setTimeout(() => spot.remove(), 3200);
  }
}

let panes = [];
let leader = null;

// ---- What is shown of the state ----
function arrange() {
  const known = state.editions.map(edition => edition.name);
  chosen = chosen.filter(name => known.includes(name));
  if (chosen.length === 0 && known.length > 0) chosen = [known[0]];
  if (chosen.join() !== panes.map(pane => pane.edition).join()) {
    panes = chosen.map(name => panes.find(pane => pane.edition === name) ?? new Pane(name));
    $("panes").replaceChildren(...panes.map(pane => pane.node));
    sessionStorage.setItem("editions", JSON.stringify(chosen));
  }
  leader = panes.includes(leader) ? leader : panes[0];
  for (const pane of panes) {
    const first = pane.pages.length === 0;
    const edition = state.editions.find(one => one.name === pane.edition);
    pane.update(edition);
    const place = first && pane.pages.length > 0 && JSON.parse(sessionStorage.getItem(`place-${pane.edition}`) ?? "null");
    if (pane.goal && pane.pages.length > 0) pane.point(pane.goal);
    else if (place) pane.go(place.index, place.part);
  }
  if (panes.length > 1 && leader) panes.forEach(pane => pane !== leader && pane.follow(leader));
}

function toolbar() {
  $("title").textContent = state.editions.find(edition => edition.name === chosen[0])?.title || state.title || "dama-pub";
  document.title = `${$("title").textContent} · dama-pub`;
  replace(
    $("tabs"),
    state.editions.map(({ name }) =>
      make("button", { ariaPressed: String(chosen.includes(name)), onclick: () => choose([name]) }, nameOf(name)),
    ),
  );
  $("tabs").setAttribute("aria-label", words.edition);
  const single = state.editions.filter(edition => edition.name !== "bilingual");
  $("beside").hidden = single.length < 2;
  $("beside").textContent = words.beside;
  $("review").hidden = single.length < 2;
  $("review").textContent = words.review;
  $("beside").ariaPressed = String(chosen.length > 1);
  $("beside").onclick = () => choose(chosen.length > 1 ? [chosen[0]] : single.slice(0, 2).map(edition => edition.name));
  $("scale").textContent = `${Math.round((panes[0]?.zoom() ?? scale) * 100)} %`;
  $("fit").ariaPressed = String(fits);
  const { state: now, seconds } = state.status;
  $("status").dataset.state = now;
  // Some errors leave pages that are of now: text beyond the edge, a letter that no font has.
  const old = state.editions.some(edition => chosen.includes(edition.name) && edition.stale);
  const text = now === "ready" ? filled(words.ready, { seconds: seconds.toFixed(2) }) : words[now === "broken" && !old ? "faulty" : now];
  // What is the same is not read out again.
  if ($("status").textContent !== text) $("status").textContent = text;
}

// New children in the place of others: whoever reads or has the focus there stays where they are.
function replace(node, children) {
  const at = [...node.querySelectorAll("a, button")].indexOf(document.activeElement);
  const top = node.scrollTop;
  node.replaceChildren(...children);
  node.scrollTop = top;
  if (at >= 0) node.querySelectorAll("a, button")[at]?.focus({ preventScroll: true });
}

function choose(editions) {
  chosen = editions;
  arrange();
  toolbar();
  contents();
  freshBook();
  poll(true);
}

const signs = { error: "●", warning: "▲", info: "◆" };

// Opens the list of findings or closes it; one of them may be meant.
function showProblems(open, index = null) {
  $("list").hidden = !open;
  $("problems").ariaExpanded = String(open);
  zoomTo(fits ? null : scale);
  if (index === null) return;
  shown = "all";
  problems();
  const item = $("list").querySelector(`[data-finding="${index}"]`);
  item?.scrollIntoView({ block: "center" });
  item?.classList.add("meant");
}

function problems() {
  const count = severity => state.findings.filter(one => one.severity === severity).length;
  const counts = ["error", "warning", "info"].map(severity => [severity, count(severity)]).filter(([, n]) => n > 0);
  const badge = ([severity, n]) => make("span", { className: `count ${severity}`, title: words[severity] }, `${signs[severity]} ${n}`);
  $("problems").replaceChildren(words.findings, ...counts.map(badge));
  const filter = name =>
    make("button", { ariaPressed: String(shown === name), onclick: () => ((shown = name), problems()) }, words[name], ...(name === "all" ? [] : [` ${count(name)}`]));
  const order = ["error", "warning", "info"];
  const listed = state.findings.filter(one => shown === "all" || one.severity === shown);
  listed.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const item = one => {
    const node = make("li", {});
    node.dataset.finding = state.findings.indexOf(one);
    node.append(make("div", { className: `what ${one.severity}` }, `${signs[one.severity]} ${one.check}`), make("p", { className: "message" }, one.message));
    if (one.at) node.append(link(one.at), ...editorLink(one.at), ...goTo(one.at.page), make("code", { className: "line" }, one.at.text));
    one.hints.forEach(hint => node.append(make("p", { className: "hint" }, `→ ${hint}`)));
    if (one.at?.page) {
      node.classList.add("jump");
      node.addEventListener("click", event => event.target.closest("a") || jump(one.at.page));
    }
    return node;
  };
  const rest = listed.length === 0 ? [make("p", { className: "none" }, `✓ ${words.none}`)] : [make("ol", {}, ...listed.map(item))];
  replace($("list"), [make("div", { className: "head" }, ...["all", ...order].map(filter)), ...rest]);
}

// The page of a finding as a button, for those who use the keyboard; the click is its item's.
const goTo = place => (place ? [make("button", { className: "go" }, `${nameOf(place.edition)} ${place.page} →`)] : []);

function jump(place) {
  if (!chosen.includes(place.edition)) choose([place.edition]);
  panes.find(pane => pane.edition === place.edition)?.point(place);
}

// The place as a link that copies it: editors open FILE:LINE:COLUMN.
function link(at) {
  const text = `${at.file}:${at.line}:${at.column}`;
  return make("a", { href: "#", title: words.copy, onclick: event => (event.preventDefault(), copy(text, event.currentTarget)) }, make("code", {}, text));
}

async function copy(text, node) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return; // The browser forbids it: the text can still be selected.
  }
  node.dataset.copied = words.copied;
  setTimeout(() => delete node.dataset.copied, 1600);
}

let fading;
function toast(at) {
  const node = $("toast");
  node.replaceChildren(...(at ? [link(at), ...editorLink(at), make("span", { className: "line" }, at.text)] : [words.nothing]));
  node.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => (node.hidden = true), 8000);
}

function zoomTo(next) {
  fits = next === null;
  if (!fits) scale = Math.max(0.2, Math.min(4, next));
  for (const pane of panes) {
    const at = pane.at();
    pane.pages.forEach(page => pane.measure(page));
    if (at) pane.go(at.index, at.part);
  }
  toolbar();
}

// ---- News ----
let asked = 0;
async function poll(now = false) {
  const turn = ++asked;
  for (;;) {
    // With the first news comes the choice of editions; what is chosen anew is wanted at once.
    const since = now ? 0 : state.revision;
    now = false;
    try {
      const answer = await fetch(`state?since=${since}&editions=${chosen.join()}`);
      if (turn !== asked) return;
      const fresh = await answer.json();
      const other = fresh.editions.map(one => one.name).join() !== state.editions.map(one => one.name).join();
      state = fresh;
      now = other && chosen.length === 0;
      arrange();
      toolbar();
      problems();
      panes.forEach(pane => pane.marks());
      contents();
      freshBook();
    } catch {
      if (turn !== asked) return;
      $("status").dataset.state = "broken";
      $("status").textContent = words.lost;
      await new Promise(wake => setTimeout(wake, 1000));
      now = true;
    }
  }
}
