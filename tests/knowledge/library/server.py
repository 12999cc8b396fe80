"""A real HTTP server on 127.0.0.1 that serves bytes as the owners' servers do, or as badly as a test asks."""

import hashlib
import random
import re
import socket
import threading
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONTENT = random.Random(7).randbytes(300_000)


class Served:
    """files: path -> content. next_answers: path -> what to do instead, once each, in order."""

    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"
        self.files, self.next_answers, self.requests = {}, {}, []

    def put(self, path, content):
        self.files[path] = content
        return f"{self.base}{path}"

    def then(self, path, *answers):
        self.next_answers.setdefault(path, []).extend(answers)

    def asked_ranges(self, path):
        return [headers.get("range") for asked, headers, _ in self.requests if asked == path]


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def do_GET(self):
            names = {name.lower(): value for name, value in self.headers.items()}
            served.requests.append((self.path, names, self.raw_requestline.decode() + str(self.headers)))
            waiting = served.next_answers.get(self.path)
            answer = waiting.pop(0) if waiting else send
            self.close_connection = True
            answer(self, served.files.get(self.path))

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Served(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def date_of(content):
    return formatdate(1_700_000_000 + len(content), usegmt=True)


def etag_of(content):
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def head(handler, status, **headers):
    handler.send_response(status)
    handler.send_header("Connection", "close")
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), str(value))
    handler.end_headers()


def send(handler, content, *, etag=True, dated=False):
    """As a good server does: Range with If-Range, 416 beyond the end, 404 for what is not there."""
    if content is None:
        return head(handler, 404, Content_Length=0)
    tags = {"ETag": etag_of(content)} if etag else {}
    tags |= {"Last_Modified": date_of(content)} if dated else {}
    asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
    start = int(asked[1]) if asked and handler.headers.get("If-Range") in tags.values() else 0
    if start and start >= len(content):
        return head(handler, 416, Content_Range=f"bytes */{len(content)}", Content_Length=0, **tags)
    part = {"Content_Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if start else {}
    head(handler, 206 if start else 200, Content_Length=len(content) - start, **part, **tags)
    return handler.wfile.write(content[start:])


def drop_after(count):
    """Answer as announced, but break the connection after `count` bytes of the body."""

    def answer(handler, content):
        class Cut:
            def write(self, data):
                cut.write(data[:count])
                cut.flush()
                handler.connection.shutdown(socket.SHUT_RDWR)

        cut, handler.wfile = handler.wfile, handler.wfile
        send_head_then(handler, content, Cut())

    return answer


def send_head_then(handler, content, body):
    """`send`, its headers to the connection and its body to `body`."""
    flush = handler.end_headers

    def end_headers():
        flush()
        handler.wfile = body

    plain, handler.end_headers = handler.wfile, end_headers
    try:
        send(handler, content)
    except OSError:
        pass
    finally:
        handler.wfile = plain


def status(code, **headers):
    return lambda handler, _content: head(handler, code, Content_Length=0, **headers)


def ignore_range(handler, content):
    head(handler, 200, Content_Length=len(content), ETag=etag_of(content))
    handler.wfile.write(content)


def without_validator(handler, content):
    send(handler, content, etag=False)


def dated(handler, content):
    send(handler, content, etag=False, dated=True)


def weakly_tagged(handler, content):
    head(handler, 200, Content_Length=len(content), ETag="W/" + etag_of(content))
    handler.wfile.write(content)


def announce(length, *, body=None):
    """Say `length`, send `body` (the file's own bytes without it) and close."""

    def answer(handler, content):
        head(handler, 200, Content_Length=length, ETag=etag_of(content))
        handler.wfile.write(content if body is None else body)

    return answer


def without_length(handler, content):
    head(handler, 200)
    handler.wfile.write(content)


def chunked(*sizes, finished=True):
    """Chunks of these sizes with nothing said of the whole; without the end when not `finished`."""

    def answer(handler, content):
        head(handler, 200, Transfer_Encoding="chunked", ETag=etag_of(content))
        at = 0
        for size in sizes:
            piece = content[at : at + size]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            at += size
        if finished:
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def endless(handler, _content):
    """A body that never ends and never says so."""
    head(handler, 200)
    pour(handler)


def pour(handler):
    """Write until the other side has had enough."""
    try:
        while True:
            handler.wfile.write(b"more of the same\n" * 4096)
    except OSError:
        return


def silent_after(count, until):
    """Send `count` bytes, then nothing more until the event `until`."""

    def answer(handler, content):
        head(handler, 200, Content_Length=len(content), ETag=etag_of(content))
        handler.wfile.write(content[:count])
        handler.wfile.flush()
        until.wait(20)

    return answer


def names(folder):
    return sorted(p.name for p in folder.iterdir())
