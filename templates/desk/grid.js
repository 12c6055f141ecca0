// The grid: a file's rows as a spreadsheet shows them, with problems at their cells. Tabulator does the work;
// what people expect of a spreadsheet beside it is that typing begins to write.

/* global Tabulator */

const WORDS = { error: "错误", warning: "请留意", notice: "说明" };
const TONES = ["mark-error", "mark-warning", "mark-notice"];

function letters(column) {
  let name = "";
  for (let number = column + 1; number; number = Math.floor((number - 1) / 26))
    name = String.fromCharCode(65 + ((number - 1) % 26)) + name;
  return name;
}

const rowOf = (cells) => Object.fromEntries(cells.map((cell, place) => ["c" + place, cell]));

export class Grid {
  constructor(element, rows, changed, { readOnly = false } = {}) {
    this.wide = Math.max(1, ...rows.map((row) => row.length));
    this.marks = new Map();
    this.painted = new Set();
    this.heading = 0;
    this.ready = false;
    const columns = Array.from({ length: this.wide }, (_, place) => ({
      title: letters(place),
      field: "c" + place,
      editor: readOnly ? undefined : "input",
      formatter: (cell) => this.format(cell, place),
    }));
    this.table = new Tabulator(element, {
      data: rows.map((row) => rowOf(row)),
      columns,
      columnDefaults: { headerSort: false, resizable: "header", minWidth: 64, maxInitialWidth: 260 },
      layout: "fitData",
      height: "100%",
      rowHeader: { formatter: "rownum", width: 52, resizable: false, frozen: true, hozAlign: "right", cssClass: "number", headerSort: false },
      rowFormatter: (row) => row.getElement().classList.toggle("heading", row.getPosition() === this.heading),
      editTriggerEvent: "dblclick",
      selectableRange: 1,
      selectableRangeRows: true,
      selectableRangeColumns: true,
      selectableRangeClearCells: !readOnly,
      clipboard: readOnly ? "copy" : true,
      clipboardCopyStyled: false,
      clipboardCopyConfig: { rowHeaders: false, columnHeaders: false },
      clipboardCopyRowRange: "range",
      clipboardPasteParser: "range",
      clipboardPasteAction: "range",
      history: true,
      // Its own way draws all anew when the place grows or shrinks, and forgets which cell is chosen.
      autoResize: false,
    });
    this.sized = new ResizeObserver(() => this.ready && this.table.redraw());
    this.sized.observe(element);
    this.built = new Promise((done) => this.table.on("tableBuilt", done)).then(() => (this.ready = true));
    const tell = () => this.ready && changed();
    for (const event of ["dataChanged", "historyUndo", "historyRedo", "rowAdded", "rowDeleted"])
      this.table.on(event, tell);
    if (!readOnly) element.addEventListener("keydown", (event) => this.typed(event), true);
  }

  // A key that writes begins to write; what an input method composes falls into the same field.
  typed(event) {
    if (event.target.closest("input")) return;
    const writes = event.key.length === 1 || event.key === "Process" || event.key === "F2";
    if (event.ctrlKey || event.metaKey || event.altKey || !writes) return;
    const cell = this.chosen();
    if (!cell) return;
    const kept = event.key === "F2";
    cell.edit(true);
    const input = cell.getElement().querySelector("input");
    if (!input) return;
    if (kept) event.preventDefault();
    else input.value = "";
    input.focus();
  }

  chosen() {
    const range = this.table.getRanges()[0];
    return range ? range.getCells()[0][0] : null;
  }

  format(cell, place) {
    this.paint(cell.getElement(), cell.getRow().getPosition(), place);
    const value = cell.getValue();
    return document.createTextNode(value === undefined || value === null ? "" : value);
  }

  paint(element, row, place) {
    const found = this.marks.get(row + " " + place);
    element.classList.remove(...TONES);
    element.title = found ? `${WORDS[found.severity]}：${found.words}` : "";
    if (!found) return;
    element.classList.add("mark-" + found.severity);
    this.painted.add(element);
  }

  // Only cells that are marked, or were, are touched: to format a row anew forgets what can be undone.
  mark(marks, heading) {
    const rows = this.table.getRows();
    const before = [...this.painted];
    this.painted.clear();
    this.marks = new Map();
    for (const mark of [...marks].reverse()) this.marks.set(mark.row + " " + mark.column, mark);
    for (const element of before) {
      element.classList.remove(...TONES);
      element.title = "";
    }
    for (const { row, column } of marks) {
      const cell = rows[row - 1] && rows[row - 1].getCell("c" + column);
      if (cell) this.paint(cell.getElement(), row, column);
    }
    for (const number of [this.heading, heading])
      if (rows[number - 1]) rows[number - 1].getElement().classList.toggle("heading", number === heading);
    this.heading = heading;
  }

  rows() {
    return this.table.getRows().map((row) => {
      const data = row.getData();
      return Array.from({ length: this.wide }, (_, place) => String(data["c" + place] ?? ""));
    });
  }

  async show(row, column) {
    const found = this.table.getRows().find((one) => one.getPosition() === row);
    if (!found) return;
    await this.table.scrollToRow(found, "center", false).catch(() => {});
    const cell = found.getCell("c" + Math.max(0, column));
    if (!cell) return;
    // Of a column that is seen already it never says that it is done.
    this.table.scrollToColumn(cell.getColumn(), "middle", false).catch(() => {});
    this.table.addRange(cell, cell);
    // A new range is that of the first cell until a timer runs: what is typed before that would land there.
    this.table.getRanges()[0].setBounds(cell, cell);
    this.focus();
  }

  async addBelow() {
    const cell = this.chosen();
    const row = cell ? cell.getRow() : undefined;
    const added = await this.table.addRow(rowOf(Array(this.wide).fill("")), false, row);
    this.show(added.getPosition(), 0);
  }

  drop() {
    const cell = this.chosen();
    if (cell) cell.getRow().delete();
  }

  undo() {
    this.table.undo();
  }

  redo() {
    this.table.redo();
  }

  focus() {
    const holder = this.table.element.querySelector(".tabulator-tableholder");
    holder.focus({ preventScroll: true });
  }

  close() {
    this.sized.disconnect();
    this.table.destroy();
  }
}
