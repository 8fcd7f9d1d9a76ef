// The model only continues texts: it has learnt neither roles nor instructions. frame makes of a chat a text whose
// likeliest continuation is the answer: an example worked out in the language of the answer, then the same form left open.
//
// It reads the form in which amur puts its passages and its question. Everything else that is asked is handed on as it
// stands, for the model to make of it what it will.

const examples = {
  English: `Passages:
[1] The bridge over the river was opened in May 1995.
[2] It is 420 metres long and cost nine million euros.
[3] The town has 12,000 inhabitants, most of whom work in the harbour.
Question: How long is the bridge and when was it opened?
Answer: The bridge is 420 metres long [2]. It was opened in May 1995 [1].`,
  Russian: `Passages:
[1] The bridge over the river was opened in May 1995.
[2] Длина моста составляет 420 метров, он обошёлся в девять миллионов евро.
[3] The town has 12,000 inhabitants, most of whom work in the harbour.
Question: Какова длина моста и когда его открыли?
Answer: Длина моста составляет 420 метров [2]. Мост через реку был открыт в мае 1995 года [1].`,
  Chinese: `Passages:
[1] The bridge over the river was opened in May 1995.
[2] 大桥全长420米，耗资900万欧元。
[3] The town has 12,000 inhabitants, most of whom work in the harbour.
Question: 大桥有多长？什么时候通车的？
Answer: 大桥全长420米[2]。大桥于1995年5月通车[1]。`,
};

// frame takes the messages of a request. The text ends without a space: the model writes the first one.
export function frame(messages) {
  const asked = messages.filter((m) => m.role === "user").map((m) => String(m.content)).join("\n\n");
  const passages = asked.match(/^\[\d+\] .*$/gm);
  const question = asked.match(/^Question:\n<<<\n(.*)\n>>>$/m);
  if (!passages || !question) {
    return messages.map((m) => m.content).join("\n\n") + "\n\nAnswer:";
  }
  const language = Object.keys(examples).find((name) => asked.includes(`Answer in ${name}`)) ?? "English";
  return `${examples[language]}\n\nPassages:\n${passages.join("\n")}\nQuestion: ${question[1]}\nAnswer:`;
}
