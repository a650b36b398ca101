// The server's sanitized html → nodes. It is parsed in an inert template and copied tag by tag against a list,
// so that even a mistake of the server could bring in no script, style, picture or handler.

import { make } from "./dom.js";
import { t } from "./words.js";

const KEPT = new Set(["B", "STRONG", "I", "EM", "U", "INS", "S", "STRIKE", "DEL", "CODE", "PRE", "BLOCKQUOTE", "SPAN", "BR", "A"]);
const SAFE_LINK = /^(https?|tg|mailto):/i;
const TAPPABLE = /(https?:\/\/[^\s<>"'\u3000-\u303f\uff00-\uffef]+[^\s<>"'.,;:!?()\u3000-\u303f\uff00-\uffef])|(^|[\s(（「“，。：；、])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

/** Nodes for a message's html. `known`: the names of `commands` that may be tapped (without slash), and the `bot`'s own. */
export function nodesOf(html, known) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const out = document.createDocumentFragment();
  copyChildren(template.content, out, known, false);
  return out;
}

function copyChildren(from, to, known, literal) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      if (literal) to.append(child.data);
      else appendText(to, child.data, known);
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      if (!KEPT.has(child.tagName)) {
        to.append(child.textContent);
        continue;
      }
      const copy = copyOf(child, known);
      const inLiteral = literal || ["A", "CODE", "PRE"].includes(child.tagName);
      copyChildren(child, copy, known, inLiteral);
      to.append(copy);
    }
  }
}

function copyOf(node, known) {
  const tag = node.tagName.toLowerCase();
  if (tag === "a") return link(node.getAttribute("href") ?? "", known);
  if (tag === "span" && node.matches(".spoiler, .tg-spoiler")) return make("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("phone-spoiler") });
  if (tag === "blockquote" && node.matches(".expandable, [expandable]")) {
    return make("blockquote", { class: "expandable", role: "button", tabindex: "0", "aria-expanded": "false", title: t("phone-expand") });
  }
  return document.createElement(tag);
}

function link(href, known) {
  if (!SAFE_LINK.test(href)) return document.createElement("span");
  const start = payloadOf(href, known.bot);
  return make("a", { href, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer", data: start ? { start } : {} });
}

/** What a link to this bot hands to it when somebody opens it and presses Start; null for any other link. */
function payloadOf(href, bot) {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!bot || url?.host !== "t.me" || url.pathname.toLowerCase() !== `/${bot.toLowerCase()}`) return null;
  return url.searchParams.get("start");
}

function appendText(to, text, known) {
  let done = 0;
  for (const match of text.matchAll(TAPPABLE)) {
    const [whole, url, before, command] = match;
    if (command && !known.commands.has(command.slice(1).toLowerCase())) continue;
    to.append(text.slice(done, match.index));
    if (url) {
      const anchor = link(url, known);
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
