"""Stands for a service's program. It answers every request, unless its version says what it fails to do.

    service.py VERSION      v1.0.0, v1.0.1-no-pages, v1.0.2-not-ready
"""

import http.server
import signal
import sys

PORT, HEALTH = 8000, "/health"
version = sys.argv[1]


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        failing = version.endswith("-not-ready" if self.path == HEALTH else "-no-pages")
        self.send_response(500 if failing else 200)
        self.end_headers()
        self.wfile.write(f"{version}\n".encode())


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.ThreadingHTTPServer(("", PORT), Answers).serve_forever()
