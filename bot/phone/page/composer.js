// Writing: the draft of each chat, sending, editing, commands, files by button, paste and drop.

import { byId, make, setText, shown, swapIcon } from "./dom.js";
import { relabel, t } from "./words.js";

const TALLEST = 148;

/** The composer. deeds: send(text), save(message, text), files(list), editLast(). */
export class Composer {
  constructor(deeds) {
    this.deeds = deeds;
    this.draft = byId("draft");
    this.panel = byId("commands");
    this.menuButton = byId("command-menu");
    this.sendButton = byId("send");
    this.drafts = new Map();
    this.chat = null;
    this.editing = null;
    this.commands = [];
    this.active = -1;
    this.wholeMenu = false;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.draft.addEventListener("input", () => this.#changed());
    this.draft.addEventListener("keydown", (event) => this.#key(event));
    this.draft.addEventListener("blur", () => setTimeout(() => !this.wholeMenu && document.activeElement !== this.draft && !this.panel.contains(document.activeElement) && this.closeCommands(), 120));
    this.menuButton.addEventListener("click", () => (this.wholeMenu ? this.closeCommands() : this.#openMenu()));
    this.panel.addEventListener("keydown", (event) => this.#panelKey(event));
    document.addEventListener("pointerdown", (event) => !event.target.closest("#commands, #command-menu, #draft") && this.closeCommands());
    byId("editing-cancel").addEventListener("click", () => this.stopEditing());
    const file = byId("file");
    byId("attach").addEventListener("click", () => file.click());
    file.addEventListener("change", () => {
      const chosen = [...file.files];
      file.value = "";
      if (chosen.length) deeds.files(chosen);
    });
    this.#watchPasteAndDrop();
    this.#grow();
  }

  /** Show a chat's draft and commands; `filesAllowed` is false in a group. */
  show(chat, commands, filesAllowed) {
    if (chat !== this.chat) {
      if (this.editing) this.stopEditing();
      if (this.chat !== null) this.drafts.set(this.chat, this.draft.value);
      this.chat = chat;
      this.draft.value = this.drafts.get(chat) ?? "";
      this.closeCommands();
      this.#grow();
    }
    this.commands = commands;
    byId("attach").disabled = !filesAllowed;
  }

  /** Send the draft, or save the edit. */
  submit() {
    const text = this.draft.value.trim();
    if (!text) return;
    const edited = this.editing;
    this.draft.value = "";
    this.drafts.delete(this.chat);
    this.closeCommands();
    if (edited) {
      this.stopEditing();
      if (text !== edited.text) this.deeds.save(edited, text);
    } else this.deeds.send(text);
    this.#grow();
    this.draft.focus();
  }

  /** Edit one of the person's own messages. */
  edit(message) {
    if (!this.editing) this.drafts.set(this.chat, this.draft.value);
    this.editing = message;
    setText(byId("editing-text"), message.text);
    shown(byId("editing"), true);
    this.draft.value = message.text;
    swapIcon(this.sendButton, "save");
    relabel(this.sendButton, "phone-save");
    this.#grow();
    this.draft.focus();
    this.draft.setSelectionRange(this.draft.value.length, this.draft.value.length);
  }

  /** Leave the edit; the draft that was there before comes back. */
  stopEditing() {
    this.editing = null;
    shown(byId("editing"), false);
    this.draft.value = this.drafts.get(this.chat) ?? "";
    swapIcon(this.sendButton, "send");
    relabel(this.sendButton, "phone-send");
    this.#grow();
    this.draft.focus();
  }

  /** Put text into an empty draft, after a failure, so that nothing typed is lost. */
  restore(text) {
    if (this.draft.value) return;
    this.draft.value = text;
    this.#grow();
  }

  #changed() {
    this.wholeMenu = false;
    this.#grow();
    this.#suggest();
  }

  #grow() {
    this.draft.style.height = "auto";
    this.draft.style.height = `${Math.min(this.draft.scrollHeight, TALLEST)}px`;
    this.draft.classList.toggle("is-tall", this.draft.scrollHeight > TALLEST);
    this.sendButton.classList.toggle("is-ready", this.draft.value.trim() !== "");
  }

  #key(event) {
    // While an input method composes, Enter chooses a word; Safari reports it only by the key code 229.
    if (event.isComposing || event.keyCode === 229) return;
    const open = !this.panel.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.#activate(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (open && event.key === "Tab" && !event.shiftKey && this.panel.firstElementChild?.dataset.command) {
      event.preventDefault();
      this.draft.value = `${this.panel.children[Math.max(0, this.active)].dataset.command} `;
      this.#changed();
    } else if (event.key === "Escape") {
      if (open) this.closeCommands();
      else if (this.editing) this.stopEditing();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (open && this.active >= 0) this.panel.children[this.active].click();
      else this.submit();
    } else if (event.key === "ArrowUp" && !this.draft.value && !this.editing) {
      if (this.deeds.editLast()) event.preventDefault();
    }
  }

  #suggest() {
    const typed = this.draft.value;
    const asked = !this.editing && /^\/[a-z0-9_]*$/i.test(typed);
    const found = asked ? this.commands.filter((item) => `/${item.command}`.startsWith(typed.toLowerCase())) : [];
    if (found.length) this.#list(found);
    else this.closeCommands();
  }

  #openMenu() {
    this.wholeMenu = true;
    this.#list(this.commands);
    this.menuButton.setAttribute("aria-expanded", "true");
    this.panel.querySelector("button")?.focus();
  }

  #list(items) {
    this.active = -1;
    this.draft.removeAttribute("aria-activedescendant");
    const options = items.map((item, at) => make("button", { type: "button", role: "option", id: `command-${at}`, tabindex: "-1", "aria-selected": "false", data: { command: `/${item.command}` }, on: { click: () => this.#choose(item.command) } },
      make("span", { class: "command-name", text: `/${item.command}` }), make("span", { class: "command-about", text: item.description, dir: "auto" })));
    this.panel.replaceChildren(...(options.length ? options : [make("p", { class: "command-none", text: t("phone-no-commands") })]));
    shown(this.panel, true);
    this.panel.scrollTop = 0;
  }

  #activate(to) {
    const options = [...this.panel.querySelectorAll("button")];
    if (!options.length) return;
    this.active = (to + options.length) % options.length;
    for (const [at, option] of options.entries()) option.setAttribute("aria-selected", String(at === this.active));
    this.draft.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  }

  #panelKey(event) {
    const options = [...this.panel.querySelectorAll("button")];
    const at = options.indexOf(document.activeElement);
    if (event.key === "Escape") {
      this.closeCommands();
      this.menuButton.focus();
    } else if (event.key === "Tab") this.closeCommands();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      options[(at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length]?.focus();
    }
  }

  #choose(command) {
    this.closeCommands();
    this.draft.value = "";
    this.#grow();
    this.deeds.send(`/${command}`);
    // On a touch screen focus would raise the keyboard over the answer.
    if (matchMedia("(hover: hover)").matches) this.draft.focus();
  }

  /** Close the list of commands. */
  closeCommands() {
    this.wholeMenu = false;
    this.active = -1;
    this.draft.removeAttribute("aria-activedescendant");
    this.menuButton.setAttribute("aria-expanded", "false");
    shown(this.panel, false);
  }

  #watchPasteAndDrop() {
    this.draft.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length || byId("attach").disabled) return;
      event.preventDefault();
      this.deeds.files(files);
    });
    const phone = byId("phone");
    const drop = byId("drop");
    let depth = 0;
    const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    phone.addEventListener("dragenter", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth += 1;
      shown(drop, true);
    });
    phone.addEventListener("dragleave", (event) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (!depth) shown(drop, false);
    });
    // A file dropped beside the phone must not replace the page.
    addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
    addEventListener("drop", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      shown(drop, false);
      const files = [...event.dataTransfer.files];
      if (files.length && phone.contains(event.target) && !byId("attach").disabled) this.deeds.files(files);
    });
  }
}
