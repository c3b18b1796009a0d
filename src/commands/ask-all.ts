import { compile } from "../compile.ts";
import { type Answers, type Question, questions } from "../init/questions.ts";
import { exampleOf, type TemplateName, topologyText } from "../init/topology-text.ts";

/** Puts a question to a person. Gives their answer, where an empty one means the example; null where they want no more. */
export type Ask = (question: string) => string | null;

interface Asking {
  readonly answers: Answers;
  readonly template: TemplateName;
  readonly ask: Ask;
}

/** The answers with those that a person adds; null where they want no more. */
export function askAll({ template, answers, ask }: Asking): Answers | null {
  return questions
    .filter(({ option }) => answers[option] === undefined)
    .reduce<Answers | null>((soFar, question) => soFar && askFor(question, { template, answers: soFar, ask }), answers);
}

/** Asks until the answer makes a valid topology together with those before it. */
function askFor(question: Question, asking: Asking, complaint = ""): Answers | null {
  const { template, answers, ask } = asking;
  const given = ask(`${complaint}${question.asks} (${exampleOf(template, question)}): `)?.trim();
  if (given === undefined) return null;
  if (given === "") return answers;
  const extended = { ...answers, [question.option]: given };
  const { diagnostics, tree } = compile("topology.yaml", topologyText(template, extended));
  const problem = diagnostics.find(({ severity }) => severity !== "warning");
  return tree || !problem ? extended : askFor(question, asking, `  ${problem.message} ${problem.remedy}\n`);
}
