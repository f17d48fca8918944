"use strict";
// The buttons and keys of the page, and the first news.

$("fit").textContent = words.fit;
$("smaller").ariaLabel = words.smaller;
$("larger").ariaLabel = words.larger;
$("smaller").onclick = () => zoomTo((panes[0]?.zoom() ?? 1) / 1.15);
$("larger").onclick = () => zoomTo((panes[0]?.zoom() ?? 1) * 1.15);
$("fit").onclick = () => zoomTo(null);
$("problems").onclick = () => showProblems($("list").hidden);
addEventListener("resize", () => zoomTo(fits ? null : scale));
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, dialog")) return;
  const far = { PageDown: 0.9, PageUp: -0.9, ArrowDown: 0.08, ArrowUp: -0.08 }[event.key];
  if (far && leader && document.activeElement === document.body) leader.view.scrollBy(0, far * leader.view.clientHeight);
  const single = state.editions[Number(event.key) - 1];
  const pressed = { "+": "larger", "=": "larger", "-": "smaller", 0: "fit", b: "beside", p: "problems", c: "contents", e: "ebook" };
  const toggled = { s: "spreads", f: "follow" }[event.key];
  if (single) choose([single.name]);
  else if (pressed[event.key]) $(pressed[event.key]).click();
  else if (toggled) (remember(toggled, !settings[toggled]), options());
  else if (event.key === "?") $("keys").showModal();
  else if (event.key === "Escape") $("toast").hidden = true;
});

applied();
poll();
