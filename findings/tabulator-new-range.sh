#!/bin/sh
# Tabulator: a range that was just added by addRange(start, end) is for a moment that of the first cell of the table:
# its bounds are set by a timer. Whoever asks for the chosen cell at once, say because a key was pressed, gets another
# one. Seen with 6.5.3.
#
# Why it matters: a grid over a village's accounts leads to the cell with the fault and takes what is typed there; on a
# slow machine the amount lands in the first cell of the first row.
# What we do: set the bounds of the new range ourselves, at once.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix . tabulator-tables@6.5.3 jsdom@26.1.0 >/dev/null
cat >seen.mjs <<'JS'
import assert from "node:assert";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<div id=grid></div>", { pretendToBeVisual: true });
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
for (const name of ["document", "navigator", "HTMLElement", "Element", "Node", "Event", "getComputedStyle"])
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
Object.assign(globalThis, { window, ResizeObserver: Observer, IntersectionObserver: Observer });

const { TabulatorFull } = await import("tabulator-tables");
const table = new TabulatorFull(document.getElementById("grid"), {
  data: [{ words: "水泥", amount: 600 }, { words: "沙石", amount: 800 }],
  columns: ["words", "amount"].map((field) => ({ title: field, field, headerSort: false })),
  selectableRange: 1,
  renderVertical: "basic",
  autoResize: false,
});
await new Promise((done) => table.on("tableBuilt", done));
const chosen = () => table.getRanges()[0].getCells()[0][0].getValue();
const wait = () => new Promise((done) => setTimeout(done, 50));

const cell = table.getRows()[1].getCell("amount");
table.addRange(cell, cell);
const atOnce = chosen();
await wait();
const later = chosen();
table.addRange(cell, cell);
table.getRanges()[0].setBounds(cell, cell);
const told = chosen();
console.log("tabulator-tables 6.5.3: at once", atOnce, "| later", later, "| with bounds set", told);
assert.deepEqual([atOnce, later, told], ["水泥", 800, 800], "changed");
process.exit(0);
JS
node seen.mjs
