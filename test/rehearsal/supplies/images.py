"""Makes container images out of programs, as one OCI layout: no image registry is asked.

    images.py LAYOUT PROGRAMS ROOTFS AUTHORITIES NAME...      NAMEs as `kubeadm config images list` prints them, or a service's

An image is one layer. What else it calls (iptables, ip, curl) and its libraries are those of the Debian ROOTFS; what a server's
certificate is trusted by is in the file AUTHORITIES. The image of a program that nobody has is service.py.
https://github.com/opencontainers/image-spec
"""

import glob
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile

layout, programs, rootfs, authorities, *names = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NODE = ["/usr/bin/dash", "/usr/bin/cat", "/usr/bin/mount", "/usr/bin/touch", "/usr/bin/sleep", "/usr/bin/ip", "/usr/sbin/nft",
        "/usr/sbin/xtables-nft-multi", "/usr/sbin/xtables-legacy-multi"]  # fmt: skip


def debian(pattern):
    """The files of Debian that the pattern of glob finds."""
    return [file.removeprefix(rootfs) for file in glob.glob(rootfs + pattern, recursive=True) if os.path.isfile(file)]


def linked(paths):
    """Path in the image -> file: programs or modules with their libraries, and a shell."""
    files = {path: os.path.realpath(rootfs + path) for path in paths}
    for path in paths:
        printed = subprocess.run(["chroot", rootfs, "ldd", path], capture_output=True, text=True, check=False).stdout
        libraries = [word for word in printed.split() if word.startswith("/")]
        files |= {library: os.path.realpath(f"{rootfs}{library}") for library in libraries}
    return files | {"/bin/sh": "/usr/bin/dash", "/tmp/.keep": "/dev/null", "/run/.keep": "/dev/null"}


def node():
    """What kube-proxy and Calico call, with links for its other names."""
    files = linked(NODE + debian("/usr/lib/*/xtables/*.so"))
    for name in ["iptables", "ip6tables"]:
        for suffix in ["", "-save", "-restore"]:
            files[f"/usr/sbin/{name}{suffix}"] = "xtables-nft-multi"
            files[f"/usr/sbin/{name}-legacy{suffix}"] = "xtables-legacy-multi"
    return files


def python():
    modules = debian("/usr/lib/python3*/lib-dynload/*.so")
    files = linked(["/usr/bin/python3", *modules])
    return files | {path: rootfs + path for path in debian("/usr/lib/python3*/**/*.py")}


def contents(name):
    """The image's files, and its entry point."""
    program, _, version = name.split("/")[-1].partition(":")
    own = f"/usr/local/bin/{program}"
    match program:
        case "kube-proxy":
            return node() | {own: f"{here}/kube-proxy.sh", f"{own}-real": f"{programs}/kube-proxy"}, [own]
        case "node":  # quay.io/calico/node; the chart brings what it does
            return node() | {"/usr/bin/kubectl": f"{programs}/kubectl"}, ["/bin/sh"]
        case "etcd":
            return {f"/usr/local/bin/{each}": f"{programs}/{each}" for each in ["etcd", "etcdctl", "etcdutl"]}, [own]
        case "coredns" | "pause":
            return {f"/{program}": f"{programs}/{program}"}, [f"/{program}"]
        case "curl":
            files = linked(["/usr/bin/dash", "/usr/bin/curl", "/usr/bin/grep", "/usr/bin/tail"])
            return files | {"/etc/ssl/certs/ca-certificates.crt": authorities}, ["/usr/bin/curl"]
        case _ if not os.path.exists(f"{programs}/{program}"):
            return python() | {"/service.py": f"{here}/service.py"}, ["/usr/bin/python3", "/service.py", version]
        case _:
            return {own: f"{programs}/{program}"}, [own]


def blob(data):
    digest = hashlib.sha256(data).hexdigest()
    with open(f"{layout}/blobs/sha256/{digest}", "wb") as file:
        file.write(data)
    return {"digest": f"sha256:{digest}", "size": len(data)}


def layer(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for path, source in sorted(files.items()):
            entry = tarfile.TarInfo(path.lstrip("/"))
            if os.path.isfile(source) or source == "/dev/null":
                with open(source, "rb") as file:
                    data = file.read()
                entry.size, entry.mode = len(data), 0o755
                tar.addfile(entry, io.BytesIO(data))
            else:
                entry.type, entry.linkname = tarfile.SYMTYPE, source
                tar.addfile(entry)
    return out.getvalue()


def image(name):
    files, entry_point = contents(name)
    data = layer(files)
    config = {
        "architecture": "amd64",
        "os": "linux",
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(data).hexdigest()]},
        "config": {"Env": [PATH], "Entrypoint": entry_point, "WorkingDir": "/"},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json"} | blob(json.dumps(config).encode()),
        "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip"} | blob(gzip.compress(data, 1, mtime=0))],
    }
    annotations = {"io.containerd.image.name": name}
    return {"mediaType": manifest["mediaType"], "annotations": annotations} | blob(json.dumps(manifest).encode())


os.makedirs(f"{layout}/blobs/sha256", exist_ok=True)
index = {"schemaVersion": 2, "manifests": [image(name) for name in names]}
with open(f"{layout}/oci-layout", "w", encoding="utf-8") as file:
    file.write('{"imageLayoutVersion": "1.0.0"}')
with open(f"{layout}/index.json", "w", encoding="utf-8") as file:
    json.dump(index, file, indent=1)
