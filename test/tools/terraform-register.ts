/** Findings of checkov about the Terraform tree that stand, and why. */
export interface Accepted {
  readonly checks: readonly string[];
  /** The resources that the reason holds for. */
  readonly resources: RegExp;
  readonly reason: string;
}

export const register: readonly Accepted[] = [
  {
    checks: ["CKV_AWS_287", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"],
    resources: /^aws_iam_role_policy\.atlantis$/,
    reason: "Atlantis manages whole services; what it must not do is denied in the same policy",
  },
  {
    checks: ["CKV2_AWS_28", "CKV2_AWS_47", "CKV_AWS_68"],
    resources: /^aws_(lb|cloudfront_distribution)\.main$/,
    reason:
      "a web application firewall is paid for by request, and is the team's decision: the language has no word for it",
  },
  {
    checks: ["CKV_AWS_310", "CKV_AWS_374"],
    resources: /^aws_cloudfront_distribution\.main$/,
    reason: "there is no second origin to fail over to, and the platform serves all countries",
  },
  {
    checks: ["CKV2_AWS_32"],
    resources: /^aws_cloudfront_distribution\.main$/,
    reason: "every behaviour has AWS's own policy of security headers, by its identifier; checkov looks for a resource",
  },
  {
    checks: ["CKV_AWS_86"],
    resources: /^aws_cloudfront_distribution\.main$/,
    reason:
      "access logs are delivered by standard logging version 2; the block that checkov knows needs a bucket with ACLs",
  },
  {
    checks: ["CKV_AWS_378"],
    resources: /^aws_lb_target_group\.route\[/,
    reason: "TLS ends at the load balancer; between it and the pods, only its security group reaches the node ports",
  },
  {
    checks: ["CKV_AWS_260"],
    resources: /^aws_vpc_security_group_ingress_rule\.http-from-world$/,
    reason: "the load balancer answers port 80 with a redirect to HTTPS, and with nothing else",
  },
  {
    checks: ["CKV_AWS_24"],
    resources: /^aws_vpc_security_group_ingress_rule\.ssh-from-nodes$/,
    reason: "the source is a security group, not the world: checkov does not know the argument (its issue 6624)",
  },
  {
    checks: ["CKV2_AWS_23"],
    resources: /^aws_route53_record\.(api|node\[.*\])$/,
    reason: "names in the private zone, of addresses that the instances have for good",
  },
  {
    checks: ["CKV_AWS_126"],
    resources: /^aws_instance\./,
    reason: "Prometheus watches the nodes by the second; CloudWatch's detailed metrics would be paid for twice",
  },
  {
    checks: ["CKV2_AWS_57"],
    resources: /^aws_secretsmanager_secret\./,
    reason:
      "the values come from people and other systems (GitHub, the services' vendors): no function could rotate them",
  },
  {
    checks: ["CKV_AWS_144"],
    resources: /^aws_s3_bucket\./,
    reason:
      "the platform stands in one region; versions guard against deletion, and a second region is the team's decision",
  },
  {
    checks: ["CKV2_AWS_62"],
    resources: /^aws_s3_bucket\./,
    reason: "nothing listens to what happens in the buckets",
  },
  {
    checks: ["CKV_AWS_145"],
    resources: /^aws_s3_bucket\.main\["logs"\]$/,
    reason: "load balancers write their logs to buckets with S3's own keys only",
  },
  {
    checks: ["CKV_AWS_18"],
    resources: /^aws_s3_bucket\.state$/,
    reason: "it is made before the bucket of logs is; CloudTrail records who reads the state",
  },
];
