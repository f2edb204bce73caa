/** The texts that the page gives its script, by the rest of their keys. */
/** @type {Record<string, string>} */
const given = JSON.parse(document.getElementById("texts")?.textContent || "{}");

/**
 * The text of `key` with its `{names}` filled in; the key itself when the page did not give it.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function text(key, values = {}) {
  return (given[key] || key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
