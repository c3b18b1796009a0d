import { credentialVariables, variablesOfUse } from "../model/environment.ts";
import type { ServiceSpec, Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

/** The variables that a service gets for what it uses, each with what gives it. */
function givenVariables(topology: Topology, { uses = [] }: ServiceSpec): Map<string, string> {
  return new Map(
    uses.flatMap((used) =>
      [...variablesOfUse(topology, used), ...credentialVariables(topology, used)].map(
        ({ name }) => [name, used] as const,
      ),
    ),
  );
}

export function* noVariableIsSetTwice(topology: Topology): Iterable<Violation> {
  for (const [service, spec] of written(topology.services)) {
    const given = givenVariables(topology, spec);
    const own = [
      ...Object.keys(spec.env ?? {}).map((name) => ({
        name,
        path: ["services", service, "env", name],
        atKey: true as const,
      })),
      ...(spec.secrets ?? []).map((name, index) => ({ name, path: ["services", service, "secrets", index] })),
    ];
    for (const { name, ...place } of own) {
      const giver = given.get(name);
      if (giver === undefined) continue;
      const message = `\`${service}\` gets \`${name}\` because it uses \`${giver}\`.`;
      yield { ...place, message, remedy: "Remove it here, or choose another name." };
    }
  }
}

export function* noVariableIsBothPlainAndSecret(topology: Topology): Iterable<Violation> {
  for (const [service, { env = {}, secrets = [] }] of written(topology.services)) {
    for (const [index, name] of secrets.entries()) {
      if (!Object.hasOwn(env, name)) continue;
      const message = `\`${name}\` stands under \`env\` and under \`secrets\`.`;
      yield { path: ["services", service, "secrets", index], message, remedy: "Remove it from one of the two." };
    }
  }
}
