// The messages of one chat: bubbles, day separators, buttons, and a reader's place in them.

import { icon, make, setText, shown } from "./dom.js";
import { nodesOf, reveal } from "./markup.js";
import { clockText, dayOf, separator, shortDay, wallOf } from "./times.js";
import { fileSize, language, t } from "./words.js";

const PAGE = 150;
const NEAR_END = 80;
const LONG_PRESS_MS = 480;
const SAME_BREATH_S = 300;

/** One chat's messages on the page. `deeds`: tap, command, menu, enlarge, retry, read. */
export class Log {
  constructor(parts, deeds) {
    this.list = parts.list;
    this.toEnd = parts.toEnd;
    this.count = parts.count;
    this.deeds = deeds;
    this.nodes = new Map();
    this.view = null;
    this.limit = PAGE;
    this.stuck = true;
    this.fresh = 0;
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.toEnd.addEventListener("click", () => this.goToEnd(true));
    this.list.addEventListener("click", (event) => this.#clicked(event));
    this.list.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === " ") && event.target.matches(".spoiler, blockquote.expandable, a.command")) {
        event.preventDefault();
        event.target.click();
      }
    });
    this.#watchLongPress();
    // The keyboard of a phone and a growing draft make the room smaller: who reads the end goes on reading it.
    new ResizeObserver(() => this.stuck && this.#jump()).observe(this.list);
  }

  /** Show a chat. view: {chat, person, bot, messages (sorted), pending, tapped: Set of "message:data", commands: Set}. */
  show(view) {
    const other = this.view?.chat !== view.chat;
    if (other) {
      this.nodes.clear();
      this.list.replaceChildren();
      this.limit = PAGE;
      this.stuck = true;
      this.fresh = 0;
      this.last = 0;
    }
    this.view = view;
    this.#draw(other);
  }

  /** Draw everything anew, after a change of language. */
  redraw() {
    this.nodes.clear();
    if (this.view) this.#draw(false);
  }

  /** Go to the latest message. */
  goToEnd(smooth = false) {
    this.stuck = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (smooth && !calm) this.list.scrollTo({ top: this.list.scrollHeight, behavior: "smooth" });
    else this.#jump();
    this.#seen();
  }

  #jump() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  #draw(other) {
    const { messages, pending } = this.view;
    // Above a reader who scrolled up nothing is taken away: the window grows downwards.
    if (!other && !this.stuck) this.limit += messages.filter((message) => message.message_id > this.last).length;
    const hiddenCount = Math.max(0, messages.length - this.limit);
    const visible = messages.slice(hiddenCount);
    const newest = visible.at(-1)?.message_id ?? 0;
    const arrived = other ? [] : visible.filter((message) => message.message_id > this.last);
    if (arrived.some((message) => this.#mine(message))) this.stuck = true;
    if (!this.stuck) this.fresh += arrived.filter((message) => !this.#mine(message)).length;
    this.last = newest;

    const rows = [];
    if (hiddenCount) rows.push(this.#node("earlier", language(), () => this.#earlier()));
    let before = null;
    for (const [at, message] of visible.entries()) {
      const wall = wallOf(message.date);
      const day = dayOf(wall);
      if (!before || dayOf(wallOf(before.date)) !== day) {
        const text = separator(wall);
        rows.push(this.#node(`day ${day} ${message.message_id}`, text, () => make("li", { class: "day" }, make("span", { text }))));
        before = null;
      }
      const first = !before || !this.#together(before, message);
      const after = visible[at + 1];
      const last = !after || !this.#together(message, after);
      const busy = (message.keyboard ?? []).flat().filter((button) => this.view.tapped.has(`${message.message_id}:${button.data}`)).map((button) => button.i);
      const mark = [message.rev, first, last, busy.join(), language(), this.view.commands.size].join("|");
      rows.push(this.#node(`m${message.message_id}`, mark, () => this.#message(message, first, last, busy)));
      before = message;
    }
    const { bot } = this.view;
    if (!visible.length && !pending.length) rows.push(this.#node("about", `${bot.name} ${bot.about}`, () => aboutOf(bot)));
    for (const wait of pending) rows.push(this.#node(`p${wait.key}`, `${wait.failed}${language()}`, () => this.#pending(wait)));
    this.#arrange(rows);

    if (this.stuck) {
      this.#jump();
      this.#seen();
    }
    this.#drawToEnd();
  }

  /** Reuse the node of a key while its mark is the same. */
  #node(key, mark, build) {
    const kept = this.nodes.get(key);
    if (kept?.mark === mark) return { key, node: kept.node };
    const node = build();
    // A changed message keeps what the reader opened and where the keyboard's focus was.
    if (kept) this.#carryFocus(kept.node, node);
    this.nodes.set(key, { mark, node });
    return { key, node };
  }

  #carryFocus(from, to) {
    if (!from.contains(document.activeElement)) return;
    const at = [...from.querySelectorAll("button, a")].indexOf(document.activeElement);
    queueMicrotask(() => ([...to.querySelectorAll("button, a")][at] ?? this.list).focus({ preventScroll: true }));
  }

  #arrange(rows) {
    const keys = new Set(rows.map((row) => row.key));
    for (const [key] of this.nodes) if (!keys.has(key)) this.nodes.delete(key);
    const wanted = new Set(rows.map((row) => row.node));
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    let at = this.list.firstElementChild;
    for (const { node } of rows) {
      if (node === at) at = at.nextElementSibling;
      else this.list.insertBefore(node, at);
    }
  }

  #mine(message) {
    return message.from === "person" && (!message.sender || message.sender.id === this.view.person);
  }

  #together(one, two) {
    return this.#mine(one) === this.#mine(two) && one.from === two.from && one.sender?.id === two.sender?.id
      && two.date - one.date < SAME_BREATH_S && dayOf(wallOf(one.date)) === dayOf(wallOf(two.date));
  }

  #earlier() {
    const more = () => {
      const height = this.list.scrollHeight - this.list.scrollTop;
      this.limit += PAGE;
      this.#draw(false);
      this.list.scrollTop = this.list.scrollHeight - height;
      this.list.focus({ preventScroll: true });
    };
    return make("li", { class: "earlier" }, make("button", { type: "button", text: t("phone-earlier"), on: { click: more } }));
  }

  #message(message, first, last, busy) {
    const mine = this.#mine(message);
    const row = make("li", { class: `row ${mine ? "is-mine" : "is-theirs"}${first ? " is-first" : ""}${last ? " is-last" : ""}`, data: { message: message.message_id } });
    const stack = make("div", { class: "stack" });
    const bubble = make("div", { class: "bubble" });
    if (first && !mine && message.chat_id < 0 && message.sender) bubble.append(make("p", { class: "who", text: message.sender.name, dir: "auto" }));
    if (message.forward_from) bubble.append(make("p", { class: "forwarded" }, icon("forward"), make("span", { text: t("phone-forwarded-from", { name: message.forward_from }) })));
    const quoted = message.reply_to && this.view.messages.find((other) => other.message_id === message.reply_to);
    if (quoted) bubble.append(make("p", { class: "quoted", dir: "auto", text: excerpt(quoted) }));
    if (message.photo) bubble.append(this.#photo(message));
    if (message.document) bubble.append(documentOf(message.document));
    if (message.sticker) bubble.append(make("p", { class: "sticker" }, make("span", { class: "sticker-face", "aria-hidden": "true", text: message.sticker.emoji ?? "" }), make("span", { text: t("phone-sticker") })));
    if (message.voice) bubble.append(make("p", { class: "voice" }, icon("voice"), make("span", { class: "wave", "aria-hidden": "true" }), make("span", { text: voiceText(message.voice) })));
    const body = make("div", { class: "body", dir: "auto" });
    if (message.html) {
      const text = make("span", { class: "text" });
      text.append(nodesOf(message.html, { commands: message.from === "bot" ? this.view.commands : new Set(), bot: this.view.bot.username }));
      body.append(text);
    } else body.classList.add("is-bare");
    body.append(metaOf(message, mine));
    bubble.append(body);
    if (message.photo) bubble.classList.add("has-photo");
    if (message.photo && !message.html) bubble.classList.add("is-photo-only");
    stack.append(bubble);
    if (message.keyboard?.length) stack.append(this.#keyboard(message, busy));
    row.append(stack);
    if (mine && !message.sticker && !message.voice) {
      const open = (event) => this.deeds.menu(message, event.currentTarget);
      row.append(make("button", { type: "button", class: "row-menu", "aria-label": t("phone-message-menu"), "aria-haspopup": "menu", on: { click: open } }, icon("more")));
    }
    return row;
  }

  #photo(message) {
    const { url, width, height } = message.photo;
    const text = message.text || t("phone-picture");
    const image = make("img", { src: url, width, height, alt: text, decoding: "async", draggable: "false" });
    return make("button", { type: "button", class: "photo", "aria-label": `${t("phone-picture-enlarge")}: ${text.slice(0, 120)}`, on: { click: () => this.deeds.enlarge(message) } }, image);
  }

  #keyboard(message, busy) {
    const board = make("div", { class: "keyboard" });
    for (const row of message.keyboard) {
      const line = make("div", { class: "keyboard-row" });
      for (const button of row) {
        const label = make("span", { class: "key-text", text: button.text, dir: "auto" });
        if (button.url) {
          const safe = /^(https?|tg):/i.test(button.url) ? button.url : null;
          line.append(make("a", { class: "key", href: safe, target: "_blank", rel: "noopener noreferrer", title: t("phone-opens-outside") }, label, icon("outside")));
        } else {
          const isBusy = busy.includes(button.i);
          line.append(make("button", { type: "button", class: `key${isBusy ? " is-busy" : ""}`, "aria-busy": isBusy ? "true" : null, data: { i: button.i }, on: { click: () => !isBusy && this.deeds.tap(message, button) } },
            label, make("span", { class: "spinner", "aria-hidden": "true" })));
        }
      }
      board.append(line);
    }
    return board;
  }

  #pending(wait) {
    const bubble = make("div", { class: "bubble" }, make("div", { class: "body", dir: "auto" }, make("span", { class: "text", text: wait.text }),
      make("span", { class: "meta", dir: "ltr" }, wait.failed ? null : make("span", { class: "spinner", role: "img", "aria-label": t("phone-sending") }))));
    const stack = make("div", { class: "stack" }, bubble);
    if (wait.failed) stack.append(make("button", { type: "button", class: "retry", text: t("phone-not-sent"), on: { click: () => this.deeds.retry(wait) } }));
    return make("li", { class: "row is-mine is-first is-last is-pending" }, stack);
  }

  #clicked(event) {
    if (reveal(event.target)) return;
    const command = event.target.closest("a.command");
    if (command) this.deeds.command(command.dataset.command);
    const start = event.target.closest("a[data-start]");
    if (!start) return;
    event.preventDefault();
    this.deeds.deepLink(start.dataset.start);
  }

  #scrolled() {
    const left = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight;
    const stuck = left < NEAR_END;
    if (stuck && !this.stuck) this.#seen();
    this.stuck = stuck;
    this.#drawToEnd();
  }

  #seen() {
    this.fresh = 0;
    this.deeds.read();
    this.#drawToEnd();
  }

  #drawToEnd() {
    shown(this.toEnd, !this.stuck);
    shown(this.count, this.fresh > 0);
    setText(this.count, String(this.fresh));
    this.toEnd.setAttribute("aria-label", this.fresh ? `${t("phone-to-end")} · ${t("phone-new-messages", { count: this.fresh })}` : t("phone-to-end"));
  }

  #watchLongPress() {
    const messageAt = (target) => {
      const bubble = target.closest(".bubble");
      const id = Number(bubble?.closest(".row")?.dataset.message);
      return id ? this.view?.messages.find((message) => message.message_id === id) : null;
    };
    let timer = 0;
    let opened = false;
    const stop = () => clearTimeout(timer);
    this.list.addEventListener("contextmenu", (event) => {
      stop();
      if (opened || event.target.closest("a[href], img") || String(getSelection())) return;
      const message = messageAt(event.target);
      if (!message) return;
      event.preventDefault();
      this.deeds.menu(message, { x: event.clientX, y: event.clientY });
    });
    this.list.addEventListener("pointerdown", (event) => {
      stop();
      opened = false;
      const message = event.pointerType === "touch" && !event.target.closest("a, button") ? messageAt(event.target) : null;
      if (!message) return;
      timer = setTimeout(() => {
        opened = true;
        this.deeds.menu(message, { x: event.clientX, y: event.clientY });
      }, LONG_PRESS_MS);
    });
    for (const kind of ["pointerup", "pointercancel", "pointermove"]) this.list.addEventListener(kind, (event) => (kind !== "pointermove" || Math.hypot(event.movementX, event.movementY) > 4) && stop());
  }
}

function aboutOf(bot) {
  return make("li", { class: "about" }, make("span", { class: "mark mark-large" }, icon("mark")), make("strong", { text: bot.name, dir: "auto" }), bot.about ? make("p", { text: bot.about, dir: "auto" }) : null);
}

function metaOf(message, mine) {
  const wall = wallOf(message.date);
  const meta = make("span", { class: "meta", dir: "ltr" });
  if (message.edited) meta.append(make("span", { class: "edited", text: t("phone-edited") }));
  meta.append(make("time", { datetime: new Date(message.date * 1000).toISOString(), title: `${shortDay(wall)} ${clockText(wall)}`, text: clockText(wall) }));
  if (mine) {
    const tick = icon("save");
    tick.setAttribute("class", "tick");
    tick.removeAttribute("aria-hidden");
    tick.setAttribute("role", "img");
    tick.setAttribute("aria-label", t("phone-sent"));
    meta.append(tick);
  }
  return meta;
}

function documentOf(file) {
  return make("a", { class: "document", href: file.url, download: file.name, "aria-label": `${t("phone-download", { name: file.name })} (${fileSize(file.size ?? 0)})` },
    make("span", { class: "file-mark" }, icon("file"), make("span", { class: "file-kind", text: kindOf(file.name) })),
    make("span", { class: "file-what" }, make("bdi", { class: "file-name", text: file.name }), make("span", { class: "file-size", text: fileSize(file.size ?? 0) })),
    make("span", { class: "file-get" }, icon("download")));
}

function kindOf(name) {
  const dot = name.lastIndexOf(".");
  const kind = dot > 0 ? name.slice(dot + 1).toUpperCase() : "";
  return kind.length <= 4 ? kind : "";
}

function voiceText(voice) {
  return voice.duration ? t("phone-voice", { seconds: voice.duration }) : t("phone-voice-short");
}

/** One line that stands for a message: in the chat list and over a reply. */
export function excerpt(message) {
  const text = String(message.text ?? "").replace(/\s+/g, " ").trim();
  if (text) return text.slice(0, 140);
  if (message.photo) return t("phone-picture");
  if (message.document) return message.document.name;
  if (message.sticker) return `${t("phone-sticker")} ${message.sticker.emoji ?? ""}`.trim();
  if (message.voice) return voiceText(message.voice);
  return "";
}
