#!/bin/sh
# Installed by topogen. Refuses a commit whose generated files are not those that its topology describes. It looks at
# what is about to be committed, not at the working tree. `npm run gen` and `git add` make both the same.
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git checkout-index --all --prefix="$folder/"
npm run --silent check -- --file "$folder"/topology.yaml
