import type { GeneratedFile, Generator } from "../../src/generated-file.ts";
import acm from "./acm.tf.hbs";
import apiLoadBalancer from "./api-load-balancer.tf.hbs";
import backend from "./backend.tf.hbs";
import bootstrap from "./bootstrap/main.tf.hbs";
import cloudfront from "./cloudfront.tf.hbs";
import ec2 from "./ec2.tf.hbs";
import ecr from "./ecr.tf.hbs";
import iamAtlantis from "./iam-atlantis.tf.hbs";
import iamLoadBalancerController from "./iam-load-balancer-controller.tf.hbs";
import iamVolumes from "./iam-volumes.tf.hbs";
import iam from "./iam.tf.hbs";
import kms from "./kms.tf.hbs";
import loadBalancer from "./load-balancer.tf.hbs";
import main from "./main.tf.hbs";
import moved from "./moved.tf.hbs";
import oidc from "./oidc.tf.hbs";
import outputs from "./outputs.tf.hbs";
import route53 from "./route53.tf.hbs";
import s3 from "./s3.tf.hbs";
import secrets from "./secrets.tf.hbs";
import securityGroups from "./security-groups.tf.hbs";
import variables from "./variables.tf.hbs";
import versions from "./versions.tf.hbs";
import { terraformView } from "./view.ts";
import vpc from "./vpc.tf.hbs";

/** One Terraform root for the whole platform, and one beside it for the bucket of the first one's state. */
export const terraform: Generator = (model) => {
  const view = terraformView(model);
  const file = (name: string, render: (data: object) => string): GeneratedFile => ({
    path: `${model.paths.terraform}/${name}`,
    text: render(view),
  });
  const fileIf = (exists: boolean, name: string, render: (data: object) => string) =>
    exists ? [file(name, render)] : [];
  return [
    file("versions.tf", versions),
    file("backend.tf", backend),
    file("main.tf", main),
    file("variables.tf", variables),
    file("vpc.tf", vpc),
    file("security-groups.tf", securityGroups),
    file("ec2.tf", ec2),
    file("moved.tf", moved),
    file("iam.tf", iam),
    ...fileIf(view.volumes.granted, "iam-volumes.tf", iamVolumes),
    ...fileIf(view.loadBalancerController.granted, "iam-load-balancer-controller.tf", iamLoadBalancerController),
    ...fileIf(view.atlantis.granted, "iam-atlantis.tf", iamAtlantis),
    file("kms.tf", kms),
    file("route53.tf", route53),
    file("acm.tf", acm),
    ...fileIf(view.ownsLoadBalancer, "load-balancer.tf", loadBalancer),
    ...fileIf(model.kubernetes.endpoint.loadBalanced, "api-load-balancer.tf", apiLoadBalancer),
    file("s3.tf", s3),
    ...fileIf(view.hasCdn, "cloudfront.tf", cloudfront),
    ...fileIf(view.hasEcr && model.registry.repositories.length > 0, "ecr.tf", ecr),
    ...fileIf(view.hasEcr && model.registry.repositories.length > 0, "oidc.tf", oidc),
    file("secrets.tf", secrets),
    file("outputs.tf", outputs),
    { path: `${model.paths.bootstrap}/main.tf`, text: bootstrap(view) },
  ];
};
