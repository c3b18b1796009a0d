#!/usr/bin/env bash
# Writes an image's tag into topology.yaml, generates the tree, commits and pushes. Safe for several at once: who comes
# second starts again from what the first has pushed, so that no generated line is ever merged as text.
# usage: write-tag.sh BRANCH TAG PATH...    write-tag.sh main sha-0123456789ab.1 services.auth.image
set -euo pipefail

branch=$1 tag=$2
shift 2
read -ra set_value <<<"${TOPOGEN_SET:-npm run --silent set --}"
installed=$(git rev-parse HEAD)

# What others have pushed may ask for another version of topogen than the one that was installed.
install_again() {
  [ -z "${TOPOGEN_SET:-}" ] || return 0
  git diff --quiet "$installed" HEAD -- package-lock.json || env -u GH_TOKEN npm ci
  installed=$(git rev-parse HEAD)
}

if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
  echo "write-tag.sh: this clone has changes that are not committed, and would lose them" >&2
  exit 2
fi

for attempt in {1..30}; do
  git fetch --quiet origin "$branch"
  if [ "$attempt" -gt 1 ] && [ "$(git rev-parse FETCH_HEAD)" = "$(git rev-parse HEAD~1)" ]; then
    echo "write-tag.sh: nobody else has pushed to $branch, and yet it refuses the commit" >&2
    exit 1
  fi
  git reset --quiet --hard FETCH_HEAD
  install_again
  for path in "$@"; do
    env -u GH_TOKEN "${set_value[@]}" "$path" "$tag"
  done
  if git diff --quiet; then
    echo "write-tag.sh: $branch says $tag already"
    exit 0
  fi
  git commit --quiet --all --message "deploy: $tag at $*"
  if git push --quiet origin "HEAD:refs/heads/$branch"; then
    echo "write-tag.sh: $branch says $tag, at attempt $attempt"
    exit 0
  fi
  sleep "$((RANDOM % 3)).$((RANDOM % 10))"
done

echo "write-tag.sh: $branch has moved on 30 times; $tag is not written" >&2
exit 1
