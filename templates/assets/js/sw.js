/* The service worker: pages that were read, and the villages they belong to, stay readable
 * without network. It stores pages and their dates, and nothing about whoever reads them.
 *
 * generator/render/pages/offline.py fills in VERSION (a hash of what is fetched at the start) and
 * ASSETS (the addresses of style sheets and scripts). Pages come from the network first; the kept copy is shown, and
 * says so, where that fails or takes long. Baseline: Chromium 78, Safari 12.
 */
"use strict";

const HOME = new URL("./", location.href).href;
const VERSION = "{{version}}";
const ASSETS = "{{assets}}".split(" ").map((address) => HOME + address);
const PREFIX = "mingbai " + new URL(HOME).pathname + " ";
const FIXED = PREFIX + VERSION; // style sheet, scripts, the page for what is not kept
const PAGES = PREFIX + "pages"; // outlives versions; each entry carries X-Kept, the time
const OFFLINE = HOME + "offline.html";
const PATIENCE = 4000; // ms that a kept page waits for a fresh one
const DAY = 864e5;
const KEPT = 30 * DAY; // names come down after the display period: nothing is kept for ever
const FRESH = DAY / 4; // a village is not asked for again within this time
const MOST = 2000; // entries
const UNASKED = 2e6; // bytes of a village that are fetched without being asked for
const HASHED = /assets\/([^/]+)\.[0-9a-f]{8}\.(\w+)$/;
// Of a village, and of all villages' searches.
const DATA = /^(v\/[^/]+\/(search\/(texts|behind\/\d+)|mine\/rows)|search\/(guide|sounds|traditional|pages(\/\d+)?))\.json$/;
const ROWS = /\/mine\/rows\.json$/;
const PAGE = /\.html$/;
const SHARED = /^(powers|lists|glossary)\/.*\.html$/;

const plain = (address) => address.replace(HASHED, "$1.$2");
const present = (name) => ASSETS.find((one) => plain(one) === name);
const ignore = () => {};
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// ------------------------------------------------------------------------------ the kept pages

// One entry for a page, whatever was asked of it: questions are not stored.
function keyOf(address) {
  const url = new URL(address, HOME);
  return url.origin + url.pathname.replace(/\/index\.html$/, "/");
}

// China has one time zone.
function today() {
  return new Date(Date.now() + DAY / 3).toISOString().slice(0, 10);
}

function keptAt(response) {
  return Number(response.headers.get("X-Kept"));
}

function isOver(response) {
  const until = response.headers.get("X-Until");
  return Date.now() - keptAt(response) > KEPT || (until && until < today());
}

async function kept(key) {
  const cache = await caches.open(PAGES);
  const found = await cache.match(key);
  if (!found || !isOver(found)) return found;
  await cache.delete(key);
  if (!ROWS.test(key) || Date.now() - keptAt(found) > KEPT) return;
  // Of the lists of households only those go whose names came down.
  const left = (await found.json()).filter(({ until }) => !until || until >= today());
  await keep(key, found, JSON.stringify(left), { "X-Kept": keptAt(found) });
  return cache.match(key);
}

async function get(key) {
  const response = await fetch(key, { cache: "no-cache" });
  return [response, await response.text()];
}

async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");
}

async function keep(key, response, text, more) {
  // Names come down after that day, in kept copies as well: of several the first.
  const untils = text.match(/(data-until=|"until":)"[-0-9]+"/g) || [];
  const headers = {
    "Content-Type": response.headers.get("Content-Type"),
    "X-Kept": Date.now(),
    "X-Digest": await digest(text),
    "X-Until": untils.map((words) => words.slice(-11, -1)).sort()[0] || "",
    ...more,
  };
  const cache = await caches.open(PAGES);
  const put = () => cache.put(key, new Response(text, { headers }));
  return put().catch(() => prune(MOST / 4).then(put)); // the storage may be full
}

// Drop what is too old, then the oldest beyond a number.
async function prune(most) {
  const cache = await caches.open(PAGES);
  const left = [];
  for (const request of await cache.keys()) {
    const response = await kept(request.url);
    if (response) left.push([keptAt(response), request]);
  }
  left.sort((a, b) => b[0] - a[0]);
  for (const [, request] of left.slice(most)) await cache.delete(request);
}

// ------------------------------------------------------------------------------------- answers

function when(response) {
  const date = new Date(keptAt(response)), now = new Date();
  const time = date.getHours() + ":" + String(date.getMinutes()).padStart(2, "0");
  if (date.toDateString() === now.toDateString()) return "今天 " + time + " ";
  const year = date.getFullYear() === now.getFullYear() ? "" : date.getFullYear() + "年";
  return " " + year + (date.getMonth() + 1) + "月" + date.getDate() + "日 ";
}

async function marked(response, why) {
  const text = await response.text();
  const bar = `<p class="kept">${why}，这是${when(response)}存下的页面。<a href="">再取一次</a></p>`;
  return new Response(text.replace(/<main[^>]*>|$/, "$&" + bar), { headers: response.headers });
}

function noNetwork() {
  return navigator.onLine === false ? "没有网络" : "网站连不上";
}

// Whoever comes for the first time is not kept waiting for the page for what is not kept.
async function offline() {
  const cache = await caches.open(FIXED);
  if (!await cache.match(OFFLINE)) await cache.add(new Request(OFFLINE, { cache: "no-cache" }));
}

async function notKept() {
  const cache = await caches.open(PAGES);
  const page = await caches.match(OFFLINE, { cacheName: FIXED });
  if (!page) return Response.error();
  let links = "";
  for (const { url } of await cache.keys()) {
    const old = /\/v\/[^/]+\/$/.test(url) && await kept(url);
    const title = old && /<title>([^<]*?)( - |<)/.exec(await old.text());
    if (title) links += `<li><a href="${url.slice(HOME.length)}">${title[1]}</a></li>`;
  }
  let text = await page.text();
  if (links) text = text.replace(/ data-villages hidden(>[^]*?<ul[^>]*>)/, "$1" + links);
  // It stands in the place of any page: its relative addresses are the root's.
  text = text.replace(/ (href|src|action|data-root)="(?![a-z]+:|[#/"])/g, "$&" + HOME);
  return new Response(text, { headers: page.headers });
}

async function page(event, key) {
  const old = await kept(key);
  // no-cache: the browser's own copy, unmarked, would pass for a fresh page.
  const coming = fetch(event.request, { cache: "no-cache" }).then(async (response) => {
    if (old && response.status >= 500) throw new Error(response.status);
    const cache = await caches.open(PAGES);
    if (response.status === 404 || response.status === 410) await cache.delete(key);
    if (!response.ok || !/html/.test(response.headers.get("Content-Type"))) return response;
    const whole = response.clone().text();
    const stored = whole.then((text) => keep(key, response, text).catch(ignore)).then(offline);
    event.waitUntil(stored.catch(ignore));
    if (old) await whole;
    return response;
  });
  event.waitUntil(coming.catch(ignore));
  if (!old) return coming.catch(notKept);
  const late = wait(PATIENCE).then(() => "网络很慢");
  const first = await Promise.race([coming.catch(noNetwork), late]);
  return typeof first === "string" ? marked(old, first) : first;
}

// Cache first. A kept page may ask for a style sheet of an earlier version: today's is near it.
async function asset(key) {
  const cache = await caches.open(FIXED);
  const found = await cache.match(key);
  if (found) return found;
  const response = await fetch(key).catch(() => Response.error());
  if (response.ok) {
    await cache.put(key, response.clone()).catch(ignore);
    return response;
  }
  return await cache.match(present(plain(key))) || response;
}

// What a village is searched from, and its lists of households: fresh, or the kept copy with its time.
async function data(event, key) {
  const old = await kept(key);
  const coming = get(key).then(([response, text]) => {
    if (!response.ok) throw new Error(response.status);
    event.waitUntil(keep(key, response, text).catch(ignore));
    return new Response(text, { headers: response.headers });
  });
  event.waitUntil(coming.catch(ignore));
  if (!old) return coming.catch(() => Response.error());
  const fresh = await Promise.race([coming.catch(ignore), wait(PATIENCE)]);
  return fresh || new Response(await old.text(), {
    headers: { "Content-Type": "application/json", "X-When": encodeURIComponent(when(old)) },
  });
}

// ------------------------------------------------------------------------------ whole villages

const pathOf = (url) => url.replace(/\/$/, "/index.html");

// What to fetch, [path, facts]: of the village its frame, the search, and what is on display, the
// newest first; or everything, and the pages above the villages that its pages speak of.
function wanted({ files, records }, site, all) {
  const pages = new Set(Object.keys(files).filter((path) => PAGE.test(path)));
  const known = records.map((record) => pathOf(record.url)).filter((path) => pages.has(path));
  const shown = records.filter((record) => record.status === "display")
    .sort((a, b) => (a.published < b.published ? 1 : -1)).map((record) => pathOf(record.url));
  known.forEach((path) => pages.delete(path));
  const search = Object.keys(files).filter((path) => DATA.test(path))
    .concat(Object.keys(site.files).filter((path) => DATA.test(path)));
  const facts = (path) => [path, files[path] || site.files[path]];
  if (all) {
    const shared = Object.keys(site.files).filter((path) => SHARED.test(path));
    return [...pages, ...search, ...known, ...shared].map(facts);
  }
  let left = UNASKED;
  return [...pages, ...search, ...shown].map(facts).filter((one) => (left -= one[1].bytes) >= 0);
}

async function take(path, facts) {
  const key = keyOf(path);
  const old = await kept(key);
  // Unchanged: as good as fetched today.
  if (old && old.headers.get("X-Digest") === facts.sha256) return keep(key, old, await old.text());
  const fresh = await get(key);
  if (fresh[0].ok) await keep(key, ...fresh);
}

// `job`: "look" only tells sizes, "visit" keeps what is needed, "all" every page.
async function village({ job, home, thrifty }, tell) {
  const key = HOME + home + "manifest.json";
  const before = await kept(key);
  const whole = before && before.headers.get("X-All") ? when(before) : "";
  const isFresh = before && Date.now() - keptAt(before) < FRESH;
  if (job === "visit" && (thrifty || isFresh)) {
    return tell({ whole, bytes: before ? Number(before.headers.get("X-Bytes")) : 0 });
  }
  const [response, text] = await get(key);
  const [, top] = await get(HOME + "manifest.json");
  const manifest = JSON.parse(text), site = JSON.parse(top);
  const bytes = wanted(manifest, site, true).reduce((sum, [, facts]) => sum + facts.bytes, 0);
  tell({ whole, bytes });
  if (job === "look") return;
  const all = job === "all" || Boolean(whole);
  const list = new Map(wanted(manifest, site, all)), cache = await caches.open(PAGES);
  // What is kept already is renewed, and dropped where the village no longer has it.
  for (const { url } of await cache.keys()) {
    const path = pathOf(url).slice(HOME.length), facts = manifest.files[path];
    if (facts) list.set(path, facts);
    else if (path.startsWith(home) && url !== key) await cache.delete(url);
  }
  const queue = [...list], of = list.size;
  let done = 0;
  const worker = async () => {
    while (queue.length) {
      await take(...queue.shift());
      done += 1;
      if (job === "all") tell({ done, of, bytes });
    }
  };
  await Promise.all(ASSETS.map(asset));
  await Promise.all([worker(), worker(), worker(), worker()]);
  await keep(key, response, text, all ? { "X-All": "1", "X-Bytes": bytes } : { "X-Bytes": bytes });
  await prune(MOST);
  tell({ whole: all ? when(await kept(key)) : "", bytes, pages: of });
}

// -------------------------------------------------------------------------------------- events

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const isKept = await caches.has(PAGES); // then what pages look like is as well
    const looks = isKept ? ["page.css", "find.css", "lines.css", "story.css", "more.css", "page.js", "later.js"] : [];
    const every = ["site.css", "early.js", "site.js", ...looks].map((name) => present(HOME + name));
    const requests = (isKept ? [OFFLINE, ...every] : every).map((key) => new Request(key, { cache: "no-cache" }));
    await (await caches.open(FIXED)).addAll(requests);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.filter((name) => name !== FIXED && name !== PAGES)
      .map((name) => caches.delete(name)));
    await prune(MOST);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event, key = keyOf(request.url);
  if (request.method !== "GET" || !key.startsWith(HOME)) return;
  const path = key.slice(HOME.length);
  if (request.mode === "navigate") {
    if (/(^|\/)([^/]+\.html)?$/.test(path)) event.respondWith(page(event, key));
  } else if (HASHED.test(path)) {
    event.respondWith(asset(key));
  } else if (DATA.test(path)) {
    event.respondWith(data(event, key));
  }
});

let jobs = Promise.resolve();

self.addEventListener("message", (event) => {
  const [port] = event.ports, tell = (words) => port.postMessage(words);
  const run = async () => {
    try {
      await offline().catch(ignore);
      if (event.data.page) { // with what it looks like
        await Promise.all([take(event.data.page, {}), ...(event.data.looks || []).map(asset)]); // pages of an earlier version name none
      }
      if (event.data.home) await village(event.data, tell);
    } catch (error) {
      tell({ failed: error.name === "QuotaExceededError" ? "full" : "network" });
    }
  };
  jobs = jobs.then(run);
  event.waitUntil(jobs);
});
