import type { Meaning } from "./meaning.ts";

/** Rules about the way of a request, about who may come in, and about versions. */
export const traffic = {
  "path-twice": [
    "No two services share a host and a path.",
    "The load balancer takes the rule that comes first, and the other service gets nothing.",
  ],
  "node-port-twice": [
    "No two things share a node port.",
    "Kubernetes refuses the second Service. Ports follow from names, so that two names can meet by chance.",
  ],
  "host-twice": ["Every host name leads to one thing.", "DNS has one answer."],
  "platform-host": [
    "Services stay off the platform's hosts.",
    "Such a host leads to Grafana, Argo CD or Atlantis as a whole, with no room for a path.",
  ],
  "not-public": [
    "What is not public has no public address.",
    "`path` and `host` say how the load balancer reaches a service, and it does not reach this one.",
  ],
  "unclear-path": [
    "Paths are written one way.",
    "`//`, `/./` and `/../` mean one thing to a browser, another to the load balancer and a third to the service, and rules can be walked around with them.",
  ],
  "many-routes": [
    "The listener has room for every route.",
    "AWS gives an account 100 rules for each load balancer at first, and more when it is asked.",
  ],
  "many-hosts": [
    "The certificate has room for every host.",
    "AWS gives an account ten names for each certificate at first, and up to a hundred when it is asked.",
  ],
  "cdn-buckets": [
    "The CDN serves at most one bucket.",
    "A distribution has one default origin; the services' paths are the others.",
  ],
  "no-cdn": ["A bucket behind the CDN has one.", "The bucket is private: without CloudFront nobody could read it."],
  "empty-cdn": ["The CDN has something to serve.", "A distribution without an origin is refused."],

  "open-to-world": [
    "Nothing is open to the world unless that is accepted.",
    "SSH and the Kubernetes API are tried by everybody within minutes. Whoever wants that says so, where a review sees it.",
  ],
  "needless-acceptance": [
    "What is accepted is there.",
    "An acceptance that outlives its opening would let the next one in unseen.",
  ],
  "bastion-from": [
    "A bastion says from where it is reached.",
    "Without `from` nobody could log in; with Systems Manager there is no port to reach.",
  ],
  "ssh-key": [
    "SSH keys are whole.",
    "A key that was cut off while it was copied lets nobody in, and is noticed when somebody has to.",
  ],
  "ssh-key-twice": ["Every SSH key is there once.", "Whoever removes one of the two believes that the key is gone."],
  "no-internet": [
    "Nodes reach the internet.",
    "They fetch packages and images, and AWS's own interfaces. Without NAT something else must lead there.",
  ],
  versions: [
    "Versions go together.",
    "Calico and the charts each support some Kubernetes versions. Others may start, and fail at the first thing that has changed.",
  ],
  "engine-version": ["Datastores have versions that exist.", "The version is the tag of the official image."],
} as const satisfies Record<string, Meaning>;
