/** A topology of so many nodes: three of the control plane, one with the monitoring, and APIs, each on a node of its own. */
export function largeTopology(nodes) {
  const apis = Array.from({ length: nodes - 4 }, (_, index) => `api-${index + 1}`);
  return `topology: v1
name: large
aws: { account: "123456789012", region: ap-northeast-2 }
git: { repository: acme/large }
domain: example.app

access:
  keys:
    - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBkM+QPJEyXp6R5u4LUe4W7o0n1vGK1Ee9yePpPqtInV ops@example.app

network:
  cidr: 10.0.0.0/16
  zones:
    a: { private: 10.0.0.0/18, public: 10.0.192.0/24 }
    b: { private: 10.0.64.0/18, public: 10.0.193.0/24 }
    c: { private: 10.0.128.0/18, public: 10.0.194.0/24 }
  pods: 172.16.0.0/12

nodes:
  master: { role: control-plane, count: 3, zones: [a, b, c], address: 10.0.0.10 }
  monitoring: { role: monitoring, zone: a, address: 10.0.0.20 }
${apis.map((name, index) => `  ${name}: { role: api, zone: a, address: ${addressOf(index)} }`).join("\n")}

services:
${apis.map((name) => `  ${name}: { on: ${name}, image: v1.0.0, http: { port: 8000, public: false } }`).join("\n")}

platform: { on: monitoring }
`;
}

/** Addresses from 10.0.1.0 on, 200 in each 256. */
function addressOf(index) {
  return `10.0.${1 + Math.floor(index / 200)}.${10 + (index % 200)}`;
}
