# Whether the service works: its health path inside the cluster, then, where it is public, one request as users send it.
set -eu

echo "health: $HEALTH_URL"
curl --silent --show-error --fail --max-time 10 --retry 20 --retry-delay 6 --retry-all-errors "$HEALTH_URL"

[ -n "${PUBLIC_URL:-}" ] || exit 0
# A service may well answer a bare path with 401 or 404. 5xx is its fault, or the load balancer's that found no pod.
echo "public: $PUBLIC_URL"
# The page goes to no file, not even /dev/null: some curls then give up instead of trying again (curl: (23)).
status=$(curl --silent --show-error --write-out '\n%{http_code}' --max-time 10 --retry 30 --retry-delay 10 --retry-all-errors \
  "$PUBLIC_URL" | tail -n 1)
echo "answer: $status"
case $status in [234]*) ;; *) exit 1 ;; esac
