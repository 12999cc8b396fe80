"""How Caseboard answers when many people work at once: 25 sessions on one server, and its memory. Prints tables.

    python -m benchmarks.sessions --cache DIR [--sessions 25] [--seconds 120] [--no-intake]

The server is the real one, in a process of its own; each person is a raw WebSocket with the widgets' states that a
browser would send. A person opens the worklist and a case (every third the exome of 100,000 variants, the others the
sample patients), walks through variants, puts one on the shortlist, filters all variants, looks at the report, and
begins again, with 1 to 2 s between two steps. Meanwhile one more person drops that exome again and again (unless
--no-intake). One visit before makes the server warm and is not counted; meanwhile it ranks the latest cases ahead.
A time is from the request to the end of the script, with everything it sent received. What it does not show: the
browser's own drawing, a network, and the reads, which a browser fetches as files. The processor time is that of the
server's own process, without its readers.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.case_speed import FAMILY, PED, TERMS
from benchmarks.intake_speed import made
from benchmarks.server_use import memory, processor_s
from models.case import Severity
from models.case.store import CaseStore
from models.intake import CaseOptions, GivenFile, files_of, read_case
from models.knowledge import load_knowledge
from models.review import DecisionLog, EventKind
from models.workup import inspect
from tests.browser.conftest import run_server

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S, LIMIT_BYTES = 1.0, 2 << 30
THINKING_S = (1.0, 2.0)
ARRIVING_S = 20.0  # people come one after the other
MOVES = 6  # variants looked at on one visit to a case
ANSWER_TIMEOUT_S = 120
WHOLE, FRAGMENT = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"  # where Streamlit keeps what a component's triggers say


Taken = dict[str, list[float]]  # seconds of each run, by what was asked for


@dataclass
class Person:
    """One session: its socket, what the last runs drew (widgets by label or component), and how long each took."""

    port: int
    taken: Taken
    name: str
    session: str = ""
    widgets: dict[str, str] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    seen: int = 0
    fragment: str = ""
    problem: str = ""
    places: list[FileURLs] = field(default_factory=list)
    socket: ClientConnection | None = None

    async def work(self, case_id: str, until: float) -> None:
        chance = random.Random(self.name)
        await asyncio.sleep(chance.uniform(0, ARRIVING_S))
        async with self.at_the_server() as self.socket:
            while time.monotonic() < until:
                for step in self.steps(case_id, chance):
                    await step
                    await asyncio.sleep(chance.uniform(*THINKING_S))
                    if time.monotonic() > until:
                        break

    def at_the_server(self, **more: object) -> connect:
        here = f"http://127.0.0.1:{self.port}"
        stream = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        return connect(stream, subprotocols=["streamlit"], origin=here, max_size=None, **more)

    def steps(self, case_id: str, chance: random.Random) -> Iterator[object]:
        """One visit; a step is made when its turn comes, with the widgets that the steps before it drew."""
        query = f"case={case_id}"
        yield self.ask("worklist", "")
        yield self.ask("open a case", "case_review", query)
        for _ in range(MOVES):
            self.say("caseboard_ranked_list", json_value=json.dumps({"row": chance.choice(self.rows[:50])}))
            yield self.ask("another variant", "case_review", query, fragment=self.fragment)
        yield self.shortlist(query, chance.choice(self.rows[:50]))
        yield self.ask("all variants", "all_variants", query)
        for gene in ("SC", "SCN1A"):
            self.say("Gene", string_value=gene)
            yield self.ask("filter", "all_variants", query, keep=True)
        yield self.ask("report", "report", query)

    def shortlist(self, query: str, row: int) -> object:
        about = {"act": "shortlist", "row": row, "seen": self.seen, "who": self.name}
        said = json.dumps([{"event": "said", "value": about}])
        state = WidgetState(id=EVENTS.format(self.widgets["caseboard_ranked_list"]), json_trigger_value=said)
        return self.ask("decide", "case_review", query, fragment=self.fragment, once=state)

    def say(self, widget: str, **value: object) -> None:
        """What stands in a widget from now on."""
        self.states[widget] = WidgetState(id=self.widgets[widget], **value)

    async def ask(
        self,
        what: str,
        page: str,
        query: str = "",
        *,
        fragment: str = "",
        keep: bool = False,
        once: WidgetState | None = None,
    ) -> None:
        """One run, timed. keep: on the page as it stands, its widgets as they are; once: a trigger, gone with it."""
        if not fragment and not keep:
            self.states.clear()
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = page, query
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.extend([*self.states.values(), *([once] if once else [])])
        begun = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self.finished(), ANSWER_TIMEOUT_S)
        self.taken[what].append(time.perf_counter() - begun)

    async def finished(self) -> None:
        while True:
            message = ForwardMsg.FromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "delta":
                self.drawn(message)
            elif kind == "new_session":
                self.session = message.new_session.initialize.session_id
            elif kind == "script_finished" and message.script_finished in (WHOLE, FRAGMENT):
                return
            elif kind == "file_urls_response":
                self.places = list(message.file_urls_response.file_urls)
                return

    def drawn(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        shown = getattr(element, kind) if kind else None
        if kind == "exception":
            self.problem = shown.message
        elif kind == "bidi_component":
            self.widgets[shown.component_name] = shown.id
            if shown.component_name == "caseboard_ranked_list":
                self.fragment = message.delta.fragment_id
                data = json.loads(shown.json or shown.mixed.json)
                self.rows, self.seen = [row["row"] for row in data["rows"]], data["deciding"]["seen"]
        elif kind and hasattr(shown, "label") and hasattr(shown, "id"):
            self.widgets[shown.label.split(" (")[0]] = shown.id
        elif kind == "button":
            self.widgets[shown.label] = shown.id


class Bringer(Person):
    """Drops the same files again and again; each time they are read anew."""

    async def bring(self, files: list[Path], until: float) -> None:
        web = requests.Session()
        web.get(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=20)
        async with self.at_the_server() as self.socket:
            while time.monotonic() < until:
                await self.ask("(dropping files)", "")
                begun = time.perf_counter()
                await self.drop(web, files)
                await self.ask("(dropping files)", "", keep=True)
                await self.ask("(dropping files)", "", keep=True, once=self.pressed("Read and rank"))
                while self.widgets.pop("Cancel", "") and time.monotonic() < until:
                    await asyncio.sleep(1)
                    await self.ask("(waiting for the reading)", "")
                self.taken["(file to ranked list)"].append(time.perf_counter() - begun)

    def pressed(self, label: str) -> WidgetState:
        return WidgetState(id=self.widgets[label], trigger_value=True)

    async def drop(self, web: requests.Session, files: list[Path]) -> None:
        message = BackMsg()
        asked = message.file_urls_request
        asked.request_id, asked.session_id = "1", self.session
        asked.file_names.extend(file.name for file in files)
        await self.socket.send(message.SerializeToString())
        await self.finished()
        dropped = WidgetState(id=self.widgets["Variants"])
        token = {"X-Xsrftoken": web.cookies.get(XSRF_COOKIE_NAME, "")}
        for file, place in zip(files, self.places, strict=True):
            url, content = f"http://127.0.0.1:{self.port}{place.upload_url}", {"file": (file.name, file.read_bytes())}
            answer = await asyncio.to_thread(web.put, url, files=content, headers=token, timeout=60)
            answer.raise_for_status()
            info = dropped.file_uploader_state_value.uploaded_file_info.add(file_id=place.file_id, name=file.name)
            info.size = file.stat().st_size
            info.file_urls.CopyFrom(place)
        self.states = {"Variants": dropped}


def exome(cache: Path) -> list[Path]:
    cache.mkdir(parents=True, exist_ok=True)
    ped = cache / "family.ped"
    ped.write_text(PED)
    return [made(cache, "exome", 100_000, FAMILY, rich=True), ped]


def stored(home: Path, files: list[Path]) -> list[str]:
    """The exome first, then the sample patients; what a check would wait for is overridden."""
    store, knowledge = CaseStore(home), load_knowledge()
    given = [(tuple(GivenFile(p, p.name) for p in files), CaseOptions(terms=TERMS))]
    samples = sorted(p.parent for p in (ROOT / "sample_data").glob("*/answer.json"))
    given += [(files_of(folder), CaseOptions()) for folder in samples]
    kept = []
    with closing(DecisionLog(home / "decisions.db")) as log:
        for from_, options in given:
            draft = store.new_draft()
            case_id = store.keep(draft, read_case(from_, draft, options), datetime.now(UTC)).id
            store.discard(draft)
            for finding in inspect(store.open(case_id), knowledge, store.folder(case_id))[1]:
                if finding.severity is Severity.BLOCKING:
                    said = {
                        "code": finding.code,
                        "finding": finding.key,
                        "found": "",
                        "reason": "made up",
                    }
                    log.append(case_id, EventKind.CHECK_OVERRIDDEN, said, who="Dr A", at=datetime.now(UTC))
            kept.append(case_id)
    return kept


async def warmed(port: int, case_id: str) -> None:
    await Person(port, defaultdict(list), "Dr First").work(case_id, time.monotonic() + 40)


async def everybody(port: int, cases: list[str], asked: argparse.Namespace, files: list[Path]) -> Taken:
    taken: Taken = defaultdict(list)
    until = time.monotonic() + asked.seconds
    people = [Person(port, taken, f"Dr {n}") for n in range(asked.sessions)]
    work = [p.work(cases[0] if n % 3 == 0 else cases[n % len(cases)], until) for n, p in enumerate(people)]
    if not asked.no_intake:
        people.append(Bringer(port, taken, "Dr with a new case"))
        work.append(people[-1].bring(files, until))
    await asyncio.gather(*work)
    if problems := {p.problem for p in people if p.problem}:
        raise SystemExit(f"a page raised: {problems}")
    return taken


def row(what: str, times_s: list[float]) -> None:
    ordered = sorted(times_s)
    late = [ordered[min(int(share * len(ordered)), len(ordered) - 1)] for share in (0.5, 0.95, 0.99, 1)]
    print(f"| {what} | {len(ordered):,} | " + " | ".join(f"{s:.2f}" for s in late) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True, help="where the made-up exome is kept")
    parser.add_argument("--sessions", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--no-intake", action="store_true")
    asked = parser.parse_args()
    files = exome(asked.cache)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        cases = stored(home, files)
        print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before")
        running = run_server("app.py", home)
        server = next(running)
        port = int(server.url.rsplit(":", 1)[1])
        asyncio.run(warmed(port, cases[0]))
        with memory(server.pid) as most:
            before = processor_s(server.pid)
            taken = asyncio.run(everybody(port, cases, asked, files))
            worked_s = processor_s(server.pid) - before
        running.close()
        with closing(DecisionLog(home / "decisions.db")) as log:
            kept = sum(e.kind is EventKind.VARIANT_SHORTLISTED for c in cases for e in log.events(c))
    print("| seconds from request to answer | runs | p50 | p95 | p99 | most |\n|---|---|---|---|---|---|")
    for what in sorted(taken):
        row(what, taken[what])
    every = [s for what, times_s in taken.items() if not what.startswith("(") for s in times_s]
    row(f"**all of {asked.sessions} sessions**", every)
    late = sorted(every)[int(0.95 * len(every))]
    runs = sum(map(len, taken.values()))
    print(f"processor {worked_s:.0f} s, {1000 * worked_s / runs:.0f} ms a run; {kept} variants put on the shortlist")
    print(f"p95 {late:.2f} s: {'within' if late <= LIMIT_S else 'over'} {LIMIT_S:g} s")
    print(
        f"memory with children, at most: PSS {most['Pss'] / 1e6:,.0f} MB, RSS {most['Rss'] / 1e6:,.0f} MB: "
        f"{'within' if most['Pss'] <= LIMIT_BYTES else 'over'} 2 GiB"
    )
    print(f"load average {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
