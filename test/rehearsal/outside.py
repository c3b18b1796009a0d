"""What the hosts find outside of their network, at one address and under the real names: image registries, package
repositories, charts, downloads, S3, the instance metadata, and the load balancers of the API and of the services.

    outside.py FOLDER        in the network namespace of hosts.sh

FOLDER/outside.json: {"images": [folders of OCI layouts], "sites": [folders of HOST/PATH], "region": ..., "zones": [letters],
"machines": {address: how many machines had it before}, "balancer": {"port": ..., "targets": [addresses]}, "routes": [{"host": ..., "path": ..., "port": ..., "targets": [addresses]}]}; FOLDER/tls: the certificate of all names; FOLDER/bucket: what S3 was given.
"""

import asyncio
import http.client
import http.server
import json
import os
import shutil
import ssl
import sys
import threading
import urllib.parse

INTERNET, METADATA, BALANCER = "198.51.100.1", "169.254.169.254", "198.51.100.2"
folder = sys.argv[1]


def settings():
    with open(f"{folder}/outside.json", encoding="utf-8") as file:
        return json.load(file)


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, body=b"", kind="application/octet-stream", code=200, **headers):
        """`body`: bytes, or a file that is open for reading."""
        size = len(body) if isinstance(body, bytes) else os.fstat(body.fileno()).st_size
        self.send_response(code)
        for name, value in {"content-type": kind, "content-length": size, **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        if isinstance(body, bytes):
            self.wfile.write(body if self.command != "HEAD" else b"")
            return
        with body:
            if self.command != "HEAD":
                shutil.copyfileobj(body, self.wfile, 1 << 20)

    def parts(self):
        """The path's segments; none of them leads upwards."""
        return [part for part in urllib.parse.unquote(self.path.split("?")[0]).split("/") if part not in ("", ".", "..")]


class Internet(Answers):
    """Every name of FOLDER/tls/names, over HTTPS."""

    def do_GET(self):
        host, parts = self.headers["host"].split(":")[0].replace("/", ""), self.parts()
        for route in settings()["routes"]:
            if route["host"] == host and self.path.startswith(route["path"]):
                return self.forward(route)
        for site in settings()["sites"]:
            path = os.path.join(site, host, *parts)
            if os.path.isfile(path):
                return self.answer(open(path, "rb"))
        if os.path.isfile(self.object()):
            return self.answer(open(self.object(), "rb"), **OBJECT)
        if parts == ["v2"]:
            return self.answer(b"{}", "application/json")
        if parts[:1] == ["v2"] and parts[-2] in ("manifests", "blobs"):
            return self.image(host, parts)
        return self.answer(b"not among the stand-ins\n", "text/plain", 404)

    do_HEAD = do_GET

    def forward(self, route):
        """A load balancer: the first target that takes the connection gets the request."""
        for target in route["targets"]:
            connection = http.client.HTTPConnection(target, route["port"], timeout=5)
            try:
                connection.request("GET", self.path, headers={"host": self.headers["host"]})
                response = connection.getresponse()
                return self.answer(response.read(), "text/plain", response.status)
            except OSError:
                continue
            finally:
                connection.close()
        return self.answer(b"no target answers\n", "text/plain", 503)

    def image(self, host, parts):
        """https://distribution.github.io/distribution/spec/api/: v2/NAME/manifests/TAG or DIGEST, v2/NAME/blobs/DIGEST"""
        name, reference = f"{host}/{'/'.join(parts[1:-2])}", parts[-1]
        manifest = parts[-2] == "manifests"
        kind = "application/vnd.oci.image.manifest.v1+json" if manifest else "application/octet-stream"
        for images in settings()["images"]:
            digest = reference if reference.startswith("sha256:") else digest_of(images, name, reference)
            path = f"{images}/blobs/{digest.replace(':', '/')}"
            if os.path.isfile(path):
                return self.answer(open(path, "rb"), kind, docker_content_digest=digest)
        return self.answer(b'{"errors": [{"code": "MANIFEST_UNKNOWN"}]}', "application/json", 404)

    def do_PUT(self):
        """S3: keeps what it is given, as FOLDER/bucket/NAME/KEY. Nobody checks the signature."""
        path = self.object()
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(self.rfile.read(int(self.headers["content-length"])))
        self.answer(**OBJECT)

    def object(self):
        """Where an object of a bucket is kept: the host name begins with the bucket's."""
        return os.path.join(folder, "bucket", self.headers["host"].split(".")[0].replace("/", ""), *self.parts())


# What S3 says of each object.
OBJECT = {"etag": '"0"', "last_modified": "Sat, 01 Jan 2000 00:00:00 GMT"}


def digest_of(images, name, tag):
    """An image is known by NAME:TAG, or by NAME:* where it stands for every version."""
    with open(f"{images}/index.json", encoding="utf-8") as file:
        known = {entry["annotations"]["io.containerd.image.name"]: entry["digest"] for entry in json.load(file)["manifests"]}
    return known.get(f"{name}:{tag}") or known.get(f"{name}:*", "none")


class Metadata(Answers):
    """The instance metadata service, version 2: what it says follows from the address that asks."""

    def do_PUT(self):
        self.answer(b"session")

    def do_GET(self):
        if self.headers.get("x-aws-ec2-metadata-token") != "session":
            return self.answer(b"no session\n", "text/plain", 401)
        values = {
            "instance-id": instance_id(self.client_address[0]),
            "placement/availability-zone": zone(self.client_address[0]),
            "placement/region": settings()["region"],
            "iam/security-credentials": "node",
            "iam/security-credentials/node": json.dumps(CREDENTIALS),
        }
        value = values.get("/".join(self.parts()[2:]))
        return self.answer(value.encode(), "text/plain") if value else self.answer(b"no such key\n", "text/plain", 404)


CREDENTIALS = {"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "AKIAREHEARSAL", "SecretAccessKey": "none", "Token": "none",
               "LastUpdated": "2000-01-01T00:00:00Z", "Expiration": "2100-01-01T00:00:00Z"}  # fmt: skip


def instance_id(address):
    machine = settings()["machines"].get(address, 0)
    return f"i-{machine}" + "".join(f"{int(part):02x}" for part in address.split(".")).rjust(16, "0")


def zone(address):
    """Terraform's private subnets: 10.0.1.0/24 is in the first zone, 10.0.2.0/24 in the second."""
    return settings()["region"] + settings()["zones"][int(address.split(".")[2]) - 1]


async def balance(reader, writer):
    """A network load balancer: the first target that takes the connection gets it."""
    for address in settings()["balancer"]["targets"]:
        try:
            connection = asyncio.open_connection(address, settings()["balancer"]["port"])
            target_reader, target_writer = await asyncio.wait_for(connection, 1)
        except OSError:
            continue
        await asyncio.gather(pump(reader, target_writer), pump(target_reader, writer))
        return
    writer.close()


async def pump(reader, writer):
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def load_balancer():
    server = await asyncio.start_server(balance, BALANCER, settings()["balancer"]["port"])
    await server.serve_forever()


def serve(address, port, answers, context=None):
    server = http.server.ThreadingHTTPServer((address, port), answers)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(f"{folder}/tls/server.crt", f"{folder}/tls/server.key")
serve(INTERNET, 443, Internet, tls)
serve(METADATA, 80, Metadata)
asyncio.run(load_balancer())
