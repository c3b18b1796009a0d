# Copies what comes through the pipe $1 to the bucket, under the time of the copy. What breaks off is no copy: the upload is
# killed before it sees the end.
set -eu
mkfifo "$1" 2>/dev/null || [ -p "$1" ]
{ cat "$1" && [ -e "$1.whole" ] || kill -9 0; } |
  aws s3 cp --only-show-errors --expected-size "$LARGEST" - "s3://$BUCKET/$PREFIX$(date -u +%Y-%m-%dT%H-%M-%SZ).$EXTENSION"
