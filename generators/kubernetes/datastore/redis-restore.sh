# Makes the copy that comes in the base of a new append-only file, once it is whole: then the file $1 is there. Redis must be
# stopped.
set -eu
cat >/data/restored.rdb
[ -e "$1" ]
rm -rf /data/appendonlydir
mkdir /data/appendonlydir
mv /data/restored.rdb /data/appendonlydir/appendonly.aof.1.base.rdb
echo 'file appendonly.aof.1.base.rdb seq 1 type b' > /data/appendonlydir/appendonly.aof.manifest
