# SPDX-License-Identifier: GPL-3.0-or-later
"""tl-sign-in at the lab's client's end, somebody at the browser, and others who want to be taken for that."""

import fcntl
import json
import os
import pathlib
import pty
import queue
import re
import select
import selectors
import subprocess
import tempfile
import termios
import threading
import time
import urllib.parse

import issuers
import trials

HERE = pathlib.Path(__file__).resolve().parent
# Says all that there is to say, forgives nothing, and leaves what was freed as it was.
LOUD = ('G_MESSAGES_DEBUG=all', 'G_DEBUG=fatal-warnings', 'MALLOC_PERTURB_=0')
# What note_processes() saw.
processes = bytearray()


class SignIn:
    """One run of tl-sign-in, told what to do line by line; everything that it says is kept in `said`."""

    def __init__(self, lab, program, domain, login, client=issuers.CLIENT, scopes=(), before=()):
        self.lab = lab
        self.secrets = tempfile.TemporaryDirectory(dir=lab.folder)
        self.token_path = pathlib.Path(self.secrets.name) / 'token'
        self.said = bytearray()
        self.lines = queue.Queue()
        self.process = subprocess.Popen(
            [lab.script, 'exec', lab.place, 'env', *LOUD, *before, program, f'https://login.{domain}', client, login,
             self.token_path, *scopes],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(os.environ))
        threading.Thread(target=self.listen, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.secrets.cleanup()

    def listen(self):
        for line in self.process.stdout:
            self.said += line
            self.lines.put(line.decode('utf-8', 'replace').rstrip('\n'))
        self.lines.put('ended')

    def tell(self, command):
        self.process.stdin.write(f'{command}\n'.encode())
        self.process.stdin.flush()

    def hear(self, *words, seconds=60):
        """The next line that begins with one of `words`, or says that it is over."""
        while True:
            line = self.lines.get(timeout=seconds)
            if line.split(' ')[0] in words + ('ended',):
                return line

    def outcome(self, seconds=60):
        return self.hear('tokens', 'got', 'ok', 'finding', 'failed', 'cancelled', seconds=seconds)

    def open(self, seconds=30):
        """Begins with the browser; the URL that it is to open."""
        self.tell(f'browser {seconds}')
        line = self.hear('url', 'finding', 'failed', 'cancelled')
        return line[4:] if line.startswith('url ') else line

    def by_browser(self, account, *more, seconds=30):
        url = self.open(seconds)
        if not url.startswith('https://'):
            return url
        browse(self.lab, url, '--account', account, *more)
        return self.outcome()

    def by_device(self, account, *more, seconds=60):
        self.tell(f'device {seconds}')
        line = self.hear('code', 'finding', 'failed', 'cancelled')
        if not line.startswith('code '):
            return line
        _, code, uri = line.split(' ')
        if account:
            browse(self.lab, uri, '--code', code, '--account', account, *more)
        return self.outcome(seconds + 10)

    def token(self):
        return self.token_path.read_text()


def finding(line):
    """Its id and its evidence."""
    if not line.startswith('finding '):
        return line, {}
    parsed = json.loads(line[8:])
    return parsed['id'], parsed['evidence']


def browse(lab, url, *words):
    """What browse.py prints, and how it ended."""
    done = lab.run(HERE / 'browse.py', *words, url, seconds=90,
                   env=dict(os.environ, TL_LAB_PASSWORD_FILE=str(lab.place / 'password')))
    return (done.stdout + done.stderr).strip()


def note_processes(lab):
    """Arguments and environment of all that run at the client's end."""
    done = subprocess.run([lab.script, 'exec', lab.place, 'sh', '-c', 'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ'],
                          capture_output=True, timeout=20, stdin=subprocess.DEVNULL)
    processes.extend(done.stdout)


def asked(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


def knock(lab, url, *words):
    """What a program on this computer is told that comes to the redirect: status and all that was sent."""
    done = lab.run('curl', '-s', '-i', '--max-time', '10', '--noproxy', '*', *words, url)
    head = re.match(r'HTTP/1\.[01] (\d+)', done.stdout)
    return (int(head[1]) if head else 0), done.stdout


# ---- twolanectl, with a person at the terminal ---------------------------------------------------

class Person:
    """Runs twolanectl and does what it asks for: opens its page, types its code, says yes with Enter."""

    page = re.compile(r'https://login\.[a-z-]+\.test/auth\?[^\s]+')
    code = re.compile(r'(https://login\.[a-z-]+\.test/device)\s.*?\b([A-Z]{4}-[A-Z]{4})\b', re.S)

    def __init__(self, lab, program, account=None, *browser_words, environment=()):
        self.lab = lab
        self.program = pathlib.Path(program).resolve()
        self.account = account
        self.browser_words = browser_words
        self.environment = [f'{name}={value}' for name, value in dict(environment).items()]
        self.done = set()

    def command(self, words):
        return [self.lab.script, 'exec', self.lab.place, 'env', *LOUD, 'TERM=dumb', *self.environment, self.program,
                *words]

    def look(self, said):
        """Whether something was asked for that is done in a browser."""
        text = said.decode('utf-8', 'replace')
        for pattern in (self.page, self.code):
            found = pattern.search(text)
            if found and found[0] not in self.done and self.account:
                self.done.add(found[0])
                note_processes(self.lab)
                where = ('--code', found[2], found[1]) if pattern is self.code else (found[0],)
                browse(self.lab, where[-1], '--account', self.account, *self.browser_words, *where[:-1])

    def run(self, *words, seconds=90):
        """In a script: answers on standard output, what a person has to do on the other."""
        process = subprocess.Popen(self.command(words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        said = [bytearray(), bytearray()]
        readers = selectors.DefaultSelector()
        for stream, heard in ((process.stdout, said[0]), (process.stderr, said[1])):
            readers.register(stream, selectors.EVENT_READ, heard)
        began = time.monotonic()
        while readers.get_map() and time.monotonic() < began + seconds:
            for key, _ in readers.select(1):
                piece = os.read(key.fd, 65536)
                key.data.extend(piece)
                if not piece:
                    readers.unregister(key.fileobj)
            self.look(bytes(said[1]))
        if readers.get_map():
            process.kill()
        process.wait()
        return run_of(words, process.returncode, time.monotonic() - began, *map(bytes, said))

    def talk(self, *words, seconds=90, cwd=None, at_question=lambda said: None):
        """At a terminal, where every question is answered with Enter, after `at_question`."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(self.command(words), stdin=theirs, stdout=theirs, stderr=theirs,
                                   start_new_session=True, cwd=cwd,
                                   preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(theirs)
        said = bytearray()
        began = quiet_since = time.monotonic()
        while time.monotonic() < began + seconds:
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    piece = os.read(ours, 65536)
                except OSError:
                    break
                said += piece
                quiet_since = time.monotonic()
                self.look(bytes(said))
            elif said and not said.endswith(b'\n') and time.monotonic() > quiet_since + 0.5:
                asked_at = time.monotonic()
                at_question(bytes(said))
                began += time.monotonic() - asked_at
                os.write(ours, b'\r')
                quiet_since = time.monotonic()
        else:
            process.kill()
        os.close(ours)
        process.wait()
        return run_of(words, process.returncode, time.monotonic() - began, bytes(said), b'')


def run_of(words, status, seconds, out, err):
    # What GLib logs for debugging goes to standard output too.
    document = b'\n'.join(line for line in out.split(b'\n') if not re.match(rb'\([^)]*\): \S+DEBUG', line))
    run = trials.Run(subprocess.CompletedProcess(words, status, document, err), seconds)
    run.said = out + err
    return run


class Keyring:
    """A session bus with an open gnome-keyring on it, for several runs; `environment` leads there."""

    def __init__(self, lab, kind='keyring'):
        self.process = subprocess.Popen(
            [lab.script, 'exec', lab.place, HERE.parent / 'signin/with-bus', kind, 'sh', '-c',
             'echo "$DBUS_SESSION_BUS_ADDRESS"; echo "$HOME"; echo "$XDG_RUNTIME_DIR"; exec cat'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        values = [self.process.stdout.readline().decode().strip() for _ in range(3)]
        self.environment = dict(zip(('DBUS_SESSION_BUS_ADDRESS', 'HOME', 'XDG_RUNTIME_DIR'), values))
        self.home = pathlib.Path(values[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(20)
