"""What a bot of Azt3kNet is made with, in one file: beats, logs, configuration, state, commands, a graceful stop.

It needs Python 3.9 or later and nothing else. Its host is HTTP on a socket beside it, or on the network of a cluster:

    from azt3knet_bot import Bot

    bot = Bot()

    @bot.command("echo")
    def echo(text=""):
        return {"text": text}

    def work():
        while bot.running:
            bot.sleep(1)

    bot.run(work)
"""

import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
import traceback
from datetime import datetime, timezone
from urllib.parse import urlsplit

__all__ = ["ApiFailure", "Bot"]

# Without an answer of its host for so long, nobody looks after it any more; seconds.
_ORPHAN = 600
_TIMEOUT = 60
# A host that starts, or starts again, is waited for so long; seconds.
_HOST = 15


class ApiFailure(Exception):
    """An answer of the API that is no success."""

    def __init__(self, status, body):
        detail = body.get("detail") if isinstance(body, dict) else None
        super().__init__(detail or "the answer is %s" % status)
        self.status = status
        self.body = body


class _Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("host", timeout=_TIMEOUT)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class _Log:
    """One JSON object a line on standard output."""

    def _write(self, level, message, fields):
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        line = dict(fields, time=now, level=level, message=message)
        sys.stdout.write(json.dumps(line, default=str) + "\n")
        sys.stdout.flush()

    def debug(self, message, **fields):
        self._write("debug", message, fields)

    def info(self, message, **fields):
        self._write("info", message, fields)

    def warn(self, message, **fields):
        self._write("warn", message, fields)

    def error(self, message, **fields):
        self._write("error", message, fields)


class Bot:
    """A bot, from the inside. Make one, give it commands, and run it."""

    def __init__(self):
        self._url = os.environ.get("AZT3KNET_BOT_HOST_URL")
        self._socket = self._needed("AZT3KNET_BOT_SOCKET") if self._url is None else None
        self._beat_file = os.environ.get("AZT3KNET_BOT_BEAT_FILE")
        self._lag = 0.0
        self._token_file = self._needed("AZT3KNET_BOT_TOKEN_FILE")
        self._beat_seconds = float(os.environ.get("AZT3KNET_BOT_HEARTBEAT_SECONDS", "2"))
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._commands = {}
        self._waiting = []
        self._requests = 0
        self._errors = 0
        self._heard = time.monotonic()
        self.id = self._needed("AZT3KNET_BOT_ID")
        with open(self._needed("AZT3KNET_BOT_CONFIGURATION_FILE"), encoding="utf-8") as file:
            #: As the blueprint's schema wants it, defaults filled in.
            self.configuration = json.load(file)
        #: Whether it has something to do; with `progress` it tells a bot that is stuck from one that is idle.
        self.working = False
        #: To grow whenever something was done.
        self.progress = 0
        #: For people: what it does at the moment.
        self.activity = ""
        self.log = _Log()

    @staticmethod
    def _needed(name):
        value = os.environ.get(name)
        if value is None:
            raise RuntimeError("%s is not set: a bot is started by Azt3kNet, not by itself" % name)
        return value

    @property
    def running(self):
        """False when the bot is to end."""
        return not self._stop.is_set()

    def count(self, requests, errors=0):
        """Counts requests, and how many of them failed, for its metrics."""
        with self._lock:
            self._requests += requests
            self._errors += errors

    def command(self, name):
        """Decorates what is done when the bot is told to; it runs while the bot sleeps."""

        def keep(handler):
            self._commands[name] = handler
            return handler

        return keep

    def run(self, work=None):
        """Beats, and does `work` until it returns or the bot is stopped. Ends the process."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        threading.Thread(target=self._beats, daemon=True).start()
        code = 0
        try:
            if work is not None:
                work()
            else:
                while self.running:
                    self.sleep(3600)
        except Exception:  # noqa: BLE001 - told of, and ended by
            self.log.error(traceback.format_exc())
            code = 1
        self.stop()
        sys.exit(code)

    def stop(self):
        """Ends the bot as its host does."""
        self._stop.set()
        self._wake.set()

    def sleep(self, seconds):
        """Waits, and does meanwhile what the bot is told; ends early when the bot is to end."""
        end = time.monotonic() + seconds
        while self.running:
            self._obey()
            left = end - time.monotonic()
            if left <= 0:
                return
            self._wake.wait(left)
            self._wake.clear()

    def self(self):
        """What the registry knows of it: `bot`, and its `history`."""
        return self._ask("GET", "/self")

    def state(self):
        """What it kept; None: nothing."""
        return self._ask("GET", "/state")["state"]

    def keep(self, state):
        """Keeps a dictionary of up to 64 KB from one process to the next."""
        self._ask("PUT", "/state", state)

    def api(self, method, path, body=None):
        """Calls the API with the permissions of its blueprint; counts itself. Raises ApiFailure."""
        try:
            answer = self._ask(method, path, body)
        except Exception:
            self.count(1, 1)
            raise
        self.count(1)
        return answer

    def _beats(self):
        due = time.monotonic()
        while self.running:
            self._lag = max(0.0, time.monotonic() - due)
            try:
                self._beat()
                self._heard = time.monotonic()
                if self._beat_file is not None:
                    # Whoever looks at the file sees when the bot was last heard.
                    with open(self._beat_file, "w", encoding="ascii"):
                        pass
            except Exception as error:  # noqa: BLE001 - the host may be starting again
                if time.monotonic() - self._heard > _ORPHAN:
                    self.log.error("the host has not answered for long: %s" % error)
                    self.stop()
            due = time.monotonic() + self._beat_seconds
            self._stop.wait(self._beat_seconds)

    def _beat(self):
        with self._lock:
            body = {"requests": self._requests, "errors": self._errors}
        body.update(working=self.working, progress=self.progress, activity=str(self.activity)[:200])
        body.update(event_loop_lag_ms=round(self._lag * 1000))
        commands = self._ask("POST", "/beat", body)["commands"]
        if commands:
            with self._lock:
                self._waiting.extend(commands)
            self._wake.set()

    def _obey(self):
        with self._lock:
            commands, self._waiting = self._waiting, []
        for command in commands:
            name = command["name"]
            try:
                if name not in self._commands:
                    known = ", ".join(self._commands) or "none"
                    raise LookupError("this bot does not know the command %s; it knows: %s" % (name, known))
                outcome = {"ok": True, "result": self._commands[name](**command["arguments"]) or {}}
            except Exception as error:  # noqa: BLE001 - it is the result
                outcome = {"ok": False, "result": {"error": str(error)}}
            try:
                self._ask("POST", "/commands/%s" % command["id"], outcome)
            except Exception as error:  # noqa: BLE001
                self.log.warn("the result of %s was not taken: %s" % (name, error))

    def _ask(self, method, path, body=None):
        end = time.monotonic() + _HOST
        while True:
            try:
                return self._ask_once(method, path, body)
            except (FileNotFoundError, ConnectionRefusedError, socket.gaierror):
                if time.monotonic() > end or not self.running:
                    raise
                self._stop.wait(0.2)

    def _connection(self):
        if self._url is None:
            return _Connection(self._socket)
        url = urlsplit(self._url)
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        return kind(url.hostname, url.port, timeout=_TIMEOUT)

    def _ask_once(self, method, path, body=None):
        # The token is renewed while the bot runs.
        with open(self._token_file, encoding="ascii") as file:
            headers = {"Authorization": "Bearer " + file.read()}
        text = None
        if body is not None:
            text = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        connection = self._connection()
        try:
            connection.request(method, path, body=text, headers=headers)
            response = connection.getresponse()
            read = response.read()
        finally:
            connection.close()
        try:
            answer = json.loads(read) if read else None
        except ValueError:
            answer = read.decode("utf-8", "replace")
        if response.status >= 400:
            raise ApiFailure(response.status, answer)
        return answer
