// The server's sanitized html → nodes. It is parsed in an inert template and copied tag by tag against a list,
// so that even a mistake of the server could bring in no script, style, picture or handler.

import { make } from "./dom.js";
import { t } from "./words.js";

const KEPT = new Set(["B", "STRONG", "I", "EM", "U", "INS", "S", "STRIKE", "DEL", "CODE", "PRE", "BLOCKQUOTE", "SPAN", "BR", "A"]);
const SAFE_LINK = /^(https?|tg|mailto):/i;
const TAPPABLE = /(https?:\/\/[^\s<>"'\u3000-\u303f\uff00-\uffef]+[^\s<>"'.,;:!?()\u3000-\u303f\uff00-\uffef])|(^|[\s(（「“，。：；、])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

/** Nodes for a message's html. `commands`: the names that may be tapped (without slash). */
export function nodesOf(html, commands) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const out = document.createDocumentFragment();
  copyChildren(template.content, out, commands, false);
  return out;
}

function copyChildren(from, to, commands, literal) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      if (literal) to.append(child.data);
      else appendText(to, child.data, commands);
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      if (!KEPT.has(child.tagName)) {
        to.append(child.textContent);
        continue;
      }
      const copy = copyOf(child);
      const inLiteral = literal || ["A", "CODE", "PRE"].includes(child.tagName);
      copyChildren(child, copy, commands, inLiteral);
      to.append(copy);
    }
  }
}

function copyOf(node) {
  const tag = node.tagName.toLowerCase();
  if (tag === "a") return link(node.getAttribute("href") ?? "");
  if (tag === "span" && node.matches(".spoiler, .tg-spoiler")) return make("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("phone-spoiler") });
  if (tag === "blockquote" && node.matches(".expandable, [expandable]")) {
    return make("blockquote", { class: "expandable", role: "button", tabindex: "0", "aria-expanded": "false", title: t("phone-expand") });
  }
  return document.createElement(tag);
}

function link(href) {
  if (!SAFE_LINK.test(href)) return document.createElement("span");
  return make("a", { href, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer" });
}

function appendText(to, text, commands) {
  let done = 0;
  for (const match of text.matchAll(TAPPABLE)) {
    const [whole, url, before, command] = match;
    if (command && !commands.has(command.slice(1).toLowerCase())) continue;
    to.append(text.slice(done, match.index));
    if (url) {
      const anchor = link(url);
      anchor.append(url);
      to.append(anchor);
    } else {
      to.append(before, make("a", { class: "command", role: "button", tabindex: "0", data: { command }, text: command }));
    }
    done = match.index + whole.length;
  }
  to.append(text.slice(done));
}

/** Reveal a spoiler or unfold a quotation; true when the element was one. */
export function reveal(target) {
  const spoiler = target.closest(".spoiler");
  if (spoiler && !spoiler.classList.contains("is-shown")) {
    spoiler.classList.add("is-shown");
    for (const name of ["role", "tabindex", "aria-label"]) spoiler.removeAttribute(name);
    return true;
  }
  const quote = target.closest("blockquote.expandable");
  if (quote && !target.closest("a")) {
    quote.setAttribute("aria-expanded", String(quote.classList.toggle("is-open")));
    return true;
  }
  return false;
}
