/** What `topogen init` asks for. Each can be given as an option of this name. */
export interface Question {
  readonly option: "name" | "domain" | "account" | "region" | "repository" | "key";
  readonly asks: string;
  /** Where the answer stands in the topology. */
  readonly path: readonly string[];
  /** The value that an answer stands for, where that is not the answer itself. */
  readonly valueIn?: (answer: string) => unknown;
}

export const questions: readonly Question[] = [
  { option: "name", asks: "The platform's name", path: ["name"] },
  { option: "domain", asks: "Its domain, a Route53 zone of the account", path: ["domain"] },
  { option: "account", asks: "The AWS account's number", path: ["aws", "account"] },
  { option: "region", asks: "The AWS region", path: ["aws", "region"] },
  {
    option: "repository",
    asks: "The GitHub repository, owner/name",
    path: ["git", "repository"],
    valueIn: repositoryOf,
  },
  { option: "key", asks: "A public SSH key that may log in", path: ["access", "keys"], valueIn: (key) => [key] },
];

export type Answers = Partial<Readonly<Record<Question["option"], string>>>;

/** `acme/shop`, of an address that GitHub offers to copy: `https://github.com/acme/shop.git`, `git@github.com:acme/shop.git`. */
function repositoryOf(answer: string): string {
  const address = /^(?:https?:\/\/|ssh:\/\/git@|git@)?github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/;
  return address.exec(answer)?.[1] ?? answer;
}
