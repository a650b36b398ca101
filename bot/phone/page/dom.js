// Small tools for making elements; the only place where elements are built from names.

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id; throws when the page lacks it. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id}`);
  return found;
}

/** A new element. `props`: class, text, on (listeners), data, any other key an attribute (null and false are left out). */
export function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") node.className = value;
    else if (key === "text") node.textContent = value;
    else if (key === "on") for (const [kind, listener] of Object.entries(value)) node.addEventListener(kind, listener);
    else if (key === "data") Object.assign(node.dataset, value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An icon of the sprite in index.html, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Put another icon into a button that already shows one. */
export function swapIcon(button, name) {
  button.querySelector("use").setAttribute("href", `#i-${name}`);
}

/** Show or hide, touching the DOM only when something changes. */
export function shown(node, visible) {
  if (node.hidden === visible) node.hidden = !visible;
}

/** Set the text, touching the DOM only when something changes. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A remembered choice, or null; storage may be forbidden. */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remember a choice where the browser lets us. */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
