# Runs the command that follows $1 on what comes through the pipe $1, and fails unless that was all.
set -eu
pipe=$1
shift
mkfifo "$pipe" 2>/dev/null || [ -p "$pipe" ]
{ "$@"; cat >/dev/null; } <"$pipe"
[ -e "$pipe.whole" ]
