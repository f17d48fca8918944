// Sorts the table by a column and shows the books that are asked for. Without it the page is whole: the books with errors stand first.
const table = document.querySelector("table");
const body = table.tBodies[0];
const rows = [...body.rows];
const heads = [...table.tHead.rows[0].cells];
const form = document.querySelector("form");
const value = (row, at) => row.cells[at].dataset.n ?? row.cells[at].textContent;
const compare = (a, b) => (isNaN(a) || isNaN(b) ? a.localeCompare(b, undefined, { numeric: true }) : a - b);

heads.forEach((head, at) => {
  head.querySelector("button").addEventListener("click", () => {
    // Of numbers the largest are looked for first, of names the first.
    const first = at === 0 || at === heads.length - 1 ? "ascending" : "descending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    heads.forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    body.append(...rows.sort((a, b) => sign * compare(value(a, at), value(b, at)) || compare(value(a, 0), value(b, 0))));
  });
});

const show = () => {
  const name = form.elements.name.value.trim().toLowerCase();
  const wrong = form.elements.wrong.checked;
  let count = 0;
  for (const row of rows) {
    row.hidden = !row.cells[0].textContent.toLowerCase().includes(name) || (wrong && row.className === "");
    count += !row.hidden;
  }
  form.querySelector("output").value = count;
};
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
show();
