// What lives on a page: regions that follow the hub, deadlines that count, forms that are sent without leaving the page, and keys.
// Without this file every page still works.

const strip = document.getElementById("strip");
const announcement = document.getElementById("announcement");
const wait = ms => new Promise(done => setTimeout(done, ms));
const two = number => String(number).padStart(2, "0");
const clock = date => new Date(date.getTime() + 9 * 3600_000).toISOString().slice(11, 16); // Japan

// The strip says what is wrong now: the session, a form that was not sent, the connection.
const trouble = { session: "", sending: "", connection: "" };

function tell(kind, text) {
  trouble[kind] = text;
  say(strip, trouble.session || [trouble.connection, trouble.sending].filter(Boolean).join("。"));
}

// --- Time ---------------------------------------------------------------------------------------------------------------------

function digits(seconds) {
  if (seconds >= 86400) return `${Math.floor(seconds / 86400)}日${Math.floor(seconds % 86400 / 3600)}時間`;
  const minutes = Math.floor(seconds / 60);
  return seconds >= 3600
    ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

function since(minutes) {
  if (minutes < 1) return "1分未満";
  if (minutes < 60) return `${minutes}分`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)}時間${minutes % 60}分`;
  return `${Math.floor(minutes / 1440)}日${Math.floor(minutes % 1440 / 60)}時間`;
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Every second. Where a text gets longer or shorter ("1分未満" becomes "1分"), lines break anew: what the reader looks at stays. */
function tick() {
  const now = Date.now();
  const texts = [];
  for (const due of document.querySelectorAll("[data-due]")) {
    const left = Math.floor((Date.parse(due.dataset.due) - now) / 1000);
    texts.push([due, left >= 0 ? `残り ${digits(left)}` : `超過 ${digits(-left)}`, left < 0]);
  }
  for (const start of document.querySelectorAll("[data-since]"))
    texts.push([start, since(Math.max(0, Math.floor((now - Date.parse(start.dataset.since)) / 60_000)))]);
  for (const shown of document.querySelectorAll("[data-clock]")) {
    const there = new Date(now + 9 * 3600_000);
    texts.push([shown, `令和${there.getUTCFullYear() - 2018}年${there.getUTCMonth() + 1}月${there.getUTCDate()}日`
      + `(${"日月火水木金土"[there.getUTCDay()]}) ${clock(new Date(now))}`]);
  }
  const breaksAnew = texts.some(([element, text, late = false]) =>
    element.textContent.length !== text.length || element.classList.contains("late") !== late);
  const release = breaksAnew ? holdPlace(document.querySelector("main")) : () => {};
  for (const [element, text, late] of texts) {
    say(element, text);
    if (late !== undefined) element.classList.toggle("late", late);
  }
  release();
}

// --- Morphing: what someone has typed or opened is his ---------------------------------------------------------------------------

const isControl = element => element.matches?.("input:not([type=hidden]), textarea, select");

function isTyped(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.localName === "select") return [...control.options].some(o => o.defaultSelected !== o.selected && (o.index > 0 || o.defaultSelected));
  return control.value !== control.defaultValue;
}

const holdsTyped = element =>
  (isControl(element) && element.form?.matches("[data-live]") && isTyped(element))
  || [...element.querySelectorAll("[data-live] :is(input:not([type=hidden]), textarea, select)")].some(isTyped);

function beforeAttributeUpdated(attribute, element) {
  if (attribute === "open") return !element.matches("details, dialog");
  if (attribute === "value") return !element.matches("[data-key]") && !(isControl(element) && isTyped(element));
  if (attribute === "checked") return element.checked === element.defaultChecked;
  if (attribute === "selected") return !isTyped(element.closest("select"));
  return true;
}

/** What the reader looks at stays where it is, whatever comes or goes above it. At the top of a page the new things are what counts. */
function holdPlace(region) {
  if (window.scrollY === 0) return () => {};
  const inSight = element => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < window.innerHeight;
  };
  const all = [...region.querySelectorAll("[id]")].filter(inSight);
  const whole = all.filter(e => e.getBoundingClientRect().top >= 0);
  const focus = document.activeElement;
  const marks = [...(all.includes(focus) ? [focus] : []), ...whole, ...all.reverse()].map(e => [e, e.getBoundingClientRect().top]);
  return () => {
    const mark = marks.find(([element]) => element.isConnected);
    if (mark) window.scrollBy({ top: mark[0].getBoundingClientRect().top - mark[1], behavior: "instant" });
  };
}

function morph(region, html) {
  const release = holdPlace(region);
  const announced = () => region.querySelector("[data-announce]")?.textContent.trim();
  const before = announced();
  Idiomorph.morph(region, html, {
    morphStyle: "innerHTML",
    ignoreActiveValue: true,
    restoreFocus: true,
    callbacks: {
      beforeAttributeUpdated,
      // A form that is half filled in stays, even where the server no longer shows it.
      beforeNodeRemoved: node => !(node.nodeType === Node.ELEMENT_NODE && holdsTyped(node)),
    },
  });
  tick();
  release();
  const after = announced();
  if (after && after !== before) announcement.textContent = after;
}

// --- Regions ---------------------------------------------------------------------------------------------------------------------

const LEAST_SPACING = 250; // ms between two fetches of one region

class LiveRegion extends HTMLElement {
  #wanted = 0;
  #busy = false;
  #last = 0;

  connectedCallback() {
    feedOf(this.getAttribute("hub")).add(this);
  }

  get follows() { return this.getAttribute("follow"); }

  get incident() { return this.getAttribute("incident"); }

  get shown() { return Number(this.querySelector("[data-seq]")?.dataset.seq ?? 0); }

  /** Something changed up to this sequence or version. */
  hear(sequence) {
    this.#wanted = Math.max(this.#wanted, sequence);
    if (!this.#busy && this.#wanted > this.shown) this.#catchUp();
  }

  /** Shows a fragment that came as the answer to a form. */
  show(html) {
    morph(this, html);
  }

  async #catchUp() {
    this.#busy = true;
    try {
      for (let attempt = 0; this.#wanted > this.shown && attempt < 20; attempt++) {
        await wait(Math.max(0, this.#last + LEAST_SPACING * (attempt + 1) - Date.now()));
        this.#last = Date.now();
        const source = this.getAttribute("src");
        // No answer: the next attempt. The feed says where the server is away, and tells what was missed when it is back.
        const answer = await fetch(`${source}${source.includes("?") ? "&" : "?"}after=${this.#wanted}`).catch(() => null);
        if (answer?.status === 401) return sessionEnded();
        const html = answer?.ok ? await answer.text().catch(() => null) : null;
        if (html !== null) morph(this, html);
      }
    } finally {
      this.#busy = false;
    }
  }
}

// --- The hub: one connection for the page ------------------------------------------------------------------------------------------

const feeds = new Map();

function feedOf(hub) {
  if (!feeds.has(hub)) feeds.set(hub, new Feed(hub));
  return feeds.get(hub);
}

class Feed {
  #regions = [];
  #hub;
  #current = new Date();

  constructor(hub) {
    this.#hub = hub;
    queueMicrotask(() => this.#run());
  }

  add(region) { this.#regions.push(region); }

  async #run() {
    for (let failures = 0; ; failures++) {
      const connection = new signalR.HubConnectionBuilder().withUrl(this.#hub).configureLogging(signalR.LogLevel.None).build();
      connection.serverTimeoutInMilliseconds = 30_000;
      const closed = new Promise(done => connection.onclose(done));
      connection.on("BoardChanged", ({ sequence }) => this.#tell(r => r.follows === "board", sequence));
      connection.on("IncidentChanged", ({ id, version }) => this.#tell(r => r.incident === id, version));
      try {
        await connection.start();
        for (const region of this.#regions) await this.#watch(connection, region);
        failures = 0;
        tell("connection", "");
        tell("session", "");
        this.#current = new Date();
        const beat = setInterval(() => { this.#current = new Date(); }, 5000);
        await closed;
        clearInterval(beat);
      } catch (refused) {
        await connection.stop().catch(() => {});
        if (String(refused).includes("401")) sessionEnded();
      }
      tell("connection", `接続が切れています。表示は ${clock(this.#current)} 時点です`);
      await wait(Math.min(2000, 200 * 2 ** failures) * (0.75 + Math.random() / 2));
    }
  }

  async #watch(connection, region) {
    if (!region.follows) return; // only whether the server is there
    if (region.follows === "incident") {
      const { version } = await connection.invoke("WatchIncident", region.incident, region.shown);
      region.hear(version);
    } else {
      const { sequence, rows } = await connection.invoke("Watch", region.shown);
      if (rows.length > 0) region.hear(sequence);
    }
  }

  #tell(concerns, sequence) {
    this.#current = new Date();
    for (const region of this.#regions) if (concerns(region)) region.hear(sequence);
  }
}

function sessionEnded() {
  tell("session", "サインインの期限が切れました。入力は残っています。別の画面でサインインしてから、もう一度送ってください");
}

// --- Forms: sent in place; a key makes what is sent twice act once --------------------------------------------------------------------

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");

document.addEventListener("submit", async event => {
  const form = event.target;
  const region = form.closest("live-region");
  if (!form.matches("[data-live]") || !region) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  tell("sending", "");
  tell("session", "");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, event.submitter)),
      headers: { "X-Fragment": "1" },
    });
    if (answer.status === 401) return sessionEnded();
    if (answer.redirected) return location.assign(answer.url);
    const html = answer.headers.get("Content-Type")?.startsWith("text/html") ? await answer.text() : null;
    if (answer.ok && html !== null) {
      form.reset();
      form.querySelector("[data-key]").value = newKey();
      document.activeElement?.blur();
      form.closest("details")?.removeAttribute("open");
      region.show(html);
      announcement.textContent = "記録しました";
      region.querySelector("h1, [tabindex='-1']")?.focus({ preventScroll: true });
    } else if (html !== null) {
      if (answer.headers.has("X-New-Key")) form.querySelector("[data-key]").value = newKey();
      region.show(html);
      document.getElementById("error-summary")?.focus();
    } else {
      notSent();
    }
  } catch {
    notSent();
  } finally {
    delete form.dataset.sending;
  }
});

function notSent() {
  tell("sending", "送信できませんでした。入力は残っています。少し待って、もう一度送ってください");
}

// --- Keys ------------------------------------------------------------------------------------------------------------------------------

const help = document.getElementById("help");
const shortcuts = document.getElementById("shortcuts");
if (shortcuts) {
  shortcuts.checked = localStorage.getItem("shortcuts") !== "off";
  shortcuts.addEventListener("change", () => localStorage.setItem("shortcuts", shortcuts.checked ? "on" : "off"));
}
let afterG = 0;

function openAndFocus(control) {
  for (let outer = control.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
  control.focus();
  control.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || !shortcuts?.checked || event.isComposing) return;
  if (event.target.matches("input, textarea, select, [contenteditable]") || help.open) return;
  const went = Date.now() - afterG < 1500 ? { b: "/", m: "/me" }[event.key] : undefined;
  afterG = event.key === "g" ? Date.now() : 0;
  if (went) return location.assign(went);
  if (event.key === "?") return help.showModal();
  const goal = { n: "#note-text", a: "[data-acknowledge]" }[event.key];
  const control = goal && document.querySelector(goal);
  if (!control) return;
  event.preventDefault();
  if (event.key === "a") control.click();
  else openAndFocus(control);
});

customElements.define("live-region", LiveRegion);
tick();
setInterval(tick, 1000);
