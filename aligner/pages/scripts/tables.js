// Tables of the document as tables: a grid with a row for each row of the source's table, in each cell its pairs, the
// target below the source. Where the document was read from says which pairs are in which cell (`cells_of` in Python).
const tables = (() => {
  const { cells = {} } = review.data.view;
  let shapes = widths();

  // What a pair asks of its column, in characters: half of what it has, and its longest word with the locator beside it.
  function need(bead) {
    const words = `${bitext.source(bead)} ${bitext.target(bead)}`.split(/\s+/);
    return Math.max(Math.min(48, bitext.size(bead) / 2), Math.min(24, Math.max(...words.map(({ length }) => length)) + 5));
  }

  // The columns of each table, as wide as their pairs ask for.
  function widths() {
    const columns = new Map();
    for (const bead of review.data.beads) {
      const [table, , column] = cells[bitext.locator(bead)] ?? [];
      if (!table) continue;
      const found = columns.get(table) ?? columns.set(table, []).get(table);
      found[column - 1] = Math.max(found[column - 1] ?? 8, need(bead));
    }
    const track = (width = 8) => `minmax(var(--cell), ${Math.round(width)}fr)`;
    // Array.from: a column in which nothing stands has its place too.
    return new Map([...columns].map(([table, found]) => [table, Array.from(found, (width) => track(width))]));
  }

  function opened(table) {
    const tracks = shapes.get(table);
    const grid = dom.make("div", { class: "grid", role: "table", "aria-label": "Table", "aria-colcount": tracks.length });
    grid.style.setProperty("--columns", tracks.join(" "));
    grid.style.setProperty("--count", tracks.length);
    return grid;
  }

  // A new cell: in the row of the pair before it, in the table of that pair, or in a new one.
  function added([table, row, column], before, node) {
    const cell = dom.make("div", { class: "cell", role: "cell", "aria-colindex": column });
    cell.style.gridColumn = column;
    const last = before?.place[0] === table ? before.node.parentElement : null;
    if (last && before.place[1] === row) {
      last.after(cell);
      return cell;
    }
    const line = dom.make("div", { class: "line", role: "row" }, cell);
    // A table has a grid in each chunk, so that far from view nothing is laid out.
    if (last && last.closest(".chunk") === node.closest(".chunk")) last.parentElement.after(line);
    else {
      const grid = opened(table);
      const around = node.closest(".grid");
      if (around) around.after(grid);
      else node.before(grid);
      grid.append(line);
    }
    return cell;
  }

  // Put the pairs into their cells, in order; those that are there already stay. A pair without source stays in the cell
  // of the pair before it.
  function lay(nodes) {
    shapes = widths();
    if (!shapes.size) return;
    let before = null;
    const made = new Map();
    for (const cell of dom.all(".cell")) made.set(cell.dataset.place, cell);
    for (const node of nodes) {
      const place = cells[node.id] ?? (node.id.startsWith("t") ? before?.place : null);
      if (!place || node.closest("details")) {
        node.closest(".grid")?.after(node);
        before = null;
        continue;
      }
      const key = place.join(" ");
      const cell = made.get(key) ?? added(place, before, node);
      made.set(key, cell);
      cell.dataset.place = key;
      if (node.parentElement !== cell) cell.append(node);
      before = { place, node };
    }
  }

  // Rows and grids in which the filters leave nothing are not shown.
  function settle(list) {
    for (const part of dom.all(".line, .grid", list)) part.hidden = !dom.one(".bead:not([hidden])", part);
  }

  // In how many columns the table of a pair is set; 1 outside of tables.
  const columns = (bead) => shapes.get(cells[bitext.locator(bead)]?.[0])?.length ?? 1;

  return { columns, lay, settle };
})();
