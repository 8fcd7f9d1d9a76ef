// The model only continues texts: it has learnt neither roles nor instructions. frame makes of a chat a text whose
// likeliest continuation is the answer: two examples worked out in the language of the answer, then the same form left
// open. It reads the form in which amur puts passages and a question; what is asked otherwise is handed on as it stands.
//
// What was tried: with the number before a passage, as amur has it, the model cites nothing; with the numbers 1, 2, 3 it
// goes on counting and cites the next one; with the best passage first it answers from the last. So each passage ends
// with its mark, as the sentences of the answer do, the marks are not in sequence, and the order is turned round.

const examples = {
  English: [[
    ["The bridge over the river was opened in May 1995.", "It is 420 metres long and cost nine million euros.",
      "The town has 12,000 inhabitants, most of whom work in the harbour."],
    "How long is the bridge and when was it opened?",
    "The bridge is 420 metres long [2]. The bridge over the river was opened in May 1995 [1].",
  ], [
    ["The choir was founded by a teacher.", "Its first concert was given on 3 June 1922 in the old church.",
      "The school closed in 1950.", "Today 45 women and men sing in the choir."],
    "How many people sing in the choir?",
    "Today 45 women and men sing in the choir [4]. The choir was founded by a teacher [1].",
  ]],
  Russian: [[
    ["The bridge over the river was opened in May 1995.", "Длина моста составляет 420 метров, он обошёлся в девять миллионов евро.",
      "The town has 12,000 inhabitants, most of whom work in the harbour."],
    "Какова длина моста и когда его открыли?",
    "Длина моста составляет 420 метров [2]. Мост через реку был открыт в мае 1995 года [1].",
  ], [
    ["Хор основал учитель.", "Its first concert was given on 3 June 1922 in the old church.",
      "The school closed in 1950.", "Сегодня в хоре поют 45 женщин и мужчин."],
    "Сколько человек поёт в хоре?",
    "Сегодня в хоре поют 45 женщин и мужчин [4]. Хор основал учитель [1].",
  ]],
  Chinese: [[
    ["The bridge over the river was opened in May 1995.", "大桥全长420米，耗资900万欧元。",
      "The town has 12,000 inhabitants, most of whom work in the harbour."],
    "大桥有多长？什么时候通车的？",
    "大桥全长420米 [2]。 跨河大桥于1995年5月通车 [1]。",
  ], [
    ["合唱团由一位教师创立。", "Its first concert was given on 3 June 1922 in the old church.",
      "The school closed in 1950.", "现在有45名男女在合唱团演唱。"],
    "合唱团有多少人？",
    "现在有45名男女在合唱团演唱 [4]。 合唱团由一位教师创立 [1]。",
  ]],
};

const notGiven = 99;

// frame takes the messages of a request. It returns the text to be continued, which ends without a space since the model
// writes the first one, and what puts the numbers of the request in the place of the marks in a finished piece of answer.
export function frame(messages) {
  const asked = messages.filter((m) => m.role === "user").map((m) => m.content).join("\n\n");
  const passages = [...asked.matchAll(/^\[(\d+)\] (.*)$/gm)].map((m) => m[2]);
  const question = asked.match(/^Question:\n<<<\n(.*)\n>>>$/m);
  if (passages.length === 0 || !question) {
    return {text: messages.map((m) => m.content).join("\n\n") + "\n\nAnswer:", numbered: (piece) => piece};
  }
  const language = Object.keys(examples).find((name) => asked.includes(`Answer in ${name}`)) ?? "English";
  const worked = examples[language].map(([about, ask, answer], i) =>
    `${block(about, ask, 5 * i + 3)} ${answer.replace(/\[(\d+)\]/g, (_, n) => `[${mark(n, 5 * i + 3)}]`)}\n\n`);
  return {
    text: worked.join("") + block(passages, question[1], 0),
    numbered: (piece) => piece.replace(/\[(\d+)\]/g, (_, m) => `[${passages.findIndex((_, i) => mark(i + 1, 0) === +m) + 1 || notGiven}]`),
  };
}

function block(passages, question, shift) {
  const marked = passages.map((text, i) => text.replace(/[.。!?！？]?$/, (stop) => ` [${mark(i + 1, shift)}]${stop || "."}`));
  return `${marked.reverse().join("\n")}\nQuestion: ${question}\nAnswer:`;
}

// mark is a number of two digits; those of 90 passages differ.
function mark(n, shift) {
  return (27 + 37 * (n - 1) + shift) % 90 + 10;
}
