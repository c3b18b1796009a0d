/** Values that are keys whatever they are called, by the forms that their issuers document. */
const SECRET_VALUES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, "an AWS access key"],
  [/\b(gh[opusr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/, "a GitHub token"],
  [/\bglpat-[A-Za-z0-9_-]{20,}/, "a GitLab token"],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/, "a Slack token"],
  [/\bAIza[A-Za-z0-9_-]{35}/, "a Google key"],
  [/\b[rs]k_(live|test)_[A-Za-z0-9]{16,}/, "a Stripe key"],
  [/\bsk-[A-Za-z0-9_-]{20,}/, "an API key"],
  [/\bnpm_[A-Za-z0-9]{36}\b/, "an npm token"],
  [/\bhvs\.[A-Za-z0-9_-]{24,}/, "a Vault token"],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/, "a JSON Web Token"],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,100}:[^\s/@$][^\s/@]{0,200}@/i, "an address with a password"],
];

/** What a text holds that opens something, such as `a private key`. */
export function knownSecretIn(text: string): string | undefined {
  return SECRET_VALUES.find(([pattern]) => pattern.test(text))?.[1];
}
