// A language model and an embedding model on loopback, spoken to as OpenAI's are:
//
//     node server.mjs MODULES MODEL.gguf EMBEDDER.gguf
//
// MODULES is the folder node_modules with node-llama-cpp. The one line of standard output is the address, with /v1 at
// its end, and stands there when both models are loaded. The server ends when its standard input does.
import http from "node:http";
import os from "node:os";
import path from "node:path";
import {pathToFileURL} from "node:url";
import {frame} from "./frame.mjs";

const [modules, modelPath, embedderPath] = process.argv.slice(2);
const {getLlama, LlamaCompletion} = await import(pathToFileURL(path.join(modules, "node-llama-cpp/dist/index.js")));

// The threads wait for each other in busy loops: where another process takes one of their cores, a second becomes a
// minute. One core is left to whoever asks.
const threads = Math.max(1, os.availableParallelism() - 1);
const contextSize = 8192;
const longestAnswer = 120; // tokens; a model this small only repeats itself after that

const llama = await getLlama({gpu: false, maxThreads: threads, build: "never", logLevel: "error", progressLogs: false});
const model = await llama.loadModel({modelPath});
const context = await model.createContext({contextSize, sequences: 1, threads});
const completion = new LlamaCompletion({contextSequence: context.getSequence()});
const embedder = await llama.loadModel({modelPath: embedderPath});
const embedding = await embedder.createEmbeddingContext({contextSize: 512, threads});

const names = [modelPath, embedderPath].map((file) => path.basename(file, ".gguf"));

// turns has one request computed at a time.
let turns = Promise.resolve();
function inTurn(work) {
  const mine = turns.then(work);
  turns = mine.catch(() => {});
  return mine;
}

class BadRequest extends Error {}

async function chat(body, req, res) {
  if (!Array.isArray(body.messages)) throw new BadRequest("messages is not a list");
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  const {text, numbered} = frame(body.messages);
  const tokens = model.tokenize(text);
  if (model.tokens.bos !== null) tokens.unshift(model.tokens.bos);
  const room = contextSize - tokens.length;
  if (room < 2 * longestAnswer) throw new BadRequest("the prompt is longer than the context");
  const limit = Math.min(body.max_completion_tokens ?? body.max_tokens ?? longestAnswer, longestAnswer);

  const about = {id: "chatcmpl-" + Date.now(), created: Math.floor(Date.now() / 1000), model: names[0]};
  const send = (fields) =>
    res.write(`data: ${JSON.stringify({...about, object: "chat.completion.chunk", ...fields})}\n\n`);
  const delta = (delta, finish_reason = null) => send({choices: [{index: 0, delta, finish_reason}]});
  if (body.stream) {
    res.writeHead(200, {"Content-Type": "text/event-stream", "Cache-Control": "no-store"});
    delta({role: "assistant", content: ""});
  }
  let written = 0;
  let held = ""; // the beginning of a mark
  const reply = await inTurn(() => completion.generateCompletionWithMeta(tokens, {
    maxTokens: limit, temperature: 0, customStopTriggers: ["\n"], signal: gone.signal,
    onToken: (more) => { written += more.length; },
    onTextChunk: (piece) => {
      const all = held + piece;
      const open = all.lastIndexOf("[");
      const whole = open > all.lastIndexOf("]") ? open : all.length;
      held = all.slice(whole);
      if (body.stream && whole > 0) delta({content: numbered(all.slice(0, whole))});
    },
  }));
  const finish = reply.metadata.stopReason === "maxTokens" ? "length" : "stop";
  const usage = {prompt_tokens: tokens.length, completion_tokens: written, total_tokens: tokens.length + written};
  if (!body.stream) {
    const message = {role: "assistant", content: numbered(reply.response)};
    return {...about, object: "chat.completion", choices: [{index: 0, message, finish_reason: finish}], usage};
  }
  if (held) delta({content: held});
  delta({}, finish);
  if (body.stream_options?.include_usage) send({choices: [], usage});
  res.end("data: [DONE]\n\n");
}

async function embed(body) {
  const texts = typeof body.input === "string" ? [body.input] : body.input;
  if (!Array.isArray(texts) || !texts.every((t) => typeof t === "string")) {
    throw new BadRequest("input is neither a text nor a list of texts");
  }
  const data = await inTurn(async () => {
    const all = [];
    for (const [index, text] of texts.entries()) {
      const {vector} = await embedding.getEmbeddingFor(text); // as it comes out of the pooling
      const length = Math.hypot(...vector);
      all.push({object: "embedding", index, embedding: vector.map((v) => v / length)});
    }
    return all;
  });
  return {object: "list", model: names[1], data};
}

const routes = {
  "GET /v1/models": () => ({object: "list", data: names.map((id) => ({id, object: "model", created: 0, owned_by: "nobody"}))}),
  "POST /v1/chat/completions": chat,
  "POST /v1/embeddings": embed,
};

async function read(req) {
  const parts = [];
  for await (const part of req) parts.push(part);
  try {
    return JSON.parse(Buffer.concat(parts).toString() || "{}");
  } catch {
    throw new BadRequest("the body is not JSON");
  }
}

const server = http.createServer(async (req, res) => {
  const reply = (status, body) => {
    if (res.destroyed) return;
    if (res.headersSent) return res.end(`data: ${JSON.stringify(body)}\n\n`);
    res.writeHead(status, {"Content-Type": "application/json"}).end(JSON.stringify(body));
  };
  try {
    const route = routes[`${req.method} ${req.url}`];
    if (!route) return reply(404, {error: {message: "no such address"}});
    const body = await route(await read(req), req, res);
    if (body) reply(200, body);
  } catch (err) {
    reply(err instanceof BadRequest ? 400 : 500, {error: {message: err.message}});
  }
});

for (const over of ["end", "close", "error"]) process.stdin.on(over, () => process.exit(0));
process.stdin.resume();
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/v1`));
