/** Boxes before the rows of a table. */

/**
 * Let the box in the head tick all rows of the form, and say how many are ticked.
 * @param {HTMLFormElement} form
 * @param {(n: string) => string} saying how many are ticked
 */
export function countPicked(form, saying) {
  const all = form.querySelector("[data-pick-all]");
  if (!(all instanceof HTMLInputElement)) return;
  const boxes = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("td.is-pick input")]);
  const told = form.querySelector("[data-picked]");
  const empty = told ? told.textContent : "";
  const count = () => {
    const picked = boxes().filter((box) => box.checked).length;
    all.checked = picked > 0 && picked === boxes().length;
    all.indeterminate = picked > 0 && !all.checked;
    if (told) told.textContent = picked ? saying(String(picked)) : empty;
  };
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
  form.addEventListener("change", count);
  count();
}
