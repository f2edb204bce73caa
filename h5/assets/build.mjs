/**
 * Builds h5/static from h5/assets, or the folder named: `make assets`. Tells how heavy each file is on the wire.
 *
 * - scripts/NAME.js is one page family's script, bundled with what it imports from scripts/parts/;
 *   what it imports dynamically becomes a file of its own and loads when it is wanted.
 * - styles/NAME.css that no other sheet imports is one sheet; what it takes from WeUI is cut to what
 *   the pages use.
 * - images/NAME is copied.
 * - worker/sw.js keeps its name and knows the files that a worker's phone keeps.
 *
 * Names carry a hash of their contents, manifest.json tells them, and a .gz stands beside each.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { WEUI, purged } from "./purge.mjs";

const ASSETS = dirname(fileURLToPath(import.meta.url));
const ROOT = join(ASSETS, "../..");
const STATIC = resolve(process.argv.slice(2).find((each) => !each.startsWith("-")) ?? join(ASSETS, "../static"));
const MANIFEST = "manifest.json";

/** Sheets and scripts of the offices stay off the workers' phones. */
const OFFICE = /^(office|map)/;
/** How long a file stays that is built no more. */
const KEPT_MS = 3_600_000;
const PACKED = /\.(js|css|svg|json)$/;

/** @type {import("esbuild").BuildOptions} */
const SHARED = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  charset: "utf8",
  // Leaflet's drawing tools extend the very object that it publishes, which a module could not be.
  mainFields: ["main", "module"],
  logLevel: "warning",
  outdir: STATIC,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
};

/** @typedef {Map<string, Uint8Array>} Files name of the built file: its bytes */
/** @typedef {Record<string, string>} Manifest name in a template, or of a part that loads later: name of the built file */

/** @type {Files} */
const files = new Map();
/** @type {Manifest} */
const manifest = {};
/** What is built for offices alone. @type {Set<string>} */
const desk = new Set();

/**
 * The files directly inside a folder of assets, sorted.
 * @param {string} folder
 * @param {RegExp} wanted
 */
function sources(folder, wanted) {
  const path = join(ASSETS, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).filter((name) => wanted.test(name)).sort().map((name) => join(path, name));
}

/**
 * Bundle one entry by itself: nothing is shared with another, so a page needs one request for it.
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} options
 */
async function bundle(entry, options) {
  const done = await build({ ...SHARED, entryPoints: [entry], ...options });
  for (const file of done.outputFiles ?? []) {
    const name = basename(file.path);
    files.set(name, file.contents);
    manifest[name] = name;
    if (OFFICE.test(basename(entry))) desk.add(name);
  }
  const [built] = Object.entries(done.metafile?.outputs ?? {}).find(([, output]) => output.entryPoint) ?? [];
  if (!built) throw new Error(`nothing was built of ${entry}`);
  delete manifest[basename(built)];
  manifest[basename(entry)] = basename(built);
}

/** The sheets that are not parts of others. */
function sheets() {
  const found = sources("styles", /\.css$/);
  const imported = found.flatMap((path) => readFileSync(path, "utf8").match(/(?<=@import "\.\/)[\w-]+\.css/g) ?? []);
  return found.filter((path) => !imported.includes(basename(path)));
}

/** @param {string} entry */
const script = (entry) => bundle(entry, { target: "es2017", format: "esm", splitting: true });

/** @param {string} entry */
const sheet = (entry) =>
  bundle(entry, {
    target: ["chrome61", "ios11", "safari11"],
    loader: { ".png": "file", ".svg": "dataurl" },
    plugins: [{
      name: "purged",
      setup: (made) => made.onLoad({ filter: WEUI }, async ({ path }) => ({
        contents: await purged(path, ASSETS),
        loader: "css",
      })),
    }],
  });

/** @param {string} path */
function image(path) {
  const bytes = readFileSync(path);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const built = basename(path).replace(/(?=\.\w+$)/, `-${hash}`);
  manifest[basename(path)] = built;
  files.set(built, bytes);
  if (OFFICE.test(basename(path))) desk.add(built);
}

/** What a worker's phone keeps for when there is no network. */
function kept() {
  return Object.values(manifest).filter((name) => !desk.has(name)).sort();
}

/** @param {string} entry */
const worker = (entry) =>
  bundle(entry, {
    target: "es2017",
    format: "iife",
    entryNames: "[name]",
    define: { KEPT: JSON.stringify(kept()) },
  });

/**
 * Write a file when it differs, and its packed form beside it.
 * @param {string} name
 * @param {Uint8Array} bytes
 */
function put(name, bytes) {
  const path = join(STATIC, name);
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

/**
 * Write everything, the manifest last; then remove what left the build an hour ago. Until then a page that was
 * delivered before, or a server that was started before, may ask for it.
 */
function write() {
  const told = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  files.set(MANIFEST, Buffer.from(JSON.stringify(told, null, 2) + "\n"));
  for (const [name, bytes] of [...files]) {
    if (PACKED.test(name) && name !== MANIFEST) files.set(`${name}.gz`, gzipSync(bytes, { level: 9 }));
  }
  mkdirSync(STATIC, { recursive: true });
  const ordered = [...files].sort(([a], [b]) => Number(a === MANIFEST) - Number(b === MANIFEST));
  for (const [name, bytes] of ordered) put(name, bytes);
  const now = Date.now();
  for (const name of readdirSync(STATIC)) {
    const path = join(STATIC, name);
    if (files.has(name)) utimesSync(path, now / 1000, now / 1000);
    else if (statSync(path).mtimeMs < now - KEPT_MS) rmSync(path);
  }
}

/** One line for each name: how heavy it is on the wire. */
function tell() {
  for (const [name, built] of Object.entries(manifest).sort()) {
    const bytes = (files.get(`${built}.gz`) ?? files.get(built))?.length ?? 0;
    console.log(`${String(bytes).padStart(8)} bytes  ${name}`);
  }
}

for (const entry of sources("scripts", /\.js$/)) await script(entry);
for (const entry of sheets()) await sheet(entry);
sources("images", /^[^.]/).forEach(image);
for (const entry of sources("worker", /^sw\.js$/)) await worker(entry);
write();
tell();
