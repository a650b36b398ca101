// The coach's time: wall time in the coach's zone, running on from what the server last said.
// A wall time is a Date whose UTC fields are the fields on the coach's wall.

import { locale, t } from "./words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let base = Date.now();
let asked = performance.now();
let offset = -new Date().getTimezoneOffset();
let shiftSeconds = 0;

/** Take the server's present: ISO instant with offset, and the shift against real time in seconds. */
export function setNow(iso, shift) {
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) return;
  base = instant;
  asked = performance.now();
  shiftSeconds = shift ?? 0;
  const zone = /([+-])(\d\d):?(\d\d)$/.exec(iso);
  offset = zone ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
}

/** Seconds the coach's clock is ahead of real time. */
export function shift() {
  return shiftSeconds;
}

/** The coach's present as a wall time. */
export function wallNow() {
  return new Date(base + performance.now() - asked + offset * MINUTE);
}

/** The wall time of an instant in epoch seconds. */
export function wallOf(epoch) {
  return new Date(epoch * 1000 + offset * MINUTE);
}

/** The instant of a wall time, as ISO with the coach's offset. */
export function isoOf(wall) {
  const ahead = Math.abs(offset);
  const two = (n) => String(n).padStart(2, "0");
  return `${wall.toISOString().slice(0, 19)}${offset < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}

/** The wall time at hour:minute, `days` after today. */
export function wallAt(hour, minute, days = 0) {
  const now = wallNow();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, hour, minute));
}

/** The next Monday at 08:30 that is still to come. */
export function nextMonday() {
  const days = (8 - wallNow().getUTCDay()) % 7;
  const monday = wallAt(8, 30, days);
  return monday > wallNow() ? monday : wallAt(8, 30, days + 7);
}

/** Whole days since the epoch, to compare days. */
export function dayOf(wall) {
  return Math.floor(wall.getTime() / DAY);
}

const formats = new Map();

function format(kind, options, wall) {
  const key = `${kind} ${locale()}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }));
  return formats.get(key).format(wall);
}

/** 08:30 */
export function clockText(wall) {
  return format("clock", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, wall);
}

/** 11月23日周一 / Mon 23 Nov */
export function shortDay(wall) {
  return format("short", { month: "short", day: "numeric", weekday: "short" }, wall).replace(",", "");
}

/** 2026年11月23日星期一 / Monday 23 November 2026 */
export function longDay(wall) {
  return format("long", { year: "numeric", month: "long", day: "numeric", weekday: "long" }, wall);
}

/** A separator between days: today, yesterday, or the date. */
export function separator(wall) {
  const days = dayOf(wallNow()) - dayOf(wall);
  if (days === 0) return t("phone-today");
  if (days === 1) return t("phone-yesterday");
  const sameYear = wall.getUTCFullYear() === wallNow().getUTCFullYear();
  return sameYear ? format("day", { month: "long", day: "numeric", weekday: "long" }, wall) : longDay(wall);
}

/** For the chat list: the time today, else the date. */
export function briefly(wall) {
  return dayOf(wall) === dayOf(wallNow()) ? clockText(wall) : format("brief", { month: "numeric", day: "numeric" }, wall);
}

/** "1 day 13 hr": a span of seconds in its two largest units. */
export function spanText(seconds) {
  let rest = Math.round(Math.abs(seconds) / 60);
  const parts = [];
  for (const [unit, size] of [["day", 1440], ["hour", 60], ["minute", 1]]) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count && parts.length < 2) parts.push(new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(count));
  }
  return parts.join(" ");
}
