// The coach's clock: shown in the phone's status bar and, with its buttons, beside the phone or in a sheet.

import { byId, setText, shown } from "./dom.js";
import { clockText, isoOf, longDay, nextMonday, shift, shortDay, spanText, wallAt, wallNow } from "./times.js";
import { t } from "./words.js";

/** The clock. `move(body)` posts to /phone/clock. */
export class ClockBar {
  constructor(move) {
    this.moveTo = (wall) => move({ at: isoOf(wall) });
    byId("clock-morning").addEventListener("click", () => this.moveTo(wallAt(8, 30, 1)));
    byId("clock-tonight").addEventListener("click", () => this.moveTo(wallAt(18, 0, this.#evening())));
    byId("clock-monday").addEventListener("click", () => this.moveTo(nextMonday()));
    byId("clock-hour").addEventListener("click", () => move({ shift_s: Math.round(shift()) + 3600 }));
    byId("clock-reset").addEventListener("click", () => move({ reset: true }));
    this.at = byId("clock-at");
    this.chosen = false;
    // What somebody is choosing is not overwritten by the running clock.
    this.at.addEventListener("input", () => {
      this.chosen = true;
    });
    byId("clock-free").addEventListener("submit", (event) => {
      event.preventDefault();
      const wall = new Date(`${this.at.value}Z`);
      if (!Number.isNaN(wall.getTime())) this.moveTo(wall);
      this.chosen = false;
    });
    setInterval(() => this.show(), 1000);
  }

  /** 0 while 18:00 is still to come today, else 1. */
  #evening() {
    return wallNow() < wallAt(18, 0) ? 0 : 1;
  }

  /** Draw the present. */
  show() {
    const now = wallNow();
    const seconds = Math.round(shift());
    const moved = Math.abs(seconds) >= 30;
    setText(byId("status-time"), clockText(now));
    setText(byId("status-day"), shortDay(now));
    setText(byId("clock-time"), clockText(now));
    setText(byId("clock-day"), longDay(now));
    const span = spanText(seconds);
    setText(byId("clock-shift"), moved ? t(seconds > 0 ? "phone-clock-ahead" : "phone-clock-behind", { span }) : t("phone-clock-real"));
    byId("clock-shift").classList.toggle("is-moved", moved);
    shown(byId("status-moved"), moved);
    byId("clock-open").classList.toggle("is-moved", moved);
    byId("clock-reset").disabled = !moved;
    const tonight = byId("clock-tonight");
    const id = this.#evening() ? "phone-clock-tomorrow-night" : "phone-clock-tonight";
    tonight.dataset.text = id;
    setText(tonight, t(id));
    if (document.activeElement !== this.at && !this.chosen) this.at.value = now.toISOString().slice(0, 16);
  }
}
