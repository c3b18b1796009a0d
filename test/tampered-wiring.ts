/** Ways in, from the load to the pods. */
import { type Case, tampered, tamperedController, without, model, auth, authService, authCheck } from "./tampered.ts";

const balancer = "out/terraform/load-balancer.tf";
const groups = "out/terraform/security-groups.tf";
const ingress = "out/k8s/ingress/14-nodes-ingress.yaml";
const [authPort, chatPort, atlantisPort] = ["auth", "chat", "atlantis"].map((name) =>
  String(model.edge.routes.find((route) => route.name === name)?.nodePort),
) as [string, string, string];

export const wiringCases: readonly Case[] = [
  [
    "targets on the nodes of another group",
    tampered(ingress, "node-group: auth", "node-group: chat"),
    "targets-are-where-pods-run",
  ],
  [
    "a Service that selects no pod",
    tampered(
      authService,
      "selector:\n    app.kubernetes.io/name: auth",
      "selector:\n    app.kubernetes.io/name: oauth",
    ),
    "services-lead-to-open-ports connections-are-told",
  ],
  [
    "a Service that leads to a port that is closed",
    tampered(authService, "targetPort: http", "targetPort: web"),
    "services-lead-to-open-ports connections-are-told",
  ],
  [
    "a container that opens its port under another name",
    tampered(auth, "- name: http\n              containerPort", "- name: web\n              containerPort"),
    "services-lead-to-open-ports probes-ask-open-ports connections-are-told",
  ],
  [
    "a probe on another port",
    tampered(
      "out/k8s/scan/scan-deployment.yaml",
      "path: /health\n              port: http",
      "path: /health\n              port: 9000",
    ),
    "probes-ask-open-ports",
  ],
  [
    "a probe that opens another port",
    tampered(auth, "tcpSocket:\n              port: http", "tcpSocket:\n              port: web"),
    "probes-ask-open-ports",
  ],
  [
    "a datastore that is told another port",
    tampered("out/k8s/database/redis-config.yaml", "port 6379", "port 6380"),
    "files-tell-the-open-ports",
  ],
  [
    "a Service on another node port",
    tampered(authService, `nodePort: ${authPort}`, "nodePort: 30001"),
    "target-groups-meet-node-ports",
  ],
  [
    "a target group on another port",
    tampered(balancer, `node_port    = ${authPort}`, "node_port    = 30002"),
    "target-groups-meet-node-ports node-ports-are-open",
  ],
  [
    "a binding of a target group that is not there",
    tampered(ingress, "targetGroupName: backend-user", "targetGroupName: backend-users"),
    "target-groups-meet-node-ports target-groups-are-bound public-addresses-are-led-in",
  ],
  [
    "a target group without a binding",
    without(ingress),
    "target-groups-are-bound public-addresses-are-led-in paths-exist",
  ],
  [
    "a target group of addresses, bound as one of instances",
    tampered(balancer, 'target_type = "instance"', 'target_type = "ip"'),
    "target-groups-are-bound",
  ],
  [
    "two listener rules of one priority",
    tampered(balancer, "priority     = 17580", "priority     = 19328"),
    "rules-have-their-own-priority",
  ],
  [
    "a listener on a port that nobody is let in on",
    tampered(balancer, "port              = 443", "port              = 8443"),
    "listeners-are-let-in",
  ],
  [
    "a security group that lets in on another port than the listener's",
    tampered(groups, "from_port = 443\n  to_port   = 443", "from_port = 8443\n  to_port   = 8443"),
    "listeners-are-let-in",
  ],
  [
    "a health check of another path",
    tampered(balancer, '"/health"', '"/healthy"'),
    "health-checks-ask-what-probes-ask",
  ],
  [
    "an Ingress whose health check asks another path",
    tamperedController(ingress, "healthcheck-path: /health", "healthcheck-path: /healthy"),
    "health-checks-ask-what-probes-ask",
  ],
  [
    "a check after a sync that asks another path",
    tampered(authCheck, "local:8000/health", "local:8000/healthy"),
    "health-checks-ask-what-probes-ask",
  ],
  [
    "a readiness probe of another path",
    tampered("out/k8s/user/user-deployment.yaml", "path: /health", "path: /ready"),
    "health-checks-ask-what-probes-ask",
  ],
  [
    "an Ingress that sends to the nodes of another group",
    tamperedController(ingress, "target-node-labels: node-group=auth", "target-node-labels: node-group=chat"),
    "targets-are-where-pods-run",
  ],
  [
    "an Ingress that leads to another port",
    tamperedController("out/ansible/manifests/edge.yml", "number: 80\n", "number: 8080\n"),
    "ways-in-lead-to-services",
  ],
  [
    "an Ingress that leads to a Service that is not there",
    tamperedController(ingress, "name: user\n                port", "name: users\n                port"),
    "ways-in-lead-to-services public-addresses-are-led-in",
  ],
  [
    "an Ingress on another host than the check asks",
    tamperedController(ingress, "host: api.example.app", "host: apis.example.app"),
    "public-addresses-are-led-in",
  ],
  [
    "a binding of a Service that no chart makes",
    tampered("out/ansible/values/kube-prometheus-stack.yml", "grafana:\n  resources", "graphs:\n  resources"),
    "ways-in-lead-to-services",
  ],
  [
    "a chart's Service on another node port",
    tampered("out/ansible/values/atlantis.yml", `nodePort: ${atlantisPort}`, "nodePort: 30004"),
    "target-groups-meet-node-ports",
  ],
  [
    "a listener rule for another path than the check asks",
    tampered(balancer, '"/api/v1/auth"', '"/api/v1/oauth"'),
    "public-addresses-are-led-in",
  ],
  ["a security group that opens another port", tampered(groups, authPort, "30003"), "node-ports-are-open"],
  [
    "a rule that ends at another port",
    tampered(groups, `to_port   = ${authPort}`, "to_port   = 30003"),
    "node-ports-are-open",
  ],
  [
    "a rule of another security group",
    tampered(
      groups,
      '"Node port of auth"\n  security_group_id = aws_security_group.nodes.id',
      '"Node port of auth"\n  security_group_id = aws_security_group.control-plane.id',
    ),
    "node-ports-are-open",
  ],
  [
    "a load balancer that may not go out to a port",
    tampered(
      groups,
      '"Node port of auth"\n  security_group_id = aws_security_group.load-balancer.id',
      '"Node port of auth"\n  security_group_id = aws_security_group.nodes.id',
    ),
    "node-ports-are-open",
  ],
  [
    "two Services on one node port",
    tampered(authService, authPort, chatPort),
    "target-groups-meet-node-ports node-ports-are-unique",
  ],
];
