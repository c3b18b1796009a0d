# Copies the file $1 to the bucket, under the time of the copy.
set -eu
aws s3 cp --only-show-errors "$1" "s3://$BUCKET/$PREFIX$(date -u +%Y-%m-%dT%H-%M-%SZ).$EXTENSION"
