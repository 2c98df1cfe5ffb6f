# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's other mail servers, each at its address in etc/zones/peers.test.zone: what they are started with, and
their start. Users are `CASE@peers.test`, so that any number of cases runs at once and each finds its own sign-ins.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import re
import shutil
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
# Dovecots, by the name of their machine: what they offer.
DOVECOTS = {
    'plain': 'plain', 'login': 'login', 'cram-md5': 'cram-md5', 'scram-sha-1': 'scram-sha-1',
    'scram-sha-256': 'scram-sha-256', 'xoauth2': 'xoauth2', 'oauthbearer': 'oauthbearer', 'strict': 'plain',
    'penalty': 'plain', 'two': 'plain',
}
# What Postfix does differently for some machines, as options of master.cf.
POSTFIXES = {
    'closed': ['smtpd_relay_restrictions=reject_unauth_destination', 'smtpd_sender_restrictions=permit'],
    'open': ['smtpd_sasl_auth_enable=no', 'mynetworks=192.0.2.0/24 [2001:db8::]/32', 'smtpd_sender_restrictions=permit',
             'smtpd_client_restrictions=permit_mynetworks,reject', 'smtpd_relay_restrictions=permit_mynetworks,reject'],
    'grey': ['smtpd_recipient_restrictions=check_recipient_access inline:{ {peers.test = 450 4.2.0 '
             'Greylisted, please try again in 300 seconds} }'],
}
# Where Postfix puts the mail of some: behind the home, or nowhere.
DELIVERED_TO = {'loop-inbox': '', 'loop-failing': '', 'loop-junk': '.Junk/', 'loop-archive': '.Archive/',
                'loop-lost': None}
# What the host that takes mail in says of it, by the machine that it was handed to.
JUDGED = {
    'plain': 'spf=pass smtp.mailfrom=peers.test; dkim=pass header.d=peers.test header.s=lab; dmarc=pass '
             'header.from=peers.test',
    'login': 'spf=softfail smtp.mailfrom=peers.test; dkim=none; dmarc=fail header.from=peers.test',
}
TOKEN_KEY = b'a key that the lab and its Dovecots share'


def addresses(zone):
    """By name: all addresses that a zone of the lab has for it."""
    found = {}
    for name, address in re.findall(r'^(\S+) A{1,4}\w* (\S+)$', (HERE / f'etc/zones/{zone}.zone').read_text(), re.M):
        found.setdefault(name, []).append(address)
    return found


def token(user, seconds):
    """A bearer token for `user` that ends in so many seconds."""
    def part(what):
        return base64.urlsafe_b64encode(json.dumps(what).encode()).rstrip(b'=')

    now = int(time.time())
    text = part({'alg': 'HS256', 'typ': 'JWT'}) + b'.' + part(
        {'sub': user, 'email': user, 'iat': min(now, now + seconds) - 60, 'exp': now + seconds})
    proof = hmac.new(TOKEN_KEY, text, hashlib.sha256).digest()
    return (text + b'.' + base64.urlsafe_b64encode(proof).rstrip(b'=')).decode()


class Peers:
    """In `lab`, from the folder that peers.sh has filled; `missing` says what is not there and why."""

    zone = 'peers.test'
    # Addresses that the machine has already.
    borrowed = frozenset()

    def __init__(self, lab, fetched):
        self.lab = lab
        self.fetched = pathlib.Path(fetched).resolve()
        self.place = lab.place / 'server/peers'
        self.password = (lab.place / 'password').read_text()
        self.where = addresses(self.zone)
        self.missing = {}
        self.script = ['set -e', 'cd /run/lab/peers']
        self.awaited = {}
        self.process = None
        self.accounts = []
        self.place.mkdir()

    def start(self, users, accounts):
        """Starts all. `users` is {machine: [(user, {service: password}, extra fields)]} for the
        Dovecots; `accounts` are the
        local parts that all others know, with the lab's password."""
        self.accounts = accounts
        self.write('accounts', ''.join(f'{name}@peers.test: {self.password}\n' for name in accounts)).chmod(0o600)
        for name in DOVECOTS:
            self.add_dovecot(name, users.get(name, []))
        self.add_postfixes()
        self.add_imap4d()
        self.add_exim()
        self.add_node('hoodiecrow', 'imap.js', (143, 993))
        self.add_node('smtp-server', 'smtp.js', (465, 587))
        self.launch()

    def launch(self):
        """Adds the addresses to the machine, runs what was prepared, and waits for it."""
        flat = {address for some in self.where.values() for address in some} - self.borrowed
        self.script[2:2] = [
            f'ip address add {address}/{128 if ":" in address else 32} dev lo {"nodad" if ":" in address else ""}'
            for address in sorted(flat)]
        with open(self.lab.logs / 'peers.out', 'wb') as log:
            self.process = subprocess.Popen(
                [self.lab.script, 'server', self.lab.place, 'sh', '-c', '\n'.join([*self.script, 'wait'])],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait()

    def wait(self):
        """Until all listen that were started, for 20 seconds at most."""
        script = """
import socket, sys, time
end = time.monotonic() + 20
for place in sys.argv[1:]:
    while True:
        try:
            socket.create_connection(place.split(','), 5).close()
            break
        except OSError as error:
            if time.monotonic() > end:
                sys.exit(f'{place}: {error}')
            time.sleep(0.03)
"""
        places = [f'{address},{port}' for address, ports in self.awaited.items() for port in ports]
        done = self.lab.command('server', self.lab.place, 'python3', '-c', script, *places)
        if done.returncode:
            raise RuntimeError(f'{done.stderr}\n' + self.lab.new_text('peers.out')[-2000:])

    def write(self, path, text):
        path = self.place / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def template(self, name, **values):
        text = (HERE / 'peers' / name).read_text()
        for key, value in values.items():
            text = text.replace(f'@{key}@', value)
        return text

    def add_dovecot(self, name, users, mechanisms='', oauth2=''):
        """As DOVECOTS says, or with `mechanisms` of its own; `oauth2` says how it judges tokens, if not by TOKEN_KEY."""
        address = self.where[name][0]
        config = self.template('dovecot.conf', NAME=name, ADDRESS=address, MECHANISMS=mechanisms or DOVECOTS[name],
                               PENALTY='0600' if name == 'penalty' else '0')
        extra = HERE / f'peers/dovecot-{name}.conf'
        if extra.exists():
            config += extra.read_text()
        self.write(f'{name}/dovecot.conf', config)
        for service in ('imap', 'smtp'):
            self.write(f'{name}/users.{service}', ''.join(
                f'{user}:{{PLAIN.b64}}{base64.b64encode(passwords[service].encode()).decode()}::::::{fields}\n'
                for user, passwords, fields in users))
        if name == 'strict':
            # More than its quota takes.
            self.script.append(
                'cd /run/lab/mail; mkdir -p peers.test/full/Maildir/new peers.test/full/Maildir/cur '
                'peers.test/full/Maildir/tmp; { printf "Subject: long\\n\\n"; head -c 5000 /dev/zero | tr "\\0" x; } '
                '>peers.test/full/Maildir/new/1.long; chown -R 5000:5000 peers.test; cd /run/lab/peers')
            self.write('strict/acl', 'INBOX user=unreadable@peers.test l\nINBOX user=hidden@peers.test k\n')
        self.write(f'{name}/keys/default/HS256/default', base64.b64encode(TOKEN_KEY).decode())
        self.write(f'{name}/oauth2.conf', oauth2 or 'introspection_mode = local\n'
                   f'local_validation_key_dict = fs:posix:prefix=/run/lab/peers/{name}/keys/\n')
        self.script.append(f'mkdir -p /run/dovecot-{name}; dovecot -F -c {name}/dovecot.conf &')
        self.awaited[address] = [143, 993]

    def listener(self, name, auth, domain, options):
        """Lines of master.cf: one more, that asks the Dovecot `auth` about who signs in."""
        address = self.where[name][0]
        lines = ''
        for port, wrapped in ((465, 'yes'), (587, 'no')):
            all_options = [f'myhostname={name}.{domain}', f'smtpd_tls_wrappermode={wrapped}',
                           'smtpd_tls_chain_files=/run/lab/tls/hub.test.pem',
                           f'smtpd_sasl_path=/run/lab/peers/{auth}/auth',
                           'smtpd_sender_login_maps=regexp:{{/(.*)/ $$1}}', 'smtpd_reject_unlisted_recipient=no',
                           *options]
            lines += f'{address}:{port} inet n - n - - smtpd\n' + ''.join(
                f'  -o {{ {option} }}\n' for option in all_options)
        self.awaited.setdefault(address, []).extend([465, 587])
        return lines

    def add_postfixes(self):
        """Listeners more for the Postfix that runs: one beside each Dovecot, and those of POSTFIXES."""
        lines = ''
        for name in [*DOVECOTS, *POSTFIXES]:
            options = [*([f'cleanup_service_name=cleanup-{name}'] if name in JUDGED else []), *POSTFIXES.get(name, [])]
            lines += self.listener(name, name if name in DOVECOTS else 'plain', 'peers.test', options)
        for name, words in JUDGED.items():
            lines += (f'cleanup-{name} unix n - n - 0 cleanup\n  -o {{ header_checks = regexp:{{{{/^Received:/ PREPEND '
                      f'Authentication-Results: mx.peers.test; {words}}}}} }}\n')
        lost = ' '.join(f'{{{name}@peers.test = discard:}}' for name, folder in DELIVERED_TO.items() if folder is None)
        for file, more in (('etc/master.cf', lines), ('etc/main.cf', f'transport_maps = inline:{{ {lost} }}\n'),
                           ('made/mailboxes', ''.join(
                               f'{name}@peers.test peers.test/{name}/Maildir/{folder or ""}\n'
                               for name, folder in DELIVERED_TO.items()))):
            with open(self.lab.place / 'server' / file, 'a') as written:
                written.write(more)
        # Postfix waits for a file that was written this second.
        self.script.append("touch -d '1 hour ago' /run/lab/etc/m*.cf /run/lab/made/mailboxes; "
                           'kill -HUP $(cat /run/lab/run/postfix)')

    def add_imap4d(self):
        if not shutil.which('imap4d') and not pathlib.Path('/usr/sbin/imap4d').exists():
            self.missing['imap4d'] = 'GNU Mailutils imap4d is not installed'
            return
        address = self.where['imap4d'][0]
        self.write('imap4d/imap4d.conf', self.template('imap4d.conf', ADDRESS=address))
        crypted = subprocess.run(['openssl', 'passwd', '-6', '-stdin'], input=self.password, text=True,
                                 capture_output=True, check=True).stdout.strip()
        self.write('imap4d/domains/peers.test', ''.join(
            f'{user}:{crypted}:5000:5000::/run/lab/peers/imap4d/home/{user}:/bin/sh\n' for user in self.accounts))
        self.write('imap4d/cram', ''.join(
            f'{user}@peers.test\t{self.password}\n' for user in self.accounts)).chmod(0o600)
        self.script += ['openssl pkey -in /run/lab/tls/hub.test.pem -out imap4d/key.pem',
                        'cp /run/lab/tls/hub.test.crt imap4d/cert.pem',
                        'mkdir -p imap4d/home imap4d/mail; chown -R 5000:5000 imap4d/home imap4d/mail',
                        'PATH=$PATH:/usr/sbin imap4d '
                        '--config-file=/run/lab/peers/imap4d/imap4d.conf >/run/lab/log/imap4d.log 2>&1 &']
        self.awaited[address] = [143, 993]

    def add_exim(self):
        root = self.fetched / 'exim'
        if not (root / 'usr/sbin/exim4').exists():
            self.missing['exim'] = 'peers.sh could not fetch Exim'
            return
        v4, v6 = self.where['exim']
        shutil.copytree(root / 'usr', self.place / 'exim/usr', ignore=shutil.ignore_patterns('share', 'include'))
        self.write('exim/exim.conf', (HERE / 'peers/exim.conf').read_text())
        # Exim insists on a system user of its own, which is there for nobody but it.
        self.script += [
            'mkdir -p exim/spool; cp accounts exim/users; cp /run/lab/tls/hub.test.pem exim/key.pem; '
            'chown -R 5001:5001 exim/spool exim/users exim/key.pem; : >/run/lab/log/exim-main.log; '
            'chown 5001:5001 /run/lab/log/exim-main.log; chmod 777 /run/lab/log',
            '(cat /etc/passwd; echo Debian-exim:x:5001:5001::/:/bin/false) >exim/passwd',
            '(cat /etc/group; echo Debian-exim:x:5001:) >exim/group',
            'libraries=$(find "$PWD/exim/usr/lib" -name "*.so*" -printf "%h\\n" | sort -u | paste -sd :)',
            'LD_LIBRARY_PATH=$libraries unshare --mount sh -ec "mount --bind exim/passwd /etc/passwd; '
            'mount --bind exim/group /etc/group; exec exim/usr/sbin/exim4 -bdf -C /run/lab/peers/exim/exim.conf '
            f"-DOLD_ADDRESS={v4} -DNEW_ADDRESS='{v6.replace(':', '::')}'\" &"]
        self.awaited.update({v4: [465, 587], v6: [465, 587]})

    def add_node(self, name, program, ports):
        if not shutil.which('node') or not (self.fetched / 'node/complete').exists():
            self.missing[name] = 'peers.sh could not fetch it with npm'
            return
        address = self.where[name][0]
        self.script.append(f'node --no-deprecation {HERE}/peers/{program} {self.fetched}/node/node_modules {address} '
                           f'/run/lab/tls/hub.test.pem /run/lab/peers/accounts '
                           f'>/run/lab/log/{name}.log 2>&1 &')
        self.awaited[address] = list(ports)
