# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of `twolanectl test` in a lab against what expect/lanes/ says of them, and what went over the wire."""

import base64
import configparser
import fnmatch
import json
import os
import pathlib
import socket
import struct
import subprocess
import tempfile
import time
import urllib.parse

import laboratory
import peers
import schemas

HERE = pathlib.Path(__file__).resolve().parent
KEYS = {'shows', 'incoming', 'outgoing', 'address', 'user', 'secret', 'status', 'findings', 'verdicts', 'attempts',
        'seconds', 'evidence', 'fields', 'first', 'environment', 'before', 'incoming.facts', 'outgoing.facts',
        'incoming.tls', 'outgoing.tls', 'incoming.folders', 'incoming.has', 'outgoing.has'}
WRONG = 'not-the-password-of-anyone'


class Trial:
    """A section of an .ini: what is run, and what has to come of it."""

    def __init__(self, name, section, domain):
        unknown = set(section) - KEYS
        if unknown or not {'shows', 'incoming', 'outgoing'} <= set(section):
            raise ValueError(f'[{name}]: {unknown or "shows, incoming or outgoing is missing"}')
        self.name = name
        self.section = section
        self.user = section.get('user', f'{name}@{domain}')
        self.address = section.get('address', self.user)
        # Rows of the fault matrix are parts of the path: `/lab/N05/half: …`.
        rows, _, words = section['shows'].rpartition(': ')
        self.path = '/'.join(['/lab', *rows.split(), name]) + f': {words}'

    def __getitem__(self, key):
        return self.section.get(key, '')

    def lines(self, key):
        return [line.strip() for line in self[key].splitlines() if line.strip()]

    def machines(self):
        return {urllib.parse.urlsplit(self[lane]).hostname.split('.')[0] for lane in ('incoming', 'outgoing')}


def read(name, domain):
    ini = configparser.ConfigParser(interpolation=None, delimiters=('=',), comment_prefixes=('#',))
    ini.optionxform = str
    path = HERE / f'expect/lanes/{name}.ini'
    ini.read_string(path.read_text(), str(path))
    return [Trial(section, ini[section], domain) for section in ini.sections()]


class Runner:
    """Of the program, in one lab. Everything that it ever says is kept in `outputs`."""

    def __init__(self, lab, program, schema_folder, tap, slowness):
        self.lab = lab
        self.program = pathlib.Path(program).resolve()
        self.schema_folder = schema_folder
        self.tap = tap
        self.slowness = slowness
        self.password = (lab.place / 'password').read_text()
        self.outputs = []
        self.tokens = []

    def run(self, *words, secret='', environment=None, before=(), seconds=90):
        """Runs the program where the client is; the secret goes in by file descriptor 3."""
        with tempfile.NamedTemporaryFile('w', dir=self.lab.folder) as file:
            file.write(secret)
            file.flush()
            # Those of ours that `lab exec` would take away, as proxies.
            variables = [f'{name}={value}' for name, value in (environment or {}).items()]
            began = time.monotonic()
            done = subprocess.run(
                [self.lab.script, 'exec', self.lab.place, 'env', *variables, *before,
                 'sh', '-c', 'exec "$0" "$@" 3<"$TL_TEST_SECRET"', self.program, *words],
                capture_output=True, timeout=seconds * self.slowness, stdin=subprocess.DEVNULL,
                env=dict(os.environ, TL_TEST_SECRET=file.name))
        return self.keep(Run(done, time.monotonic() - began))

    def keep(self, run):
        self.outputs.append(run.said)
        return run

    def test(self, trial, kind='', **more):
        """`kind`, or `secret` of the trial, is `right`, `wrong`, or `token` and for how many seconds it is good."""
        kind, _, seconds = (kind or trial['secret'] or 'right').partition(' ')
        option = '--token-fd' if kind == 'token' else '--password-fd'
        if kind == 'token':
            secret = peers.token(trial.user, int(seconds))
            self.tokens.append(secret)
        else:
            secret = {'right': self.password, 'wrong': WRONG}[kind]
        return self.run('test', trial.address, '--json', '--user', trial.user, '--incoming', trial['incoming'],
                        '--outgoing', trial['outgoing'], option, '3', secret=secret, **{
                            'environment': dict(word.split('=', 1) for word in trial['environment'].split()),
                            'before': trial['before'].split(), **more})

    def judge(self, trial, run, attempts=None):
        """One claim a trial: everything at once is right. Says all that is not."""
        wrong = list(self.complaints(trial, run))
        if trial['attempts'] and attempts is not None:
            wanted = sorted(trial.lines('attempts'))
            if sorted(attempts) != wanted:
                wrong.append(f'sign-ins: {attempts}, wanted {wanted}')
        self.tap.claim(trial.path, not wrong, '\n'.join([*wrong, str(run)]))

    def complaints(self, trial, run):
        if int(trial['status'] or 0) != run.status:
            yield f'status {run.status}, wanted {trial["status"] or 0}'
        why = schemas.complaint(self.schema_folder, 'test', run.json) if run.json else 'no document'
        if why:
            yield f'schema: {why}'
            return
        findings = sorted(f'{finding["lane"]}:{finding["id"]}' for finding in run.json['findings'])
        if findings != sorted(trial['findings'].split()):
            yield f'findings: {findings}'
        verdicts = [run.json[lane]['verdict'] for lane in ('incoming', 'outgoing')]
        if verdicts != (trial['verdicts'] or 'ok ok').split():
            yield f'verdicts: {verdicts}'
        for line in trial.lines('evidence'):
            where, name, pattern = line.split(' ', 2)
            lane, _, finding = where.partition(':')
            values = [one['evidence'].get(name) for one in run.json['findings']
                      if (one['lane'], one['id']) == (lane, finding)]
            if not any(fnmatch.fnmatchcase(plain(value), pattern) for value in values):
                yield f'evidence: {line}: {values}'
        if trial['seconds']:
            least, most = (float(word) for word in trial['seconds'].split())
            if not least <= run.seconds <= most * self.slowness:
                yield f'{run.seconds:.2f} s, wanted {trial["seconds"]}'
        for lane in ('incoming', 'outgoing'):
            yield from self.lane_complaints(trial, lane, run.json[lane])

    @staticmethod
    def lane_complaints(trial, lane, found):
        facts = found.get('facts') or {}
        for line in trial.lines(f'{lane}.facts'):
            name, _, pattern = line.partition(' ')
            if not fnmatch.fnmatchcase(plain(facts.get(name)), pattern):
                yield f'{lane}.facts: {line}: {facts.get(name)}'
        if trial[f'{lane}.tls'] and (found['tls'] or {}).get('version') != trial[f'{lane}.tls']:
            yield f'{lane}.tls: {found["tls"]}'
        missing = set(trial[f'{lane}.has'].split()) - set(found['capabilities'])
        if missing:
            yield f'{lane}.has: {missing} is not among {found["capabilities"]}'
        folders = sorted(f'{folder["name"]}:{folder["role"] or ""}' for folder in found['folders'])
        if trial[f'{lane}.folders'] and folders != sorted(trial[f'{lane}.folders'].split()):
            yield f'{lane}.folders: {folders}'


def plain(value):
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


class Run:
    def __init__(self, done, seconds):
        self.said = done.stdout + done.stderr
        self.stderr = done.stderr.decode()
        self.status = done.returncode
        self.seconds = seconds
        try:
            self.json = json.loads(done.stdout)
        except ValueError:
            self.json = None

    def __str__(self):
        if not self.json:
            return f'status {self.status} after {self.seconds:.2f} s\n{self.said.decode("utf-8", "replace")}'
        lanes = {lane: {key: self.json[lane].get(key) for key in ('verdict', 'facts', 'stages')}
                 for lane in ('incoming', 'outgoing') if lane in self.json}
        return (f'status {self.status} after {self.seconds:.2f} s\n{json.dumps(self.json["findings"])}\n'
                f'{json.dumps(lanes)}\n{self.stderr}')


# ---- what went over the wire ------------------------------------------------------------------------

# Runs in the client's namespace: every frame of its one device, whole, after four bytes of length.
SNIFFER = '''
import socket, struct, sys
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
wire.bind((sys.argv[1], 0))
print('listening', flush=True)
out = open(sys.argv[2], 'wb', 0)
while True:
    frame = wire.recv(65536)
    out.write(struct.pack('>I', len(frame)) + frame)
'''


class Capture:
    """Of everything that the client of `lab` sends and receives, until stop()."""

    def __init__(self, lab):
        self.path = lab.folder / 'capture'
        self.process = subprocess.Popen(
            [lab.script, 'exec', lab.place, '/usr/bin/python3', '-c', SNIFFER, 'wire0', self.path],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        if self.process.stdout.readline() != b'listening\n':
            raise RuntimeError('nobody listens on the wire')

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def streams(self):
        """The bytes of each direction of each TCP connection, one after the other as they came; and all others."""
        streams, rest = {}, bytearray()
        data = self.path.read_bytes()
        at = 0
        while at + 4 <= len(data):
            (length,) = struct.unpack_from('>I', data, at)
            frame = data[at + 4:at + 4 + length]
            at += 4 + length
            key, payload = dissect(frame)
            if key:
                streams.setdefault(key, bytearray()).extend(payload)
            else:
                rest += frame
        return [bytes(stream) for stream in streams.values()] + [bytes(rest)]


def dissect(frame):
    """Connection and payload of a TCP segment; no connection for anything else. Ethernet is taken for granted."""
    kind, packet = frame[12:14], frame[14:]
    if kind == b'\x08\x00' and packet[9] == socket.IPPROTO_TCP:
        head = (packet[0] & 15) * 4
        addresses, segment = packet[12:20], packet[head:struct.unpack_from('>H', packet, 2)[0]]
    elif kind == b'\x86\xdd' and packet[6] == socket.IPPROTO_TCP:
        addresses, segment = packet[8:40], packet[40:40 + struct.unpack_from('>H', packet, 4)[0]]
    else:
        return None, frame
    return (addresses, segment[:4]), segment[(segment[12] >> 4) * 4:]


def encodings(secret):
    """Every form in which a secret might be found, by name."""
    raw = secret.encode()
    yield 'raw', raw
    yield 'reversed', raw[::-1]
    yield 'URL', urllib.parse.quote(secret, safe='').encode()
    yield 'hex', raw.hex().encode()
    yield 'HEX', raw.hex().upper().encode()
    yield 'UTF-16', secret.encode('utf-16-le')
    yield 'UTF-16, other end first', secret.encode('utf-16-be')
    yield 'JSON', json.dumps(secret)[1:-1].encode()
    for shift in range(3):
        # All but the letters that depend on the neighbours.
        whole = base64.b64encode(b'\0' * shift + raw).rstrip(b'=')
        yield f'base64, shift {shift}', whole[(0, 2, 3)[shift]:(len(raw) + shift) * 8 // 6]


def hits(secret, blobs):
    return [name for name, needle in encodings(secret) for blob in blobs if needle in blob]


def claim_no_secret(tap, what, secrets, blobs):
    """That none of `secrets` is in any of `blobs`, and that each would have been found in each form."""
    found = [name for secret in secrets for name in hits(secret, blobs)]
    tap.claim(f'{what}: no secret in {sum(map(len, blobs))} bytes', blobs and not found, found)
    missed = []
    for secret in secrets:
        missed += [name for name, needle in encodings(secret) if not hits(secret, [b'..' + needle + b'..'])]
        # At each place in a group of base 64, as SASL has it.
        missed += [f'SASL after {start!r}' for start in ('\0ada@peers.test\0', '\0a@peers.test\0', '\0ad@peers.test\0')
                   if not hits(secret, [base64.b64encode(f'{start}{secret}\1'.encode())])]
    tap.claim(f'{what}: and each would have been found', not missed, missed)


def claim_capture_works(tap, lab, capture, secret):
    """Says the secret in the clear, and finds it on the wire."""
    said = base64.b64encode(f'\0ada\0{secret}'.encode()).decode()
    lab.run('/usr/bin/python3', '-c', 'import socket, sys; '
            'socket.create_connection(("198.51.100.11", 143), 5).sendall(sys.argv[1].encode())', said)
    tap.claim('/lab/P1/planted: one that is said in the clear is seen on the wire',
              laboratory.until(5, lambda: hits(secret, capture.streams())))
