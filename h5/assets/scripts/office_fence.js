/** The fence editor: a map over the form's fields. Without it the form works by hand. */
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-fence]"));
/** @type {any} */
const texts = JSON.parse(document.getElementById("texts")?.textContent || "{}");

/** Load the map's style sheet, which only this page needs. */
function styled() {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = form?.dataset.styles || "";
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}

/** @param {HTMLFormElement} form */
async function open(form) {
  const says = /** @type {HTMLElement} */ (form.querySelector("[data-says]"));
  says.hidden = false;
  says.textContent = texts.loading;
  try {
    const [{ edit }] = await Promise.all([import("./parts/fence_map.js"), styled()]);
    const others = JSON.parse(document.getElementById("others")?.textContent || "[]");
    edit(form, others, texts);
  } catch (error) {
    says.textContent = texts.failed;
    throw error;
  }
}

if (form) open(form);
