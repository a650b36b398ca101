// What lies over the page: menus, questions, the alert and toasts of the bot, the enlarged picture.

import { icon, make } from "./dom.js";
import { faceOf } from "./people.js";
import { t } from "./words.js";

const TOAST_MS = 4200;

/** A menu beside `anchor` (an element or {x, y}); items: {icon, label, act, danger}. Arrow keys, Home, End and Esc work. */
export function openMenu(anchor, items, within) {
  document.querySelector(".menu")?.remove();
  const before = document.activeElement;
  const menu = make("div", { class: "menu", role: "menu", popover: "auto" });
  for (const item of items) {
    const choose = () => {
      menu.hidePopover();
      item.act();
    };
    menu.append(make("button", { type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "is-danger" : null, on: { click: choose } }, icon(item.icon), make("span", { text: item.label })));
  }
  document.body.append(menu);
  menu.showPopover();
  place(menu, anchor, within);
  const buttons = [...menu.children];
  buttons[0]?.focus();
  menu.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: (at + 1) % buttons.length, ArrowUp: (at - 1 + buttons.length) % buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Tab") menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
  });
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    if (menu.contains(document.activeElement) || document.activeElement === document.body) before?.focus?.();
    menu.remove();
  });
}

function place(menu, anchor, within) {
  const room = within.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const spot = anchor instanceof Element ? anchor.getBoundingClientRect() : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
  const below = spot.bottom + 6 + size.height <= room.bottom - 8;
  const clamp = (value, low, high) => Math.max(low, Math.min(value, Math.max(low, high)));
  menu.style.left = `${clamp(spot.right - size.width, room.left + 8, room.right - size.width - 8)}px`;
  menu.style.top = `${clamp(below ? spot.bottom + 6 : spot.top - 6 - size.height, room.top + 8, room.bottom - size.height - 8)}px`;
}

/** A short word of the bot or the page at the head of the chat. */
export function toast(text, tone = "") {
  const list = document.getElementById("toasts");
  const node = make("div", { class: `toast ${tone}`.trim(), text, dir: "auto" });
  list.append(node);
  while (list.children.length > 3) list.firstElementChild.remove();
  setTimeout(() => node.remove(), TOAST_MS);
}

function dialog(name, ...children) {
  const node = make("dialog", { class: `dialog ${name}` }, ...children);
  const before = document.activeElement;
  node.addEventListener("close", () => {
    node.remove();
    if (before?.isConnected) before.focus();
  });
  node.addEventListener("click", (event) => event.target === node && node.close());
  document.body.append(node);
  node.showModal();
  return node;
}

/** The bot's alert: stays until it is read. */
export function alertOf(text) {
  const body = make("p", { text, dir: "auto", id: "alert-text" });
  const close = make("button", { type: "button", class: "solid", text: t("phone-ok"), on: { click: () => node.close() } });
  const node = dialog("is-alert", body, make("div", { class: "dialog-row" }, close));
  node.setAttribute("role", "alertdialog");
  node.setAttribute("aria-labelledby", "alert-text");
  close.focus();
}

/** Ask for some lines of text; resolves to {name: value} or null. fields: {name, label, value, many}. */
export function ask(title, fields, doIt) {
  return new Promise((resolve) => {
    let given = null;
    const inputs = fields.map((field) => {
      const input = field.many
        ? make("textarea", { rows: "3", name: field.name, required: true, maxlength: "4096", dir: "auto" })
        : make("input", { type: "text", name: field.name, required: true, maxlength: "128", dir: "auto" });
      input.value = field.value ?? "";
      return [field, input];
    });
    const form = make("form", {}, make("h2", { text: title, id: "dialog-title" }),
      ...inputs.map(([field, input]) => make("label", {}, make("span", { text: field.label }), input)),
      make("div", { class: "dialog-row" },
        make("button", { type: "button", class: "plain", text: t("phone-cancel"), on: { click: () => node.close() } }),
        make("button", { type: "submit", class: "solid", text: doIt })));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      given = Object.fromEntries(inputs.map(([field, input]) => [field.name, input.value.trim()]));
      node.close();
    });
    const node = dialog("is-form", form);
    node.setAttribute("aria-labelledby", "dialog-title");
    node.addEventListener("close", () => resolve(given));
    (inputs.find(([, input]) => !input.value) ?? inputs[0])[1].focus();
  });
}

/** Ask who of several people does something; people: {id, name, role (already a text)}; resolves to an id or null. */
export function askWho(title, people) {
  return new Promise((resolve) => {
    let chosen = null;
    const choices = people.map((person, at) => make("button", { type: "button", class: "person", data: { person: person.id }, on: { click: () => {
      chosen = person.id;
      node.close();
    } } }, faceOf(person.name, at), make("span", { class: "person-who" }, make("bdi", { class: "person-name", text: person.name }), make("span", { class: "person-role", text: person.role }))));
    const node = dialog("is-choice", make("h2", { text: title, id: "dialog-title" }), ...choices,
      make("div", { class: "dialog-row" }, make("button", { type: "button", class: "plain", text: t("phone-cancel"), on: { click: () => node.close() } })));
    node.setAttribute("aria-labelledby", "dialog-title");
    node.addEventListener("close", () => resolve(chosen));
  });
}

/** Choose a caption and the form of files about to be sent; resolves to {files, caption, asPhoto} or null. */
export function askFiles(files, sizeText) {
  return new Promise((resolve) => {
    let chosen = [...files];
    let given = null;
    const list = make("ul", { class: "files" });
    const picture = make("input", { type: "checkbox", name: "as-photo" });
    const caption = make("input", { type: "text", name: "caption", maxlength: "1024", dir: "auto" });
    const isPicture = (file) => /^image\/(png|jpeg)$/.test(file.type);
    const asPhoto = make("label", { class: "check" }, picture, make("span", { text: t("phone-attach-as-picture") }));
    const draw = () => {
      list.replaceChildren(...chosen.map((file) => make("li", {},
        make("span", { class: "file-mark" }, icon(isPicture(file) ? "picture" : "file")),
        make("span", { class: "file-what" }, make("bdi", { class: "file-name", text: file.name }), make("span", { class: "file-size", text: sizeText(file.size) })),
        make("button", { type: "button", class: "tool", "aria-label": t("phone-attach-remove", { name: file.name }), on: { click: () => {
          chosen = chosen.filter((other) => other !== file);
          if (chosen.length) draw();
          else node.close();
        } } }, icon("close")))));
      asPhoto.hidden = !chosen.some(isPicture);
    };
    picture.checked = chosen.every(isPicture);
    const form = make("form", {}, make("h2", { text: t("phone-attach-title"), id: "dialog-title" }), list, asPhoto,
      make("label", {}, make("span", { text: t("phone-attach-caption") }), caption),
      make("div", { class: "dialog-row" },
        make("button", { type: "button", class: "plain", text: t("phone-cancel"), on: { click: () => node.close() } }),
        make("button", { type: "submit", class: "solid", text: t("phone-send") })));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      given = { caption: caption.value.trim(), files: chosen.map((file) => ({ file, asPhoto: picture.checked && isPicture(file) })) };
      node.close();
    });
    draw();
    const node = dialog("is-form", form);
    node.setAttribute("aria-labelledby", "dialog-title");
    node.addEventListener("close", () => resolve(given));
    caption.focus();
  });
}

/** The picture in full; a click or Esc closes it. */
export function enlarge(photo, text) {
  const image = make("img", { src: photo.url, alt: text, width: photo.width, height: photo.height });
  const node = dialog("is-picture", image,
    make("div", { class: "picture-tools" },
      make("a", { class: "tool", href: photo.url, download: "", "aria-label": t("phone-download", { name: t("phone-picture") }) }, icon("download")),
      make("button", { type: "button", class: "tool", "aria-label": t("phone-close"), on: { click: () => node.close() } }, icon("close"))));
  node.setAttribute("aria-label", text);
  image.addEventListener("click", () => node.close());
}
