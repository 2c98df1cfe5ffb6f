# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab for as long as a test needs it, programs at its client's end, and what its servers wrote down."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time


class Cannot(Exception):
    """This machine cannot hold a lab; says why."""


class Lab:
    """Of the script at `script`, with `rtt` milliseconds for a round trip. To be used with `with`."""

    def __init__(self, script, rtt=0):
        self.script = pathlib.Path(script).resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='twolane-lab-test.'))
        self.place = self.folder / 'lab'
        done = self.command('up', '--rtt', str(rtt), self.place)
        if done.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            reason = done.stderr.strip().splitlines() or ['no reason given']
            if done.returncode == 77:
                raise Cannot(reason[-1])
            raise RuntimeError(f'the lab does not come up: {done.stderr}')
        self.variables = {}
        for line in self.command('env', self.place).stdout.splitlines():
            name, _, value = line.partition('=')
            self.variables[name] = value.strip("'")
        self.logs = pathlib.Path(self.variables['TL_LAB_LOG_DIR'])
        self.read_up_to = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.command('down', self.place)
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *words):
        return subprocess.run([self.script, *words], text=True, capture_output=True)

    def run(self, *words, seconds=60, **more):
        """Runs a program where the client is."""
        return subprocess.run([self.script, 'exec', self.place, *words], text=True, capture_output=True,
                              timeout=seconds, stdin=subprocess.DEVNULL, **more)

    def mark_logs(self):
        """From here on, only what is written later is new."""
        for path in self.logs.iterdir():
            self.read_up_to[path.name] = path.stat().st_size

    def new_text(self, name):
        path = self.logs / name
        if not path.exists():
            return ''
        with open(path, 'rb') as log:
            log.seek(self.read_up_to.get(name, 0))
            return log.read().decode('utf-8', 'surrogateescape')

    def questions(self):
        """New questions of the client's to the resolver: (name, type)."""
        return [(name.lower(), kind) for name, kind in re.findall(
            r'info: (?:192\.0\.2\.2|2001:db8::2) (\S+)\. (\S+) IN', self.new_text('unbound.log'))]

    def requests(self):
        """New requests to web servers, as dictionaries."""
        found = []
        for line in self.new_text('nginx-access.log').splitlines():
            head = re.match(r'(\d+) (\S+) "(\S+) (\S+) [^"]*" (\d+) ', line)
            if head:
                port, host, method, path, status = head.groups()
                found.append(dict(re.findall(r'(\w+)="([^"]*)"', line[head.end():]), port=int(port), host=host,
                                  method=method, path=path, status=int(status)))
            elif line:
                # A request that is none, as when somebody hangs up.
                found.append({'line': line})
        return found


# The leak checker of GCC 12 itself falls over threads that are just ending, as those of the resolver
# are; what runs in a lab is looked at for leaks by the tests without one.
os.environ['ASAN_OPTIONS'] = ':'.join(filter(None, [os.environ.get('ASAN_OPTIONS'), 'detect_leaks=0']))


def until(seconds, holds):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.03)
    return True


class Tap:
    def __init__(self):
        self.results = []
        self.names = []

    def claim(self, name, holds, why=''):
        self.results.append(bool(holds))
        self.names.append(name)
        print(f'{"ok" if holds else "not ok"} {len(self.results)} - {name}', flush=True)
        if not holds:
            for line in str(why)[:2000].splitlines():
                print(f'# {line}', flush=True)

    def equal(self, name, got, wanted, why=''):
        self.claim(name, got == wanted, f'wanted: {wanted}\ngot:    {got}\n{why}')

    def skip(self, name, reason):
        self.results.append(True)
        self.names.append(name)
        print(f'ok {len(self.results)} - {name} # SKIP {reason}', flush=True)

    def skip_or_fail(self, error):
        """Where a machine cannot hold a lab: a skip, but not where all that it needs is to be had."""
        if os.environ.get('CI') and os.getuid() == 0:
            self.claim('the lab comes up', False, error)
            print('1..1')
            sys.exit(1)
        print(f'1..0 # SKIP {error}')
        sys.exit(0)

    def end(self):
        print(f'1..{len(self.results)}')
        sys.exit(0 if self.results and all(self.results) else 1)
