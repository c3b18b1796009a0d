#!/usr/bin/env bash
# Runs an image's tests: builds the stage `test` of the folder's Dockerfile, whose commands are the tests.
# usage: test-image.sh FOLDER
set -euo pipefail

dockerfile=$1/Dockerfile

if grep -qiE '^[[:space:]]*FROM[[:space:]].*[[:space:]]AS[[:space:]]+test[[:space:]]*$' "$dockerfile"; then
  docker buildx build --target test --progress plain "$1"
else
  echo "::warning file=$dockerfile::It has no stage named test: the image is built and pushed without tests."
fi
