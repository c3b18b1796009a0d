import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ansible } from "../generators/ansible/index.ts";
import { generators } from "../generators/index.ts";
import { compile } from "../src/compile.ts";
import { readFacts } from "../src/verify/read-facts.ts";
import { checks, verify } from "../src/verify/verify.ts";
import { compiled, edited, text } from "./plan-of.ts";
import { namesCases } from "./tampered-names.ts";
import { networkCases } from "./tampered-network.ts";
import { placementCases } from "./tampered-placement.ts";
import { controller, files, model } from "./tampered.ts";
import { wiringCases } from "./tampered-wiring.ts";

const test = suite("agreement of the outputs");

test("the outputs of the 14 nodes agree", () => {
  assert.equal(verify(readFacts(files, model.paths)), []);
});

test("the outputs agree where the load balancer's controller reads them", () => {
  assert.equal(verify(readFacts(controller.files, controller.model.paths)), []);
});

test("services and datastores may share a namespace", () => {
  const { tree: shared } = compiled(edited(text, ["nodes.redis.role", "api"], ["nodes.auth.role", "data"]));
  assert.equal(verify(readFacts(shared.files, shared.model.paths)), []);
});

test("outputs that contradict each other are no tree", () => {
  const most = generators.filter((generate) => generate !== ansible);
  assert.throws(
    () => compile("topology.yaml", text, () => {}, most),
    /^the outputs contradict each other:\nout\/terraform\/ec2.tf: both-know-the-same-nodes: Ansible does not know/,
  );
});

const cases = [...placementCases, ...wiringCases, ...networkCases, ...namesCases];

for (const [what, tamperedFiles, want] of cases) {
  test(what, () => {
    const found = verify(readFacts(tamperedFiles, model.paths)).map(({ check }) => check);
    assert.is([...new Set(found)].join(" "), want);
  });
}

test("every check has a case", () => {
  const shown = new Set(cases.flatMap(([, , want]) => want.split(" ")));
  assert.equal(
    Object.keys(checks).filter((check) => !shown.has(check)),
    [],
  );
});

test.run();
