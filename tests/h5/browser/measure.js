/**
 * What a page is measured by, put into every page before its own scripts; `window.measure` then
 * answers with lists of sentences that say what is wrong.
 */
(() => {
  const APART_PX = 8;
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link]";

  /** @type {string[]} */
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.violatedDirective} ${event.blockedURI} line ${event.lineNumber} ${event.sample}`);
  });

  /** @param {Element} element */
  function named(element) {
    const classes = [...element.classList].map((each) => `.${each}`).join("");
    const text = (element.getAttribute("aria-label") || element.textContent || "").trim().slice(0, 20);
    return `<${element.localName}${element.id && `#${element.id}`}${classes}> ${text}`;
  }

  /** Seen by people: drawn, and neither cut to nothing nor put outside. @param {Element} element */
  function isSeen(element) {
    const box = element.getBoundingClientRect();
    const { clip, clipPath } = getComputedStyle(element);
    const cut = /rect\(0px,? 0px,? 0px,? 0px\)/.test(clip) || /inset\((50|100)%\)/.test(clipPath);
    const drawn = !cut && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return drawn && box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + scrollY > 0;
  }

  /** @param {Element} element */
  function hasOwnText(element) {
    return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /\S/.test(node.data));
  }

  /** A link in running text, which lines of text keep small. @param {Element} element */
  function isInline(element) {
    return getComputedStyle(element).display === "inline" && element.parentElement && hasOwnText(element.parentElement);
  }

  /** @param {Element} element */
  function isFixed(element) {
    for (let each = element; each; each = each.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(each).position)) return true;
    }
    return false;
  }

  /** The part of the page that a finger may hit for it: with the labels, for a box to tick. */
  function boxOf(element) {
    const ticked = ["checkbox", "radio", "file"].includes(element.type);
    const parts = ticked ? [...(element.labels || []), element] : [element];
    const boxes = parts.filter((each) => isSeen(each)).map((each) => each.getBoundingClientRect());
    if (!boxes.length) return null;
    const left = Math.min(...boxes.map((each) => each.left));
    const top = Math.min(...boxes.map((each) => each.top));
    const right = Math.max(...boxes.map((each) => each.right));
    const bottom = Math.max(...boxes.map((each) => each.bottom));
    return { element, left, top, right, bottom, width: right - left, height: bottom - top };
  }

  function targetBoxes() {
    return [...document.querySelectorAll(TARGETS)]
      .filter((each) => !each.disabled && !isInline(each))
      .map(boxOf)
      .filter((each) => each);
  }

  /** Equal boxes in one row or column, as in a list, are hard to miss even without a gap. */
  function areInLine(a, b) {
    const near = (x, y) => Math.abs(x - y) <= 1.5;
    const column = near(a.left, b.left) && near(a.width, b.width);
    const row = near(a.top, b.top) && near(a.height, b.height);
    return column !== row;
  }

  function tooNear(a, b) {
    if (a.element.contains(b.element) || b.element.contains(a.element)) return false;
    if (isFixed(a.element) !== isFixed(b.element)) return false;
    const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
    const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
    const overlap = across < -1 && down < -1;
    const apart = Math.hypot(Math.max(across, 0), Math.max(down, 0));
    return overlap || (apart < APART_PX - 0.5 && !areInLine(a, b));
  }

  /** Targets smaller than `least` pixels either way, or nearer than 8 px to another. */
  function targets(least) {
    const boxes = targetBoxes();
    const faults = boxes
      .filter((box) => box.width < least - 0.5 || box.height < least - 0.5)
      .map((box) => `${named(box.element)} is ${Math.round(box.width)}x${Math.round(box.height)}, least ${least}`);
    boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => {
      if (tooNear(a, b)) faults.push(`${named(a.element)} is too near to ${named(b.element)}`);
    }));
    return faults;
  }

  /** @param {Element} element */
  function isInScroller(element) {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(each).overflowX)) return true;
    }
    return false;
  }

  /** What makes the page wider than the screen, and text that does not fit into its box. */
  function overflow() {
    const root = document.documentElement;
    const all = [...document.body.querySelectorAll("*")].filter((each) => isSeen(each));
    const faults = root.scrollWidth > root.clientWidth + 1
      ? [`the page is ${root.scrollWidth} px wide on ${root.clientWidth}`] : [];
    for (const each of all) {
      const box = each.getBoundingClientRect();
      if (box.right > root.clientWidth + 1 && !isInScroller(each)) faults.push(`${named(each)} stands out to the right`);
      if (!hasOwnText(each) || each.clientWidth <= 1) continue;
      const { overflowX, overflowY } = getComputedStyle(each);
      if (each.scrollWidth > each.clientWidth + 1 && !/auto|scroll/.test(overflowX)) faults.push(`${named(each)} is cut at its side`);
      if (each.scrollHeight > each.clientHeight + 3 && /hidden|clip/.test(overflowY)) faults.push(`${named(each)} is cut below`);
    }
    return faults;
  }

  /** Text smaller than `least` pixels. */
  function smallText(least) {
    return [...document.body.querySelectorAll("*")]
      .filter((each) => isSeen(each) && hasOwnText(each))
      .filter((each) => parseFloat(getComputedStyle(each).fontSize) < least - 0.01)
      .map((each) => `${named(each)} has ${getComputedStyle(each).fontSize}, least ${least}`);
  }

  /** Make every text larger, as a phone's setting does: the boxes stay what they are. */
  function enlargeText(times) {
    const sizes = [...document.body.querySelectorAll("*")].map((each) => {
      const style = getComputedStyle(each);
      const size = parseFloat(style.fontSize);
      return { each, size: size * times, line: parseFloat(style.lineHeight) / size };
    });
    for (const { each, size, line } of sizes) {
      if (!each.style) continue;
      each.style.setProperty("font-size", `${size}px`, "important");
      if (line) each.style.setProperty("line-height", String(line));
    }
  }

  window.measure = { violations, targets, overflow, smallText, enlargeText };
})();
