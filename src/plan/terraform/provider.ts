import type { Named } from "../../topology.ts";
import { Computed, type Instance, type ObjectValue, type Value } from "./value.ts";

/** What the AWS provider does when the arguments of a resource change. */
export interface ResourceFacts {
  /** Arguments (and nested blocks) whose change needs a new object: `ForceNew`, `RequiresReplace`. */
  readonly replacing: readonly string[];
  /** Arguments of which only some changes need a new object. */
  readonly replacingIf?: Named<(before: ObjectValue, after: ObjectValue) => boolean>;
  /** Arguments whose change stops the machine and starts it again. */
  readonly stopping?: readonly string[];
  /** Sizes that AWS lets grow, and never become smaller. */
  readonly growing?: readonly string[];
  /** Whether it holds what no second one brings back. */
  readonly holdsData?: true;
  /** Arguments that take something away from what runs when they become smaller. */
  readonly limiting?: readonly string[];
  /** Whether it gives rights to a role. */
  readonly givesRights?: true;
  /** Whether requests, packets or names go through it. */
  readonly carriesTraffic?: true;
  /** Arguments whose change ends what went through it. */
  readonly diverting?: readonly string[];
  /** Whether it has no tags, and so does not follow the provider's default_tags. */
  readonly untagged?: true;
}

/** The companions of a bucket: nothing of theirs but the bucket itself needs a new one. */
const ofBucket: ResourceFacts = { replacing: ["bucket"], untagged: true };
const securityGroupRule: ResourceFacts = {
  replacing: ["security_group_id"],
  carriesTraffic: true,
  diverting: ["cidr_ipv4", "from_port", "ip_protocol", "referenced_security_group_id", "to_port"],
};

/**
 * The types that generators/terraform writes, as version 5.100.0 of the provider treats them. From the `ForceNew: true` and
 * `RequiresReplace()` of its schemas (hashicorp/terraform-provider-aws, internal/service/<service>/<type>.go);
 * test/tools/provider-facts.test.ts asks the provider itself about every argument that is written.
 */
export const resourceTypes: Named<ResourceFacts> = {
  aws_acm_certificate: { replacing: ["domain_name", "subject_alternative_names", "validation_method"] },
  aws_acm_certificate_validation: { replacing: ["certificate_arn", "validation_record_fqdns"], untagged: true },
  aws_cloudfront_distribution: { replacing: [], carriesTraffic: true },
  aws_cloudfront_origin_access_control: { replacing: [], untagged: true },
  aws_cloudwatch_log_delivery: { replacing: ["delivery_destination_arn", "delivery_source_name"] },
  aws_cloudwatch_log_delivery_destination: { replacing: ["name", "output_format"] },
  aws_cloudwatch_log_delivery_source: { replacing: ["log_type", "name", "resource_arn"] },
  aws_cloudwatch_log_group: { replacing: ["name"], holdsData: true },
  aws_default_security_group: { replacing: ["vpc_id"] },
  aws_ecr_lifecycle_policy: { replacing: ["policy", "repository"], untagged: true },
  aws_ecr_repository: { replacing: ["encryption_configuration", "name"], holdsData: true },
  aws_eip: { replacing: ["domain"] },
  aws_flow_log: { replacing: ["iam_role_arn", "log_destination", "log_destination_type", "traffic_type", "vpc_id"] },
  aws_iam_instance_profile: { replacing: ["name"] },
  aws_iam_openid_connect_provider: { replacing: ["url"] },
  aws_iam_role: { replacing: ["name"] },
  aws_iam_role_policy: { replacing: ["name", "role"], untagged: true, givesRights: true },
  aws_iam_role_policy_attachment: { replacing: ["policy_arn", "role"], untagged: true, givesRights: true },
  aws_instance: {
    replacing: [
      "ami",
      "associate_public_ip_address",
      "ebs_optimized",
      "private_ip",
      "root_block_device.encrypted",
      "root_block_device.kms_key_id",
      "subnet_id",
    ],
    stopping: ["instance_type", "user_data"],
    growing: ["root_block_device.volume_size"],
    limiting: ["metadata_options.http_put_response_hop_limit"],
    holdsData: true,
  },
  aws_internet_gateway: { replacing: [], carriesTraffic: true },
  aws_kms_alias: { replacing: ["name"], untagged: true },
  aws_kms_key: { replacing: [], holdsData: true },
  aws_lb: {
    replacing: ["internal", "load_balancer_type", "name"],
    replacingIf: { subnets: networkLosesSubnet },
    carriesTraffic: true,
  },
  aws_lb_listener: { replacing: ["load_balancer_arn"], carriesTraffic: true },
  aws_lb_listener_rule: { replacing: ["listener_arn"], carriesTraffic: true },
  aws_lb_target_group: { replacing: ["name", "port", "protocol", "target_type", "vpc_id"] },
  aws_lb_target_group_attachment: { replacing: ["target_group_arn", "target_id"], untagged: true },
  aws_nat_gateway: { replacing: ["allocation_id", "subnet_id"], carriesTraffic: true },
  aws_route: { replacing: ["destination_cidr_block", "route_table_id"], untagged: true, carriesTraffic: true },
  aws_route53_record: { replacing: ["name", "zone_id"], untagged: true, carriesTraffic: true },
  aws_route53_zone: { replacing: ["name"] },
  aws_route_table: { replacing: ["vpc_id"] },
  aws_route_table_association: { replacing: ["subnet_id"], untagged: true },
  aws_s3_bucket: { replacing: ["bucket"], holdsData: true },
  aws_s3_bucket_lifecycle_configuration: ofBucket,
  aws_s3_bucket_logging: ofBucket,
  aws_s3_bucket_ownership_controls: ofBucket,
  aws_s3_bucket_policy: ofBucket,
  aws_s3_bucket_public_access_block: ofBucket,
  aws_s3_bucket_server_side_encryption_configuration: ofBucket,
  aws_s3_bucket_versioning: ofBucket,
  aws_secretsmanager_secret: { replacing: ["name"], holdsData: true },
  aws_security_group: { replacing: ["description", "name", "vpc_id"] },
  aws_subnet: { replacing: ["availability_zone", "cidr_block", "vpc_id"] },
  aws_vpc: { replacing: ["cidr_block"] },
  aws_vpc_endpoint: { replacing: ["service_name", "vpc_endpoint_type", "vpc_id"] },
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_vpc_security_group_ingress_rule: securityGroupRule,
};

/** A network load balancer takes on more subnets, and gives none up. */
function networkLosesSubnet(before: ObjectValue, after: ObjectValue): boolean {
  const kept = namesIn(after["subnets"]);
  return after["load_balancer_type"] === "network" && namesIn(before["subnets"]).some((name) => !kept.includes(name));
}

function namesIn(list: Value | undefined): readonly string[] {
  const items = (Array.isArray(list) ? list : []) as readonly Value[];
  return items.map((item) => (item instanceof Computed ? item.instance.address : String(item)));
}

/** Attributes of which the provider knows a part before anything is applied, from the resource's own arguments. */
export const computedWhilePlanned: Named<(instance: Instance) => Value> = {
  "aws_acm_certificate.domain_validation_options": (certificate) =>
    namesOf(certificate).map((name) => ({
      domain_name: name,
      resource_record_name: new Computed(certificate, `domain_validation_options[${name}].resource_record_name`),
      resource_record_type: new Computed(certificate, `domain_validation_options[${name}].resource_record_type`),
      resource_record_value: new Computed(certificate, `domain_validation_options[${name}].resource_record_value`),
    })),
};

function namesOf({ config }: Instance): readonly string[] {
  const others = (config["subject_alternative_names"] ?? []) as readonly string[];
  return [...new Set([config["domain_name"] as string, ...others])].sort();
}
