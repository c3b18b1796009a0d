# Runs the command that follows $1, and sends what it writes through the pipe $1. The mark beside it says that this is all.
set -eu
pipe=$1
shift
mkfifo "$pipe" 2>/dev/null || [ -p "$pipe" ]
exec >"$pipe"
"$@"
touch "$pipe.whole"
