// The page of the local phone: what the server said, who is holding the phone, and what a deed sets in motion.

import { ClockBar } from "./clock.js";
import { Composer } from "./composer.js";
import { byId, recall, remember, setText, shown, swapIcon } from "./dom.js";
import { listen, LineError, post, upload } from "./line.js";
import { Log } from "./log.js";
import { People } from "./people.js";
import { alertOf, ask, askFiles, askWho, enlarge, openMenu, toast } from "./sheets.js";
import { setNow } from "./times.js";
import { fileSize, language, pageLanguage, relabel, roleName, speak, t } from "./words.js";

const TYPING_MS = 5000;
const FILE_LIMIT = 20 * 1024 * 1024;
const PHOTO_LIMIT = 10 * 1024 * 1024;
const root = document.documentElement;
const wide = matchMedia("(min-width: 1160px)");
const dark = matchMedia("(prefers-color-scheme: dark)");

const held = { state: null, chats: new Map(), current: Number(recall("phone.chat")) || null, person: null, pending: [], tapping: new Set(), typing: new Map(), reading: new Set(), wanted: null, keys: 0 };

// ---------------------------------------------------------------- what is held

function people() {
  return held.state?.people ?? [];
}

function groupOf(chat) {
  return (held.state?.groups ?? []).find((group) => group.id === chat);
}

function personNow() {
  return people().find((person) => person.id === held.person);
}

function messagesOf(chat) {
  return held.chats.get(chat)?.sorted ?? [];
}

function commandsNow() {
  const all = held.state?.commands ?? {};
  const own = all[pageLanguage(personNow()?.language_code)];
  return own?.length ? own : all.default ?? [];
}

function take(state, whole) {
  if (whole) held.chats.clear();
  held.state = state;
  const touched = new Set();
  for (const message of state.messages ?? []) {
    if (!held.chats.has(message.chat_id)) held.chats.set(message.chat_id, { byId: new Map(), sorted: [] });
    const chat = held.chats.get(message.chat_id);
    if (message.deleted) chat.byId.delete(message.message_id);
    else chat.byId.set(message.message_id, message);
    touched.add(message.chat_id);
    if (message.from === "bot") held.typing.delete(message.chat_id);
  }
  for (const id of touched) {
    const chat = held.chats.get(id);
    chat.sorted = [...chat.byId.values()].sort((one, two) => one.message_id - two.message_id);
  }
  held.pending = held.pending.filter((wait) => !arrived(wait, state.messages ?? []));
  for (const chat of state.typing ?? []) held.typing.set(chat, Date.now() + TYPING_MS);
  setNow(state.now, state.shift_s);
}

/** Whether a message that was being sent has come back from the server; the poll may be quicker than the POST. */
function arrived(wait, messages) {
  if (wait.failed) return false;
  if (wait.id) return Boolean(held.chats.get(wait.chat)?.byId.has(wait.id));
  const twin = messages.find((message) => message.chat_id === wait.chat && message.from === "person" && message.text === wait.text && !held.pending.some((other) => other.id === message.message_id));
  if (twin) wait.id = twin.message_id;
  return Boolean(twin);
}

function chooseSomeone() {
  const known = held.current !== null && (people().some((person) => person.id === held.current) || groupOf(held.current));
  if (!known) held.current = people()[0]?.id ?? null;
  const group = groupOf(held.current);
  if (!group) held.person = held.current;
  else if (!people().some((person) => person.id === held.person)) held.person = group.members?.[0] ?? people()[0]?.id ?? null;
}

// ---------------------------------------------------------------- drawing

function draw() {
  if (!held.state) return;
  const wanted = (held.state.groups ?? []).find((group) => group.title === held.wanted);
  if (wanted) {
    held.wanted = null;
    open(wanted.id);
    return;
  }
  chooseSomeone();
  const group = groupOf(held.current);
  const person = personNow();
  const messages = messagesOf(held.current);
  const commands = commandsNow();
  setText(byId("head-title"), group ? group.title : held.state.bot?.name ?? "");
  const mark = byId("head-mark");
  mark.classList.toggle("is-group", Boolean(group));
  swapIcon(mark, group ? "group" : "mark");
  drawStatus();
  const started = Boolean(group) || person?.started || messages.length > 0;
  const blocked = Boolean(person?.blocked) && !group;
  shown(byId("start-bar"), !started && !blocked);
  shown(byId("blocked-bar"), blocked);
  shown(byId("composer"), !blocked);
  composer.show(held.current, commands, !group);
  const tapped = new Set((held.state.tapped ?? []).filter((tap) => tap.chat_id === held.current).map((tap) => `${tap.message_id}:${tap.data}`));
  for (const key of held.tapping) tapped.add(key);
  log.show({ chat: held.current, person: held.person, bot: held.state.bot ?? {}, messages, pending: held.pending.filter((wait) => wait.chat === held.current), tapped, commands: new Set(commands.map((item) => item.command.toLowerCase())) });
  drawPeople();
  clock.show();
}

function drawStatus() {
  const person = personNow();
  const typing = (held.typing.get(held.current) ?? 0) > Date.now();
  const status = byId("head-status");
  status.classList.toggle("is-typing", typing);
  setText(status, typing ? t("phone-typing") : person ? t("phone-you-are", { name: person.name, role: roleName(person.role) }) : "");
}

function drawPeople() {
  const looking = document.visibilityState === "visible";
  const rows = people().map((person) => ({ ...person, unread: person.id === held.current && looking && inChat() && log.stuck ? 0 : person.unread ?? 0, last: messagesOf(person.id).at(-1) }));
  for (const group of held.state.groups ?? []) rows.push({ id: group.id, name: group.title, group: true, unread: 0, last: messagesOf(group.id).at(-1) });
  list.show(rows, held.current);
  const others = rows.reduce((sum, row) => sum + (row.id === held.current ? 0 : row.unread), 0);
  const all = rows.reduce((sum, row) => sum + row.unread, 0);
  const count = byId("back-count");
  shown(count, others > 0);
  setText(count, others > 99 ? "99+" : String(others));
  const title = t("phone-title");
  document.title = all ? `(${all}) ${title}` : title;
}

function drawTheme() {
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  swapIcon(byId("theme"), isDark ? "sun" : "moon");
  relabel(byId("theme"), isDark ? "phone-theme-light" : "phone-theme-dark");
}

function inChat() {
  return wide.matches || root.dataset.view === "chat";
}

// ---------------------------------------------------------------- where the reader is

/** "chat", "list" or "clock"; on a wide window all three are in sight. */
function view(next, focus = true) {
  root.dataset.view = next;
  layout();
  if (!focus) return;
  if (next === "list") byId("people-list").querySelector("[aria-current=true]")?.focus();
  if (next === "clock") byId(wide.matches ? "clock-morning" : "clock-close").focus();
}

function layout() {
  const at = root.dataset.view;
  byId("people").inert = !wide.matches && at !== "list";
  byId("phone").inert = !wide.matches && at !== "chat";
  byId("clock").inert = !wide.matches && at !== "clock";
  shown(byId("scrim"), !wide.matches && at === "clock");
  byId("clock-open").setAttribute("aria-expanded", String(wide.matches || at === "clock"));
}

function open(chat) {
  held.current = chat;
  if (!groupOf(chat)) held.person = chat;
  remember("phone.chat", String(chat));
  view("chat", false);
  draw();
  log.goToEnd();
  if (matchMedia("(hover: hover)").matches) byId("draft").focus({ preventScroll: true });
}

/** Tell the server what the person has read: the open chat, at its end, in a window that is in sight. */
async function read() {
  const person = people().find((one) => one.id === held.current);
  if (!person?.unread || document.visibilityState !== "visible" || !inChat() || held.reading.has(person.id)) return;
  held.reading.add(person.id);
  await post("read", { person: person.id }).catch(() => {});
  held.reading.delete(person.id);
}

// ---------------------------------------------------------------- deeds

function complain(error) {
  if (!(error instanceof LineError)) throw error;
  toast(error.reached ? t("phone-error-refused", { reason: error.reason }) : t("phone-error-offline"), "is-error");
}

async function tryTo(deed, body) {
  try {
    return await post(deed, body);
  } catch (error) {
    complain(error);
    return null;
  }
}

function send(text) {
  deliver({ key: ++held.keys, chat: held.current, person: held.person, group: groupOf(held.current), text, id: null, failed: false });
}

async function deliver(wait) {
  wait.failed = false;
  if (!held.pending.includes(wait)) held.pending.push(wait);
  draw();
  log.goToEnd();
  try {
    const answer = wait.group
      ? await post("group", { person: wait.person, title: wait.group.title, text: wait.text, group_id: wait.group.id })
      : await post("say", { person: wait.person, text: wait.text });
    wait.id = answer.message_id ?? wait.id;
    if (!wait.id || held.chats.get(wait.chat)?.byId.has(wait.id)) held.pending = held.pending.filter((other) => other !== wait);
  } catch (error) {
    if (error.reached) {
      // Refused for what it says (too long, say): sending it again would not help, so it goes back to be mended.
      held.pending = held.pending.filter((other) => other !== wait);
      if (wait.chat === held.current) composer.restore(wait.text);
    } else wait.failed = true;
    complain(error);
  }
  draw();
}

async function tap(message, button) {
  const key = `${message.message_id}:${button.data}`;
  if (held.tapping.has(key)) return;
  held.tapping.add(key);
  draw();
  const body = { person: held.person, message_id: message.message_id, data: button.data };
  const answer = await tryTo("tap", message.chat_id < 0 ? { ...body, chat_id: message.chat_id } : body);
  // Busy until the state knows of the tap; from then on the state says when it is answered.
  const until = answer?.rev ?? 0;
  const begun = Date.now();
  const done = () => {
    if ((held.state?.rev ?? 0) < until && Date.now() - begun < 3000) return setTimeout(done, 60);
    held.tapping.delete(key);
    return draw();
  };
  done();
}

async function sendFiles(files) {
  const { current: chat, person } = held;
  const answer = await askFiles(files, fileSize);
  if (!answer) return;
  for (const [at, { file, asPhoto }] of answer.files.entries()) {
    const limit = asPhoto ? PHOTO_LIMIT : FILE_LIMIT;
    if (file.size > limit) {
      toast(t("phone-error-too-large", { name: file.name, limit: fileSize(limit) }), "is-error");
      continue;
    }
    const wait = { key: ++held.keys, chat, person, text: file.name, id: -1, failed: false };
    held.pending.push(wait);
    draw();
    log.goToEnd();
    try {
      const sent = await upload(person, file, at === answer.files.length - 1 ? answer.caption : "", asPhoto);
      wait.id = sent.message_id ?? -1;
      if (wait.id < 0 || held.chats.get(chat)?.byId.has(wait.id)) held.pending = held.pending.filter((other) => other !== wait);
    } catch (error) {
      held.pending = held.pending.filter((other) => other !== wait);
      complain(error);
    }
    draw();
  }
}

function editable(message) {
  return message.from === "person" && message.sender?.id === held.person && message.chat_id > 0 && Boolean(message.text) && !message.photo && !message.document && !message.forward_from;
}

function editLast() {
  const mine = messagesOf(held.current).findLast((message) => editable(message));
  if (mine) composer.edit(mine);
  return Boolean(mine);
}

function messageMenu(message, anchor) {
  const items = [];
  if (editable(message)) items.push({ icon: "edit", label: t("phone-edit"), act: () => composer.edit(message) });
  if (message.text) items.push({ icon: "copy", label: t("phone-copy"), act: () => navigator.clipboard?.writeText(message.text).then(() => toast(t("phone-copied")), () => {}) });
  if (items.length) openMenu(anchor, items, byId("room"));
}

async function forward() {
  const given = await ask(t("phone-forward-title"), [{ name: "from_name", label: t("phone-forward-from"), value: t("phone-forward-default") }, { name: "text", label: t("phone-forward-text"), many: true }], t("phone-send"));
  if (given) await tryTo("forward", { person: held.person, ...given });
}

async function speakInGroup() {
  const given = await ask(t("phone-group-title"), [{ name: "title", label: t("phone-group-name"), value: groupOf(held.current)?.title ?? t("phone-group-default") }, { name: "text", label: t("phone-group-text"), many: true }], t("phone-send"));
  if (!given || !await tryTo("group", { person: held.person, ...given })) return;
  // The group is on the next state; go there, since the bot's answer will be there too.
  held.wanted = given.title;
  draw();
}

/** A link to this bot was tapped: here it can be opened on anybody's phone. */
async function deepLink(payload) {
  const person = await askWho(t("phone-open-link"), people().map((one) => ({ ...one, role: roleName(one.role) })));
  if (person === null || !await tryTo("start", { person, payload })) return;
  open(person);
}

function moreMenu(anchor) {
  const person = personNow();
  if (!person) return;
  const items = [
    { icon: "sticker", label: t("phone-more-sticker"), act: () => tryTo("sticker", { person: person.id }) },
    { icon: "voice", label: t("phone-more-voice"), act: () => tryTo("voice", { person: person.id }) },
    { icon: "forward", label: t("phone-more-forward"), act: forward },
    { icon: "group", label: t("phone-more-group"), act: speakInGroup },
    { icon: "block", label: t(person.blocked ? "phone-more-unblock" : "phone-more-block"), danger: !person.blocked, act: () => tryTo("block", { person: person.id, blocked: !person.blocked }) },
  ];
  openMenu(anchor, groupOf(held.current) ? items.slice(3) : items, byId("room"));
}

async function changeLanguage(next) {
  await speak(next);
  remember("phone.language", next);
  drawTheme();
  clock.show();
  log.redraw();
  draw();
}

// ---------------------------------------------------------------- the beginning

const log = new Log({ list: byId("log"), toEnd: byId("to-end"), count: byId("to-end-count") }, {
  tap, command: send, deepLink, menu: messageMenu, retry: deliver, read,
  enlarge: (message) => enlarge(message.photo, message.text || t("phone-picture")),
});
const composer = new Composer({ send, files: sendFiles, editLast, save: (message, text) => tryTo("edit", { person: held.person, message_id: message.message_id, text }) });
const list = new People(open);
const clock = new ClockBar(async (body) => {
  if (!await tryTo("clock", body)) return;
  if (!wide.matches) view("chat");
});

byId("more").addEventListener("click", (event) => moreMenu(event.currentTarget));
byId("back").addEventListener("click", () => view("list"));
byId("clock-open").addEventListener("click", () => view("clock"));
byId("clock-close").addEventListener("click", () => {
  view("chat");
  byId("clock-open").focus();
});
byId("scrim").addEventListener("click", () => view("chat"));
byId("start").addEventListener("click", () => tryTo("start", { person: held.person }));
byId("unblock").addEventListener("click", () => tryTo("block", { person: held.person, blocked: false }));
byId("theme").addEventListener("click", () => {
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  root.dataset.theme = isDark ? "light" : "dark";
  remember("phone.theme", root.dataset.theme);
  drawTheme();
});
byId("language").addEventListener("click", async () => {
  const next = language() === "zh" ? "en" : "zh";
  const code = (held.state?.lang_codes ?? []).find((one) => pageLanguage(one) === next) ?? (next === "zh" ? "zh-hans" : "en");
  if (await tryTo("language", { language_code: code })) await changeLanguage(next).catch(() => toast(t("phone-error-offline"), "is-error"));
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.dataset.view === "clock" && !wide.matches) {
    view("chat");
    byId("clock-open").focus();
  }
});
wide.addEventListener("change", () => {
  if (wide.matches) root.dataset.view = "chat";
  layout();
});
dark.addEventListener("change", drawTheme);
document.addEventListener("visibilitychange", () => log.stuck && read());
setInterval(() => held.state && drawStatus(), 1000);

async function begin() {
  const first = recall("phone.language") ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  for (let tries = 0; ; tries += 1) {
    try {
      await speak(first === "en" ? "en" : "zh");
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.min(300 * 2 ** tries, 4000)));
    }
  }
  layout();
  drawTheme();
  clock.show();
  listen(async (state, whole) => {
    take(state, whole);
    // The Telegram setting of the people is the truth; another window may have changed it.
    const wanted = pageLanguage(people()[0]?.language_code);
    draw();
    byId("veil").classList.add("is-gone");
    root.dataset.ready = "true";
    for (const word of state.toasts ?? []) if (word.chat_id === held.current || word.chat_id === held.person) (word.alert ? alertOf : toast)(word.text);
    if (wanted !== language()) await changeLanguage(wanted).catch(() => {});
  }, (up) => {
    shown(byId("offline"), !up);
    root.dataset.line = up ? "up" : "down";
    if (up) toast(t("phone-online"));
  });
}

begin();
