// Replays the igv-notebook messages of a packet in a kept igv browser and follows `caseboard:locus`.
// A packet is sent once per case; moving to another variant never needs the server.
const LOCUS = "caseboard:locus";
const OURS_WINS_MS = 1500;
let loading;

function igvScript(url) {
  if (window.igv) return Promise.resolve(window.igv);
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.igv);
    script.onerror = () => reject(new Error("igv could not be loaded"));
    document.head.append(script);
  });
  return loading;
}

function headOf(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return { head: JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size))), end: 4 + size };
}

// A stretch of a browser's File is fetched from another process each time; ours are in memory already.
class InMemory extends File {
  constructor(bytes, name) {
    super([bytes], name);
    this.bytes = bytes;
  }

  slice(start = 0, end = this.bytes.length) {
    return { arrayBuffer: () => Promise.resolve(this.bytes.slice(start, end).buffer) };
  }
}

function unpack(bytes) {
  let { head, end: at } = headOf(bytes);
  const files = {};
  for (const file of head.files) {
    files[file.name] = new InMemory(bytes.slice(at, at + file.size), file.name);
    at += file.size;
  }
  return { ...head, files };
}

// igv-notebook writes `path`, `indexPath`, `fastaPath`; igv wants `url`, `indexURL`, `fastaURL`.
function withFiles(config, files) {
  const ready = { ...config };
  for (const [path, url] of [["path", "url"], ["indexPath", "indexURL"], ["fastaPath", "fastaURL"]]) {
    if (ready[path] !== undefined) ready[url] = files[ready[path]];
    delete ready[path];
  }
  return ready;
}

// A variant's own span to the stretch shown: letters fit on the bases, or all of a long event.
const [LONG_BP, MIN_FLANK_BP, MAX_FLANK_BP, BASE_PX, GUTTERS_PX] = [1000, 18, 60, 10.4, 110];
function view(locus, width) {
  const found = /^(.+):(\d+)-(\d+)$/.exec(locus ?? "");
  if (!found) return undefined;
  const [start, end] = [Number(found[2]), Number(found[3])];
  const room = Math.round((width - GUTTERS_PX) / BASE_PX / 2);
  const near = Math.max(MIN_FLANK_BP, Math.min(MAX_FLANK_BP, room));
  const flank = end - start > LONG_BP ? Math.round((end - start) / 10) : near;
  const chrom = found[1] === "chrMT" ? "chrM" : found[1];
  return `${chrom}:${Math.max(1, start - flank)}-${end + flank}`;
}

// igv's own search builds every track's view anew; moving the frame that is there costs half as much.
async function move(browser, stretch) {
  const [, name, from, to] = /^(.+):(\d+)-(\d+)$/.exec(stretch);
  const chromosome = await browser.genome.loadChromosome(name);
  const frames = browser.referenceFrameList;
  if (!chromosome || frames.length !== 1) return browser.search(stretch);
  const [start, end] = [Number(from) - 1, Math.min(Number(to), chromosome.bpLength)];
  const bpPerPixel = (end - start) / browser.calculateViewportWidth(1);
  // A new frame: a drawn canvas knows its own, and must not take another chromosome for the one it shows.
  const frame = Object.assign(Object.create(Object.getPrototypeOf(frames[0])), frames[0]);
  Object.assign(frame, { chr: chromosome.name, start, end, bpPerPixel });
  frames[0] = frame;
  for (const view of browser.trackViews) for (const port of view.viewports) port.referenceFrame = frame;
  browser.updateUIWithReferenceFrameList();
  await browser.updateViews();
}

class Pane {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector(".igv-box");
    this.status = root.querySelector(".status");
    this.notes = root.querySelector(".notes");
    this.place = root.querySelector(".place");
    this.queue = Promise.resolve();
    this.onLocus = (event) => this.follow(event.detail);
    this.onResize = () => this.fit();
    this.watcher = new ResizeObserver(() => this.fit());
    this.watcher.observe((root.host ?? root).parentElement);
    window.addEventListener(LOCUS, this.onLocus);
    window.addEventListener("resize", this.onResize);
    root.querySelector(".bar").addEventListener("click", (event) => this.press(event.target.dataset.verb));
    root.querySelector(".pane").addEventListener("keydown", (event) => this.key(event));
  }

  // The page may take the pane away while igv is still fetching: what is under way then ends in silence.
  stop() {
    this.stopped = true;
    window.removeEventListener(LOCUS, this.onLocus);
    window.removeEventListener("resize", this.onResize);
    this.watcher.disconnect();
    this.drop();
  }

  drop() {
    if (this.browser) window.igv.removeBrowser(this.browser);
    this.browser = undefined;
    this.box.replaceChildren();
  }

  show(data) {
    this.dress();
    if (headOf(data).head.token === this.token) return;
    const packet = unpack(data);
    this.token = packet.token;
    this.say(packet);
    this.queue = this.queue.then(() => this.replay(packet)).catch((error) => this.fail(error));
  }

  async replay(packet) {
    if (this.stopped || packet.token !== this.token) return;
    this.status.textContent = "Loading the genome view…";
    this.box.setAttribute("aria-busy", "true");
    const igv = await igvScript(packet.igv_url);
    if (this.stopped) return;
    this.drop();
    this.indels = new Set(packet.indels);
    this.covers = packet.covers;
    const signalled = window.caseboardLocus;
    if (!this.asked && signalled?.token === packet.token) this.asked = signalled;
    for (const message of packet.messages) {
      await this.run(igv, message, packet.files);
      if (this.stopped) return this.drop();
    }
    this.box.removeAttribute("aria-busy");
    if (this.asked && this.asked.locus !== this.at) await this.go(this.asked.locus);
    else this.settle();
  }

  async run(igv, { command, data }, files) {
    if (command === "createBrowser") {
      const config = withFiles(data, files);
      config.reference = withFiles(config.reference, files);
      config.tracks = (config.tracks ?? []).map((track) => withFiles(track, files));
      this.at = this.asked?.locus ?? config.locus;
      this.browser = await igv.createBrowser(this.box, { ...config, locus: view(this.at, this.box.clientWidth) });
      if (this.stopped) return;
      this.box.igvBrowser = this.browser;
      this.tighten();
      this.browser.on("locuschange", (frames) => this.tell(frames));
      this.tell(this.browser.referenceFrameList);
      this.paint();
    } else if (command === "loadTrack") await this.browser.loadTrack(withFiles(data, files));
    else if (command === "loadROI") await this.browser.loadROI(data);
    else if (command === "search") await this.go(data);
    else if (command === "zoomIn") await this.browser.zoomIn();
    else if (command === "zoomOut") await this.browser.zoomOut();
    else throw new Error(`unknown verb ${command}`);
  }

  // A late answer of the server for a row clicked earlier must not pull the view back.
  follow({ row, locus, from }) {
    const now = performance.now();
    if (from === "server" && this.clicked && row !== this.clicked.row && now - this.clicked.at < OURS_WINS_MS) return;
    if (from !== "server") this.clicked = { row, at: now };
    this.asked = { row, locus };
    if (this.browser && (from !== "server" || locus !== this.at)) this.go(locus).catch((error) => this.fail(error));
  }

  async go(locus) {
    const stretch = view(locus, this.box.clientWidth);
    if (!stretch) return;
    this.at = locus;
    this.box.dataset.moving = "1";
    this.sortReads(false);
    const browser = this.browser;
    const before = this.loaded();
    try {
      await move(browser, stretch);
    } catch (error) {
      if (this.browser === browser) throw error;
    }
    if (this.browser !== browser || this.at !== locus) return;
    // igv sorts what it loads; what it had already stays as it was.
    if (before.some((features) => features && this.loaded().includes(features))) this.sortReads(true);
    delete this.box.dataset.moving;
    this.speak();
  }

  settle() {
    this.sortReads(true);
    this.speak();
    this.fit();
  }

  loaded() {
    return this.browser.trackViews.filter((view) => view.track.type === "alignment").map((view) => view.viewports[0].cachedFeatures);
  }

  // Words take room from the reads: measured again only when they change.
  speak() {
    const words = this.missing();
    if (words === this.status.textContent) return;
    this.status.textContent = words;
    this.fit();
  }

  // What cannot be seen at this place, in words: an empty pane is not an absent variant.
  missing() {
    const tracks = this.browser.trackViews.filter((view) => view.track.type === "alignment");
    if (!tracks.length) return "";
    const [, chrom, start] = /^(.+):(\d+)-/.exec(this.at.replace("chrMT:", "chrM:"));
    const sequence = this.covers.some(([name, first, last]) => name === chrom && first <= start && start <= last);
    const some = tracks.some((view) => view.viewports[0].cachedFeatures?.packedGroups?.size);
    if (!some) return "No reads came with the case at this place.";
    return sequence ? "" : "No reference sequence came with the case at this place: mismatches are not coloured.";
  }

  // Reads that differ at the variant come first, so that a low pane shows them. An inserted or deleted
  // stretch begins one base after the position that names it.
  sortReads(drawn) {
    const [, chrom, start] = /^(.+):(\d+)-/.exec(this.at.replace("chrMT:", "chrM:")) ?? [];
    const position = Number(start) - (this.indels.has(`${chrom}:${start}`) ? 0 : 1);
    for (const view of this.browser.trackViews) {
      if (view.track.type !== "alignment") continue;
      view.track.sortObject = { chr: chrom, position, option: "BASE", direction: true };
      if (!drawn) continue;
      for (const port of view.viewports) port.cachedFeatures?.sortRows?.(view.track.sortObject);
      view.repaintViews();
    }
  }

  tell(frames) {
    const frame = (frames ?? [])[0];
    if (frame) this.place.textContent = frame.getLocusString();
  }

  press(verb) {
    if (!this.browser || !verb) return;
    if (verb === "home") this.go(this.at).catch((error) => this.fail(error));
    if (verb === "in") this.browser.zoomIn();
    if (verb === "out") this.browser.zoomOut();
    if (verb === "left" || verb === "right") this.pan(verb === "left" ? -0.25 : 0.25);
  }

  pan(share) {
    const frame = this.browser.referenceFrameList[0];
    const width = frame.end - frame.start;
    const start = Math.max(0, Math.round(frame.start + share * width));
    this.browser.search(`${frame.chr}:${start + 1}-${start + Math.round(width)}`);
  }

  key(event) {
    const verbs = { "+": "in", "=": "in", "-": "out", ArrowLeft: "left", ArrowRight: "right", Home: "home" };
    const verb = verbs[event.key];
    if (!verb || event.ctrlKey || event.metaKey || event.altKey || event.composedPath()[0].tagName === "INPUT") return;
    event.preventDefault();
    this.press(verb);
  }

  say(packet) {
    this.notes.classList.toggle("alone", !packet.messages.some(({ data }) => data?.type === "alignment"));
    this.notes.replaceChildren(...packet.notes.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  }

  fail(error) {
    if (this.stopped) return;
    console.error(error);
    this.box.removeAttribute("aria-busy");
    this.status.textContent = "The genome view could not be drawn; reload the page.";
  }

  // The theme's colours reach us as CSS variables; igv paints for a white page, the style sheet turns it round.
  dress() {
    const host = this.root.host ?? this.root;
    const colour = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
    const dark = luminance(colour) < 0.4;
    if (dark === this.dark) return;
    this.dark = dark;
    this.root.querySelector(".pane").classList.toggle("dark", dark);
    this.paint();
  }

  // igv's own sheet spaces tracks for a full page; ours is one pane of a screen.
  tighten() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(TIGHT);
    const inner = this.box.shadowRoot;
    if (!inner.caseboardTight) inner.adoptedStyleSheets = [...inner.adoptedStyleSheets, sheet];
    inner.caseboardTight = true;
  }

  paint() {
    if (!this.browser) return;
    const bases = this.dark ? BASES_TO_TURN : BASES;
    for (const [base, colour] of Object.entries(bases)) {
      this.browser.nucleotideColors[base] = this.browser.nucleotideColors[base.toLowerCase()] = colour;
    }
    this.browser.trackViews.forEach((view) => view.repaintViews());
  }

  // Fill what is left below us in the pane or window, and share it out among the reads.
  fit() {
    if (!this.browser) return;
    const views = this.browser.trackViews;
    for (const view of views) setHeight(view, FIXED[view.track.type]);
    const shared = views.filter((view) => view.track.config?.heightShare);
    const used = TOP + views.reduce((sum, view) => sum + GAP + (shared.includes(view) ? 0 : view.track.height), GAP);
    const room = shared.length ? Math.max(MIN_HEIGHT, Math.min(MAX_HEIGHT, this.room())) : used + GAP;
    this.box.style.height = `${room}px`;
    for (const [at, view] of shared.entries()) {
      const least = at ? MIN_TRACK : MIN_FIRST;
      const height = Math.max(least, Math.floor((room - used) * view.track.config.heightShare));
      view.track.alignmentTrack.alignmentRowHeight = height < ROOMY ? ROW.small : ROW.large;
      setHeight(view, height);
    }
  }

  // Pixels from our upper edge to the lower edge of the pane that clips us, or of the window. A pane
  // that only follows its content's height does not clip.
  room() {
    const [held, top] = [this.box.style.height, this.box.getBoundingClientRect().top];
    let edge = window.innerHeight;
    const parents = [];
    for (let at = (this.root.host ?? this.root).parentElement; at; at = at.parentElement) {
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(at).overflowY)) parents.push([at, at.clientHeight]);
    }
    this.box.style.height = "0px";
    for (const [at, height] of parents) {
      if (at.clientHeight !== height) continue;
      const foot = parseFloat(getComputedStyle(at).paddingBottom);
      edge = Math.min(edge, at.getBoundingClientRect().top + at.clientTop + height - foot);
    }
    this.box.style.height = held;
    return Math.floor(edge - top - this.notes.offsetHeight - BELOW);
  }
}

function setHeight(view, height) {
  if (height && height !== view.track.height) view.setTrackHeight(height, true);
}

const [MIN_HEIGHT, MAX_HEIGHT, BELOW, GAP, MIN_FIRST, MIN_TRACK] = [260, 900, 6, 2, 70, 30];
const FIXED = { ruler: 32, sequence: 18, variant: 20, annotation: 36 };
const TIGHT = `
  .igv-viewport, .igv-axis-column > div, .igv-scrollbar-column > div, .igv-track-drag-column > div,
  .igv-gear-menu-column > div { margin-top: 2px !important; }
  .igv-roi-region > div { display: none; }
  .igv-track-label { top: 2px; left: 2px; font-size: 11px; line-height: 14px; border-color: #b8bec6; }`;
const ROW = { small: 6, large: 9 };
const TOP = 8;
const ROOMY = 200;
const BASES = { A: "rgb(0,160,0)", C: "rgb(0,0,200)", G: "rgb(190,100,0)", T: "rgb(225,0,0)" };
// Come out of the turn as green, blue, orange and red bright enough for a dark page.
const BASES_TO_TURN = { A: "rgb(0,150,0)", C: "rgb(20,75,205)", G: "rgb(170,85,0)", T: "rgb(205,20,20)" };

function luminance(colour) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = "#fff";
  probe.fillStyle = colour;
  const hex = probe.fillStyle.startsWith("#") ? probe.fillStyle : "#ffffff";
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export default function ({ data, parentElement }) {
  const pane = (parentElement.caseboardPane ??= new Pane(parentElement));
  pane.show(data);
  return () => {
    pane.stop();
    delete parentElement.caseboardPane;
  };
}
