/** What `topogen init` asks for. Each can be given as an option of this name. */
export interface Question {
  readonly option: "name" | "domain" | "account" | "region" | "repository" | "key";
  readonly asks: string;
  /** Where the answer stands in the topology. */
  readonly path: readonly string[];
}

export const questions: readonly Question[] = [
  { option: "name", asks: "The platform's name", path: ["name"] },
  { option: "domain", asks: "Its domain, a Route53 zone of the account", path: ["domain"] },
  { option: "account", asks: "The AWS account's number", path: ["aws", "account"] },
  { option: "region", asks: "The AWS region", path: ["aws", "region"] },
  { option: "repository", asks: "The GitHub repository, owner/name", path: ["git", "repository"] },
  { option: "key", asks: "A public SSH key that may log in", path: ["access", "keys"] },
];

export type Answers = Partial<Readonly<Record<Question["option"], string>>>;
