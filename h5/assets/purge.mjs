/** WeUI, cut to the classes, variables and pictures that the pages use; light alone, no care mode of its own. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";

/** The sheets this is for. */
export const WEUI = /[\\/]weui[\\/]dist[\\/]style[\\/].*\.css$/;

/** Other clients' roots, and looks that are ours to make: high contrast by day, elder mode. */
const FOREIGN = /\.wx-root|(^|[\s>])page\b|data-weui-(theme='?"?dark|mode)/;

/**
 * The text of a WeUI sheet with what is used.
 * @param {string} path
 * @param {string} assets
 */
export async function purged(path, assets) {
  const content = [
    ...texts(join(assets, "../templates"), /\.html$/),
    ...texts(join(assets, "scripts"), /\.js$/),
  ];
  const own = texts(join(assets, "styles"), /\.css$/).join("\n");
  const purge = await new PurgeCSS().purge({
    css: [{ raw: light(readFileSync(path, "utf8")) }],
    content: content.map((raw) => ({ raw, extension: "html" })),
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    safelist: { variables: own.match(/--weui-[\w-]+/g) ?? [] },
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  return purge.map((each) => each.css).join("");
}

/**
 * Without what belongs to the dark and to other clients.
 * @param {string} css
 */
function light(css) {
  const sheet = postcss.parse(css);
  sheet.walkAtRules("media", (rule) => {
    if (/prefers-color-scheme:\s*dark/.test(rule.params)) rule.remove();
  });
  sheet.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => !FOREIGN.test(selector));
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
  return sheet.toString();
}

/**
 * The texts of all files below a folder.
 * @param {string} folder
 * @param {RegExp} wanted
 */
function texts(folder, wanted) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => wanted.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"));
}
