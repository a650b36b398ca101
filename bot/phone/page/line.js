// The line to the server: one long poll for what is new, and the person's deeds as POST requests.

const POLL_LIMIT = 40_000;
const QUICK = 250;

/** A refused or failed request; `reason` is the server's word, empty when the server was out of reach. */
export class LineError extends Error {
  constructor(reason, reached) {
    super(reason || "out of reach");
    this.reason = reason;
    this.reached = reached;
  }
}

/** Keep asking for changes. `onState(state, whole)` gets each answer, `onLine(up)` each loss and return of the server. */
export function listen(onState, onLine) {
  let rev = -1;
  let pause = 400;
  let up = true;
  let wake = () => {};
  const sleep = (ms) => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  addEventListener("online", () => wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());

  const ask = async () => {
    // After a loss the first question is answered at once, so that the page learns that the server is back.
    const answer = await fetch(`/phone/state?after=${rev}${up ? "" : "&wait=0"}`, { cache: "no-store", signal: AbortSignal.timeout(POLL_LIMIT) });
    if (!answer.ok) throw new LineError(String(answer.status), true);
    return answer.json();
  };

  (async () => {
    for (;;) {
      const begun = performance.now();
      let state;
      try {
        state = await ask();
      } catch (error) {
        if (error.name === "TimeoutError") continue;
        if (up) onLine(up = false);
        await sleep(pause);
        pause = Math.min(pause * 1.6, 4000);
        continue;
      }
      pause = 400;
      if (!up) onLine(up = true);
      const whole = rev < 0 || Boolean(state.reset) || state.rev < rev;
      if (whole && rev >= 0 && !state.reset) {
        rev = -1;
        continue;
      }
      const still = state.rev === rev;
      rev = state.rev;
      try {
        onState(state, whole);
      } catch (error) {
        console.error(error);
      }
      // An answer that is quick and says nothing new must not become a busy loop.
      if (still && performance.now() - begun < QUICK) await sleep(QUICK);
    }
  })();
}

async function sent(path, init) {
  let answer;
  try {
    answer = await fetch(path, { method: "POST", cache: "no-store", ...init });
  } catch {
    throw new LineError("", false);
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new LineError(String(body.error ?? answer.status), true);
  return body;
}

/** Do something as a person; the server's answer, or LineError. */
export function post(deed, body) {
  return sent(`/phone/${deed}`, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** Send a file as a person; the server's answer, or LineError. */
export function upload(person, file, caption, asPhoto) {
  const form = new FormData();
  form.append("person", String(person));
  if (caption) form.append("caption", caption);
  if (asPhoto) form.append("as", "photo");
  form.append("file", file, file.name);
  return sent("/phone/upload", { headers: { "X-Phone": "1" }, body: form });
}
