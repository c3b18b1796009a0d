# Brings a copy to the file $1: that of the key $KEY, or the newest.
set -eu
newest='sort_by(Contents, &LastModified)[-1].Key'
key=${KEY:-$(aws s3api list-objects-v2 --bucket "$BUCKET" --prefix "$PREFIX" --query "$newest" --output text)}
echo "restoring s3://$BUCKET/$key"
aws s3 cp --only-show-errors "s3://$BUCKET/$key" "$1"
