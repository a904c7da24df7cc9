"""Measures the index of documents: filling it, asking it, and what it finds; scripts/bench docs builds and starts this."""

import argparse
import json
import random
import statistics
import subprocess
import time
from pathlib import Path

import bench
from bench import ROOT, Failure, Gateway

DOCUMENTS, SECTIONS, WORDS, SEED = 100, 10, 120, 42
CORPUS = ROOT / "Tests/SampleData/Documents/handbook"
QUESTIONS = ROOT / "Tests/SampleData/Documents/questions.json"
# What a change of the index is held against, on a quiet machine.
AIMS = {"index_seconds": 1.0, "query_p50_ms": 5.0, "hit_rate_5": 0.95}


class DocumentGateway(Gateway):
    """A gateway whose ATLAS plugin searches one collection."""

    role = "atlas.user"

    def __init__(self, built, home):
        self.built = built
        super().__init__(built, home, 0)

    def configuration_text(self, port, state):
        binding = "sources: {monitor: nowhere}, documents: {docs: docs}"
        source = 'nowhere: {kind: http, base_url: "http://127.0.0.1:1"}'
        return bench.plugin_configuration(port, state, "atlas", self.built / "libATLAS.so", binding, source)

    def index(self, folder):
        """How long it takes to index a folder, the start of the program included, and what came of it."""
        command = [self.built / "beamline", "docs", "index", folder, "--collection", "docs", "--json"]
        begin = time.monotonic()
        made = subprocess.run(command + ["--config", self.configuration], capture_output=True, text=True)
        seconds = time.monotonic() - begin
        if made.returncode:
            raise Failure(f"The documents could not be indexed: {made.stderr.strip()}")
        return seconds, json.loads(made.stdout)

    def ask(self, question):
        """The passages for a question, and how many milliseconds the whole call took."""
        parameters = {"name": "atlas_ask_docs", "arguments": {"question": question}}
        headers, body = self.request("modern", "tools/call", parameters)
        begin = time.monotonic()
        status, _, answer = bench.post(self.port, "/mcp", headers, body)
        milliseconds = (time.monotonic() - begin) * 1000
        result = json.loads(answer).get("result", {}) if status == 200 else {}
        if not result or result.get("isError"):
            raise Failure(f"The question '{question}' is answered with {status} {answer[:500]!r}.")
        return result["structuredContent"]["passages"], milliseconds


def write_documents(folder, chance):
    """A thousand sections of made-up words, as frequent as those of a language."""
    words = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(3, 9))) for _ in range(4000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def text(count):
        return " ".join(chance.choices(words, weights, k=count))

    for document in range(DOCUMENTS):
        sections = [f"# {text(3)}\n"] + [f"## {text(4)}\n\n{text(WORDS)}\n" for _ in range(SECTIONS - 1)]
        (folder / f"d{document:03}.md").write_text("\n".join(sections))
    return [text(6) for _ in range(200)]


def measure(options, home):
    folder = home / "documents"
    folder.mkdir()
    asked = write_documents(folder, random.Random(SEED))
    gateway = DocumentGateway(options.built, home / "gateway")
    try:
        first, change = gateway.index(folder)
        (folder / "d000.md").write_text("# Changed\n\nnothing else\n")
        again, _ = gateway.index(folder)
        for question in asked[:20]:
            gateway.ask(question)
        times = [gateway.ask(question)[1] for _ in range(options.rounds) for question in asked]
        corpus, _ = gateway.index(options.corpus)
        questions = json.loads(options.questions.read_text())["questions"]
        ranks = []
        for question in questions:
            found = [passage["document"] for passage in gateway.ask(question["q"])[0]]
            hits = [rank for rank, document in enumerate(found, 1) if document in question["gold"]]
            ranks.append(min(hits, default=None))
            if not hits and not options.json:
                print(f"missed: {question['q']} ({', '.join(question['gold'])})")
    finally:
        gateway.stop()

    def rate(first):
        return round(sum(1 for rank in ranks if rank and rank <= first) / len(ranks), 3)

    return {
        "machine": bench.machine(),
        "sections": change["sections"],
        "passages": change["passages"],
        "update_seconds": round(again, 3),
        "query_p99_ms": round(statistics.quantiles(times, n=100)[98], 2),
        "corpus": str(options.corpus.name),
        "corpus_seconds": round(corpus, 3),
        "questions": len(ranks),
        "hit_rate_1": rate(1),
        "values": {
            "index_seconds": round(first, 3),
            "query_p50_ms": round(statistics.median(times), 2),
            "hit_rate_5": rate(5),
        },
        "aims": AIMS,
    }


def print_summary(report):
    values = report["values"]
    print(
        f"{report['sections']} sections in {report['passages']} passages: indexed in {values['index_seconds']} s "
        f"(aim {AIMS['index_seconds']}), one document changed in {report['update_seconds']} s"
    )
    print(
        f"a call of ask_docs: {values['query_p50_ms']} ms (aim {AIMS['query_p50_ms']}), p99 {report['query_p99_ms']} ms"
    )
    print(
        f"{report['questions']} questions to {report['corpus']}: a right document among the first five for "
        f"{values['hit_rate_5']} of them (aim {AIMS['hit_rate_5']}), first for {report['hit_rate_1']}"
    )


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench docs")
    parser.add_argument("--built", type=Path, required=True, help="the folder of the programs and the plugin")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked (default 3)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder of documents (default: the demo's)")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="questions with the documents that answer them")
    options = parser.parse_args()
    bench.run(options, measure, print_summary)


if __name__ == "__main__":
    main()
