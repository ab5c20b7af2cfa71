// Lets readers sort tables; without it a page shows the same tables in the order of the report.
"use strict";
(() => {
  const FEWEST_ROWS = 3; // of a group, to be worth sorting
  // Chinese signs by number, or every page would bring its Chinese letters along.
  const UNITS = { million: 1e6, billion: 1e9, "\u4e07": 1e4, "\u4ebf": 1e8, "\u4e07\u4ebf": 1e12 };
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });

  // What a cell says first: "1,965 (1,878–2,055)" is 1965, "−0.3 to 1.2 million" is −300000.
  function number(cell) {
    if (cell.dataset.value) return parseFloat(cell.dataset.value);
    const text = cell.textContent.replaceAll("\u2060", "").replaceAll("\u2212", "-").split(/[(\uff08]/)[0];
    const found = /([<>]?)\s*([+-]?[\d,]*\.?\d+)/.exec(text);
    if (!found) return null;
    const unit = /million|billion|\u4e07\u4ebf|\u4e07|\u4ebf/.exec(text);
    const value = parseFloat(found[2].replaceAll(",", "")) * (unit ? UNITS[unit[0]] : 1);
    return found[1] ? value * (found[1] === "<" ? 0.999 : 1.0009) : value;
  }

  function text(cell) {
    const said = cell.textContent.trim();
    return /[\p{L}\p{N}]/u.test(said) ? said : null;
  }

  // Missing values stand last in both directions.
  function compare(first, second, sign) {
    if (first === null || second === null) return (first === null) - (second === null);
    return sign * (typeof first === "number" ? first - second : words.compare(first, second));
  }

  function sort(bodies, column, sign) {
    const cells = bodies.flatMap((body) => body.rows.map((row) => row.cells[column]));
    const value = cells.some((cell) => cell.classList.contains("number")) ? number : text;
    for (const { body, rows, totals } of bodies) {
      const keyed = rows.map((row) => [value(row.cells[column]), row]);
      if (sign) keyed.sort((first, second) => compare(first[0], second[0], sign));
      body.append(...keyed.map(([, row]) => row), ...totals);
    }
  }

  // Up, down, and back to the order of the report.
  function turn(head, bodies) {
    const next = { ascending: "descending", descending: null }[head.ariaSort];
    const order = next === undefined ? "ascending" : next;
    for (const other of head.parentElement.cells) other.ariaSort = null;
    head.ariaSort = order;
    sort(bodies, head.cellIndex, { ascending: 1, descending: -1 }[order] ?? 0);
  }

  for (const table of document.querySelectorAll("table")) {
    const bodies = [...table.tBodies].map((body) => {
      const rows = [...body.rows].filter((row) => !row.matches(".group, .total"));
      return { body, rows, totals: [...body.querySelectorAll(".total")] };
    });
    if (!bodies.some(({ rows }) => rows.length >= FEWEST_ROWS)) continue;
    table.classList.add("sortable");
    for (const head of table.tHead.rows[0].querySelectorAll("th")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => turn(head, bodies));
    }
  }
})();
