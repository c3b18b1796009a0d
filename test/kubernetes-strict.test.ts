import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type KubernetesObject, problems } from "./kubernetes-strict.ts";
import { modelOf, objectsOf, ofKind, shapes } from "./kubernetes-tree.ts";

const test = suite("kubernetes: strict validation");

for (const shape of shapes) {
  test(`${shape}: every object is valid, down to the last key`, () => {
    for (const { path, object } of objectsOf(modelOf(shape)))
      assert.equal(problems(object), [], `${path}: ${object.kind}`);
  });
}

test("a misspelt key is found wherever it stands, and so is a value of a wrong type", () => {
  const found = ofKind(objectsOf(modelOf("the 14 nodes")), "Deployment").find(
    ({ metadata }) => metadata.name === "auth",
  );
  const container = found.spec.template.spec.containers[0];
  const broken = (spec: object) => problems({ ...found, spec: { ...found.spec, ...spec } });
  const brokenContainer = (change: object) => {
    const template = {
      ...found.spec.template,
      spec: { ...found.spec.template.spec, containers: [{ ...container, ...change }] },
    };
    return broken({ template });
  };
  assert.equal(broken({ replica: 1 }), ["spec.replica"]);
  assert.equal(brokenContainer({ imagePullPolice: "Always" }), ["spec.template.spec.containers.0.imagePullPolice"]);
  assert.equal(brokenContainer({ livenessProbe: { tcpSocket: { prot: "http", port: "http" } } }), [
    "spec.template.spec.containers.0.livenessProbe.tcpSocket.prot",
  ]);
  assert.equal(broken({ replicas: "1" }).length, 1);
});

test("a misspelt key is found in the kinds of the components as well", () => {
  const found = objectsOf(modelOf("the 14 nodes"));
  for (const kind of ["Application", "AppProject", "ExternalSecret", "ServiceMonitor", "TargetGroupBinding"]) {
    const [object] = ofKind(found, kind);
    assert.is(problems({ ...object, spec: { ...object.spec, misspelt: 1 } }).length, 1, kind);
  }
});

test("a kind that nothing knows is refused", () => {
  const [first] = objectsOf(modelOf("the 14 nodes"));
  assert.is(problems({ ...first?.object, kind: "Deploiment" } as KubernetesObject).length, 1);
});

test.run();
