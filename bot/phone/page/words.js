// The page's texts, as the server formats them from Fluent; no text a person reads stands in the code.

let words = {};
let current = "zh";

/** "zh" or "en": the language the page speaks now. */
export function language() {
  return current;
}

/** The BCP 47 tag for dates and numbers. */
export function locale() {
  return current === "zh" ? "zh-CN" : "en-GB";
}

/** "zh" or "en" for a Telegram language code. */
export function pageLanguage(code) {
  return String(code ?? "").toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Fetch the texts of a language and put them into the page. */
export async function speak(next) {
  const answer = await fetch(`/phone/texts?lang=${encodeURIComponent(next)}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`texts: ${answer.status}`);
  words = await answer.json();
  current = next;
  document.documentElement.lang = locale();
  fill(document);
}

/** The text of an id, each {name} replaced by its value; a missing id shows itself. */
export function t(id, values = {}) {
  return (words[id] ?? id).replace(/\{\s*\$?(\w+)\s*\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Whether a text exists. */
export function knows(id) {
  return Object.hasOwn(words, id);
}

function fill(root) {
  for (const node of root.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.tagName === "BUTTON" && node.classList.contains("tool")) node.title = t(node.dataset.label);
  }
  for (const node of root.querySelectorAll("[data-hint]")) node.setAttribute("placeholder", t(node.dataset.hint));
}

/** Name a control anew; the next change of language keeps it right. */
export function relabel(node, id) {
  node.dataset.label = id;
  node.setAttribute("aria-label", t(id));
  if (node.classList.contains("tool")) node.title = t(id);
}

/** A person's role in the page's language; an unknown role is shown as it is. */
export function roleName(role) {
  const id = `phone-role-${role}`;
  return knows(id) ? t(id) : String(role ?? "");
}

/** Bytes for a person: 12 kB, 3.4 MB. */
export function fileSize(bytes) {
  const [unit, value] = bytes < 1024 ? ["byte", bytes] : bytes < 1024 * 1024 ? ["kilobyte", bytes / 1024] : ["megabyte", bytes / 1024 / 1024];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 && unit !== "byte" ? 1 : 0 }).format(value);
}
