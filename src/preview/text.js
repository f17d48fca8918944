"use strict";
// The text of each page over its drawing, to be selected, searched and copied.

const pen = document.createElement("canvas").getContext("2d");
const FACE = '"Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, serif';

// How far the top of a letter's box lies above its baseline, in multiples of its size.
const RISE = 0.88;

function letter(line) {
  const span = make("span", {}, line.text);
  pen.font = `${line.size}px ${FACE}`;
  const natural = pen.measureText(line.text).width;
  const stretch = natural > 0 ? line.width / natural : 1;
  span.style.cssText = `left:${line.x}px;top:${(line.y - line.size * RISE).toFixed(2)}px;font-size:${line.size}px;transform:scaleX(${stretch.toFixed(4)})`;
  return span;
}

// The lines of one paragraph stand in one element.
function layer(lines) {
  const node = make("div", { className: "text" });
  for (const line of lines) {
    if (!line.goes_on || !node.lastChild) node.append(make("p"));
    node.lastChild.append(letter(line));
  }
  return node;
}

// Pages get their text one after the other, those that are looked at first: a book has hundreds.
class Letters {
  constructor(edition) {
    this.edition = edition;
    this.waiting = new Set();
    this.busy = false;
  }

  want(node, soon) {
    if (node.dataset.lettered === node.dataset.look) return;
    if (soon) this.waiting = new Set([node, ...this.waiting]);
    else this.waiting.add(node);
    if (!this.busy) this.work();
  }

  async work() {
    this.busy = true;
    while (this.waiting.size > 0) {
      const [node] = this.waiting;
      this.waiting.delete(node);
      await this.write(node).catch(() => {});
    }
    this.busy = false;
  }

  async write(node) {
    const { look, lettered } = node.dataset;
    if (!node.isConnected || !look || lettered === look) return;
    const answer = await fetch(`text/${this.edition}/${look}.json`);
    if (!answer.ok || node.dataset.look !== look) return;
    const lines = await answer.json();
    // What somebody has selected is not taken from under them.
    if (node.contains(getSelection().anchorNode) && !getSelection().isCollapsed) return;
    node.querySelector(".text")?.remove();
    node.append(layer(lines));
    node.dataset.lettered = look;
  }
}

// ---- Copied text is that of the paragraph, not of its lines ----
const HAN = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/;

function joined(spans) {
  let text = "";
  for (const span of spans) {
    const next = span.textContent.trim();
    const last = text.at(-1) ?? "";
    if (last === "\u2010" || last === "\u00ad") text = text.slice(0, -1) + next;
    else if (text === "" || last === "-" || (HAN.test(last) && HAN.test(next[0] ?? ""))) text += next;
    else text += ` ${next}`;
  }
  return text;
}

document.addEventListener("copy", event => {
  const selection = getSelection();
  if (selection.isCollapsed || !event.clipboardData) return;
  const piece = selection.getRangeAt(0).cloneContents();
  const spans = [...piece.querySelectorAll("span")];
  if (spans.length === 0) return;
  const paragraphs = [...piece.querySelectorAll("p")];
  const texts = paragraphs.length > 0 ? paragraphs.map(p => joined(p.querySelectorAll("span"))) : [joined(spans)];
  event.clipboardData.setData("text/plain", texts.filter(text => text !== "").join("\n"));
  event.preventDefault();
});
