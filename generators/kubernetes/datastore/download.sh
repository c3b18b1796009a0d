# Sends a copy through the pipe $1: that of the key $KEY, or the newest. The mark beside it says that this is all.
set -eu
mkfifo "$1" 2>/dev/null || [ -p "$1" ]
# The keys are times, in their order; each thousand of them is a page of its own.
newest='Contents[-1].Key'
key=${KEY:-$(aws s3api list-objects-v2 --bucket "$BUCKET" --prefix "$PREFIX" --query "$newest" --output text | tail -n 1)}
echo "restoring s3://$BUCKET/$key"
exec >"$1"
aws s3 cp --only-show-errors "s3://$BUCKET/$key" -
touch "$1.whole"
