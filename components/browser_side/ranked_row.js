// One row of the ranked list; after elements.js.
// The same length of bar means the same score in every case, so that the first of a patient without an
// answer does not look like one. In log-odds; solved sample patients lie above +2, most variants below −8.
const EMPTY_BAR_LOG_ODDS = -12;
const FULL_BAR_LOG_ODDS = 8;

function share(score) {
  const part = (score - EMPTY_BAR_LOG_ODDS) / (FULL_BAR_LOG_ODDS - EMPTY_BAR_LOG_ODDS);
  return Math.min(1, Math.max(0, part));
}

function option(row, data, id) {
  const item = make("div", "row");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.appendChild(make("span", "rank", data.blind ? "" : String(row.rank)));
  const body = item.appendChild(make("span", "body"));
  const first = body.appendChild(make("span", "line"));
  first.appendChild(make("b", "gene", row.gene));
  first.appendChild(make("span", "change", row.change)).title = row.change;
  const badges = first.appendChild(make("span", "badges"));
  const second = body.appendChild(make("span", "line"));
  const facts = [row.effect, row.zygosity, row.frequency, row.features].filter(Boolean).join(" · ");
  second.appendChild(make("span", "facts", facts)).title = facts;
  if (row.clinvar) {
    badges.appendChild(make("span", `badge clinvar class-${row.clinvar}`, `ClinVar ${row.clinvar}`));
  }
  if (row.mode) badges.appendChild(make("span", row.mode === "de novo" ? "badge strong" : "badge", row.mode));
  decide(item, badges, data.deciding?.marks[row.row]);
  const under = second.appendChild(make("span", "under"));
  if (row.partner) {
    const pair = under.appendChild(make("span", "pair", `⇄ ${row.partner}`));
    pair.title = `Second hit: rank ${row.partner}, phase ${row.phase || "unknown"}`;
  }
  if (!data.blind && row.score !== undefined) {
    const said = `${row.score < 0 ? "−" : "+"}${Math.abs(row.score).toFixed(1)}`;
    const bar = under.appendChild(make("span", "bar"));
    bar.title = `Score ${said} log-odds: an ordering aid, not a probability`;
    bar.appendChild(make("span", "fill")).style.width = `${Math.round(share(row.score) * 100)}%`;
    under.appendChild(make("span", "score", said));
  }
  return item;
}

// People's decisions on a row: a sign with its word, and the class that a person gave.
function decide(item, badges, mark) {
  if (!mark) return;
  const rank = item.querySelector(".rank");
  if (mark.triage) {
    item.classList.add(mark.triage);
    const sign = rank.appendChild(make("span", "sign", mark.triage === "shortlisted" ? "★" : "✕"));
    sign.setAttribute("aria-hidden", "true");
    rank.append(make("span", "unseen", ` ${mark.triage}`));
    item.title = mark.said;
  }
  if (mark.class) badges.appendChild(make("span", "badge human", mark.class)).title = mark.class_said;
}
