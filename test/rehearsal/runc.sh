#!/bin/sh
# Where root may not lower oom_score_adj (a machine without CAP_SYS_RESOURCE), runc fails for every pod that asks for that:
# such a pod keeps 0. Otherwise this is the runc of Debian.
if ! (echo -1 >/proc/self/oom_score_adj) 2>/dev/null; then
  previous=
  for argument; do
    [ "$previous" != --bundle ] || sed -i 's/"oomScoreAdj":-[0-9]*/"oomScoreAdj":0/' "$argument/config.json"
    previous=$argument
  done
fi
exec /usr/sbin/runc "$@"
