/** What test/tools/install.sh has put into the tools cache for the rehearsal, and what else it needs. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findTool, toolsCache } from "../tools/tool.ts";

/** Programs, images, and the files of package repositories. */
export const supplies = join(toolsCache, "rehearsal");

/** The Debian that every host's disk starts from. */
export const rootfs = join(toolsCache, "rootfs");

export const helmArchive = join(supplies, "sites/get.helm.sh/helm-v3.17.3-linux-amd64.tar.gz");

/** The program that stands for the credential provider of ECR: it gives no credentials. */
export const credentialProvider = "#!/bin/sh\nexit 1\n";

/** Those that each host has of its own. */
const namespaces = ["--net", "--pid", "--mount", "--uts", "--ipc", "--fork"];

/** What a test declares that it needs. */
export const rehearsalNeeds = [
  "ansible-playbook",
  "ip",
  "mkfs.ext4",
  "nsenter",
  "openssl",
  "slirp4netns",
  "ssh",
  { name: "root", present: process.getuid?.() === 0 },
  { name: "namespaces", present: spawnSync("unshare", [...namespaces, "true"]).status === 0 },
  {
    name: "cgroups of version 1",
    present: existsSync("/sys/fs/cgroup/unified") && existsSync("/sys/fs/cgroup/memory"),
  },
  { name: "rootfs", present: existsSync(join(rootfs, "etc/debian_version")) },
  { name: "rehearsal", present: existsSync(join(supplies, "sites/pkgs.k8s.io")) },
];

/** Whether all of that is here. */
export const canRehearse = rehearsalNeeds.every((need) => {
  return typeof need === "string" ? findTool(need) !== null : need.present;
});
