#!/bin/sh
# Refuses a commit whose generated files are not those that topology.yaml describes. `npm run gen` writes them.
exec npm run --silent check
