import { suite } from "uvu";
import * as assert from "uvu/assert";
import { terraform } from "../generators/terraform/index.ts";
import { modelWith } from "./fourteen-nodes.ts";

const model = modelWith();
const files = new Map(terraform(model).map(({ path, text }) => [path.replace("out/terraform/", ""), text]));

const test = suite("backups");

test("every datastore's copies and etcd's snapshots are deleted after their time", () => {
  const buckets = files.get("s3.tf") ?? "";
  const kept = model.datastores.flatMap(({ backup }) => backup ?? []);
  assert.is(kept.length, 1);
  for (const { prefix, keepDays } of [...kept, model.kubernetes.snapshots]) {
    assert.match(buckets, new RegExp(`prefix = "${prefix}"\\n +days   = ${keepDays}\\n`));
  }
});

test("each role reads and writes its own backups: no datastore those of etcd, which hold the cluster's keys", () => {
  const [, policy = ""] = (files.get("iam.tf") ?? "").split('resource "aws_iam_role_policy" "backups"');
  assert.match(policy, /control-plane = \[\n +"\$\{aws_s3_bucket\.main\["backups"\]\.arn\}\/etcd\/\*",\n +\]/);
  assert.match(policy, /data = \[\n +"\$\{aws_s3_bucket\.main\["backups"\]\.arn\}\/postgres\/\*",\n +\]/);
  assert.not.match(policy, /\.arn\}\/\*"/);
});

test.run();
