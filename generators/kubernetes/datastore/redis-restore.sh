# Makes the copy $1 the base of a new append-only file. Redis must be stopped.
set -eu
rm -rf /data/appendonlydir
mkdir /data/appendonlydir
cp "$1" /data/appendonlydir/appendonly.aof.1.base.rdb
echo 'file appendonly.aof.1.base.rdb seq 1 type b' > /data/appendonlydir/appendonly.aof.manifest
