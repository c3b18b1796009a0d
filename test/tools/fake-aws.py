"""A stand-in of AWS for Terraform: moto's server, with what it forgets put right. usage: fake-aws.py PORT REGION DOMAIN

The account is MOTO_ACCOUNT_ID. What a real one has exists in it: Debian's image, and the public zone of DOMAIN.
"""

import os
import sys

from moto.cloudfront.models import DefaultCacheBehaviour, Distribution, Origin, ViewerCertificate
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import Ami
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.instances import Instance
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.responses.instances import InstanceResponse
from moto.iam.access_control import PermissionResult
from moto.moto_server import werkzeug_app
from moto.route53.models import route53_backends
from moto.route53.responses import Route53
from moto.s3.models import FakeBucket
from moto.server import main


# An instance's security groups are those of its interfaces; moto answers with an empty list.
def get_security_groups(instance):
    interfaces = getattr(instance, "nics", {}).values()
    return [group for interface in interfaces for group in interface._group_set] or instance.__dict__["security_groups"]


def set_security_groups(instance, groups):
    instance.__dict__["security_groups"] = groups


Instance.security_groups = property(get_security_groups, set_security_groups)

# An interface with no public address has no association, not an empty one.
NetworkInterface.association = property(lambda interface, of=NetworkInterface.association.fget: of(interface) or None)


# RunInstances takes DisableApiTermination.
def run_instances(response, original=InstanceResponse.run_instances):
    result = original(response)
    for instance in result.result.instances:
        instance.disable_api_termination = response._get_param("DisableApiTermination") in (True, "true")
    return result


InstanceResponse.run_instances = run_instances

# The description of a rule between groups is kept with the group that the rule names.
SecurityGroupRule.description = property(
    lambda rule: rule.ip_range.get("Description") or rule.source_group.get("Description")
)

# A bucket's policy denies what has no encrypted transport; moto does not read that condition, and denies everything.
FakeBucket.get_permission = lambda bucket, action, resource: PermissionResult.NEUTRAL

# Whether S3 may write logs is asked of the policy by its exact text; a folder above the log's own is not understood.
FakeBucket._log_permissions_enabled_policy = staticmethod(lambda target_bucket, target_prefix: bool(target_bucket.policy))


# A zone that is made with a VPC is a private one.
def get_bool_param(response, name, default=None, original=Route53._get_bool_param):
    if name == "HostedZoneConfig.PrivateZone":
        return response._get_param("VPC.VPCId") is not None
    return original(response, name, default)


Route53._get_bool_param = get_bool_param

# IP in IP has no ports, and -1 is what AWS says of them.
def rule_init(rule, backend, protocol, group, from_port, to_port, *arguments, original=SecurityGroupRule.__init__, **named):
    ports = (from_port, to_port) if from_port is not None else ("-1", "-1")
    original(rule, backend, protocol, group, *ports, *arguments, **named)


SecurityGroupRule.__init__ = rule_init


def after(function, change):
    """The function, followed by a change of the object that it was called on."""

    def changed(self, *arguments, **named):
        function(self, *arguments, **named)
        change(self, *arguments, **named)

    return changed


# What a distribution says of itself beyond what moto keeps: its ARN, its access control, its certificate.
def complete_distribution(distribution, account, *_):
    distribution.arn = f"arn:aws:cloudfront::{account}:distribution/{distribution.id}"


def complete_origin(origin, config):
    origin.origin_access_control_id = config.get("OriginAccessControlId", "")


def complete_behaviour(behaviour, config):
    if config.get("CachePolicyId"):
        behaviour.forwarded_values = None


def complete_certificate(certificate, config):
    certificate.cloud_front_default_certificate = not config.get("ACMCertificateArn")


Distribution.__init__ = after(Distribution.__init__, complete_distribution)
Origin.__init__ = after(Origin.__init__, complete_origin)
DefaultCacheBehaviour.__init__ = after(DefaultCacheBehaviour.__init__, complete_behaviour)
ViewerCertificate.__init__ = after(ViewerCertificate.__init__, complete_certificate)


# What moto cannot do ends the call: the provider tries again for many minutes after an error 500.
def create_backend_app(service, original=werkzeug_app.create_backend_app):
    backend = original(service)
    backend.register_error_handler(Exception, lambda error: (f"<Error><Code>FakeAws</Code><Message>{error!r}</Message></Error>", 400))
    return backend


werkzeug_app.create_backend_app = create_backend_app

port, region, domain = sys.argv[1:]
account = os.environ.get("MOTO_ACCOUNT_ID", "123456789012")
ec2 = ec2_backends[account][region]
ec2.amis["ami-0d12"] = Ami(
    ec2,
    "ami-0d12",
    name="debian-12-amd64-20260101-2000",
    owner_id="136693071363",
    public=True,
    virtualization_type="hvm",
    architecture="x86_64",
    root_device_name="/dev/xvda",
    root_device_type="ebs",
    region_name=region,
)
route53_backends[account]["aws"].create_hosted_zone(f"{domain}.", private_zone=False)
main(["-H", "127.0.0.1", "-p", port])
