#!/bin/sh
# The limit of tracked connections is the whole kernel's, which a host's network namespace may read but not set: kube-proxy
# sets a file that covers it.
limit=/proc/sys/net/netfilter/nf_conntrack_max
if ! cat $limit 2>/dev/null >$limit; then cat $limit >/run/conntrack && mount --bind /run/conntrack $limit; fi
exec /usr/local/bin/kube-proxy-real "$@"
