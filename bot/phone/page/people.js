// The chat list: whose phone is in the hand, what came last, what is unread.

import { byId, make, setText, shown } from "./dom.js";
import { excerpt } from "./log.js";
import { briefly, wallOf } from "./times.js";
import { language, roleName, t } from "./words.js";

const HUES = 5;

/** The initial on a person's round mark. */
function initial(name) {
  return [...String(name).trim()][0] ?? "";
}

/** A round mark with a person's or group's initial; the colour goes by `at`, the place in the list. */
export function faceOf(name, at) {
  return make("span", { class: `face face-${at % HUES}`, "aria-hidden": "true", text: initial(name) });
}

/** The list. `choose(chat id)` is called on a click. */
export class People {
  constructor(choose) {
    this.list = byId("people-list");
    this.choose = choose;
    this.rows = new Map();
  }

  /** rows: [{id, name, role (already a text or a role id), group, unread, last (message or undefined)}]; current: chat id. */
  show(rows, current) {
    const wanted = rows.map((row, at) => {
      const kept = this.rows.get(row.id) ?? this.#build(row, at);
      this.rows.set(row.id, kept);
      const role = row.group ? t("phone-role-group") : roleName(row.role);
      setText(kept.name, row.name);
      setText(kept.role, role);
      setText(kept.last, row.last ? excerpt(row.last) : t("phone-no-messages"));
      setText(kept.time, row.last ? briefly(wallOf(row.last.date)) : "");
      setText(kept.count, row.unread > 99 ? "99+" : String(row.unread));
      shown(kept.count, row.unread > 0);
      kept.count.setAttribute("aria-label", t("phone-unread", { count: row.unread }));
      kept.button.setAttribute("aria-current", row.id === current ? "true" : "false");
      kept.button.lang = language() === "zh" ? "zh-CN" : "en";
      return kept.item;
    });
    for (const [at, item] of wanted.entries()) if (this.list.children[at] !== item) this.list.insertBefore(item, this.list.children[at] ?? null);
    while (this.list.children.length > wanted.length) this.list.lastElementChild.remove();
  }

  #build(row, at) {
    const name = make("bdi", { class: "person-name" });
    const role = make("span", { class: "person-role" });
    const last = make("span", { class: "person-last", dir: "auto" });
    const time = make("time", { class: "person-time" });
    const count = make("span", { class: "badge", role: "img", hidden: true });
    const button = make("button", { type: "button", class: "person", data: { chat: row.id }, on: { click: () => this.choose(row.id) } },
      faceOf(row.name, at),
      make("span", { class: "person-lines" },
        make("span", { class: "person-line" }, make("span", { class: "person-who" }, name, role), time),
        make("span", { class: "person-line" }, last, count)));
    return { item: make("li", {}, button), button, name, role, last, time, count };
  }
}
