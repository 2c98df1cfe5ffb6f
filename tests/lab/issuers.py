# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-in at a provider's page in the lab: authorization servers (peers/issuer.mjs), the Dovecots and Postfix
listeners that take their tokens, and mailboxes that several people share. See etc/zones/oauth*.zone, shared.test.zone.
"""

import json
import pathlib
import shutil

import peers

HERE = pathlib.Path(__file__).resolve().parent
MAIL = 'urn:ietf:params:oauth:scope:mail'
GMAIL = 'https://mail.google.com/'
OUTLOOK = ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send']
CLIENT = 'twolane-lab'
# By domain: what its issuer is like, as issuer.mjs reads it.
ISSUERS = {
    'oauth': {},
    'oauth-short': {'clients': {CLIENT: 10}},
    'oauth-register': {'clients': {}, 'registers': True},
    'oauth-none': {'clients': {}},
    'oauth-mixup': {'mood': 'mix-up'},
    'oauth-imap-only': {},
    'oauth-hasty': {'mood': 'hasty'},
}
# Dovecots: how they let people in, and which of our issuers' scopes they want to see.
DOVECOTS = {
    'both': ('xoauth2 oauthbearer', MAIL), 'xoauth2': ('xoauth2', MAIL), 'oauthbearer': ('oauthbearer', MAIL),
    'sending': ('xoauth2 oauthbearer', OUTLOOK[1]), 'shared': ('plain login', ''), 'relay': ('plain login', ''),
}
USERS = ('ada', 'ben', 'less')


class Issuers(peers.Peers):
    """In `lab`, from the folder that peers.sh has filled."""

    zone = 'oauth.test'
    borrowed = frozenset(['198.51.100.30'])

    def available(self):
        """Why not, or nothing."""
        if not shutil.which('node'):
            return 'node is not installed'
        if not (self.fetched / 'node/node_modules/oidc-provider').exists():
            return 'peers.sh could not fetch oidc-provider with npm'
        return ''

    def start(self):
        self.accounts = [f'{user}@{domain}.test' for domain in ISSUERS for user in USERS]
        config = {f'{domain}.test': {'clients': {CLIENT: 3600}, 'registers': False, 'mood': '',
                                     'scopes': [MAIL, GMAIL, *OUTLOOK, 'email'], **one}
                  for domain, one in ISSUERS.items()}
        self.write('issuers/issuers.json', json.dumps(config))
        self.write('issuers/accounts', ''.join(
            f'{address}: {self.password}\n' for address in self.accounts)).chmod(0o600)
        for name in ('events', 'secrets'):
            self.write(f'issuers/{name}', '').chmod(0o600)
        self.script.append(f'node --no-deprecation {HERE}/peers/issuer.mjs {self.fetched}/node/node_modules '
                           f'{self.where["login"][0]} /run/lab/tls/hub.test.pem /run/lab/peers/issuers '
                           '>/run/lab/log/issuer.log 2>&1 &')
        self.awaited[self.where['login'][0]] = [443]
        known = {'shared': ['ada@shared.test', 'sales@shared.test', 'ben@shared.test'], 'relay': ['apikey']}
        for name, (mechanisms, scope) in DOVECOTS.items():
            people = known.get(name, self.accounts)
            passwords = {'imap': self.password, 'smtp': self.password}
            self.add_dovecot(name, [(user, passwords, '') for user in people], mechanisms,
                             f'introspection_mode = post\nintrospection_url = http://127.0.0.1:8070/{name}\n'
                             'active_attribute = active\nactive_value = true\nusername_attribute = username\n'
                             f'scope = {scope}\nopenid_configuration_url = '
                             'https://login.oauth.test/.well-known/openid-configuration\n')
        self.share()
        lines = ''.join(self.listener(name, name, 'oauth.test', self.options(name)) for name in DOVECOTS)
        with open(self.lab.place / 'server/etc/master.cf', 'a') as written:
            written.write(lines)
        self.script.append("touch -d '1 hour ago' /run/lab/etc/m*.cf; kill -HUP $(cat /run/lab/run/postfix)")
        self.launch()

    @staticmethod
    def options(name):
        if name == 'relay':
            # Sends for whoever pays.
            return ['smtpd_sender_restrictions=permit']
        if name == 'shared':
            return ['smtpd_sender_login_maps=texthash:/run/lab/peers/shared/senders']
        return []

    def share(self):
        """ada may be sales@shared.test: as its master, and in its folder; ben may look into the folder, no more."""
        self.write('shared/masters', f'ada@shared.test:{{PLAIN}}{self.password}\n')
        self.write('shared/senders', 'ada@shared.test ada@shared.test\nben@shared.test ben@shared.test\n'
                   'sales@shared.test sales@shared.test,ada@shared.test\n')
        self.write('shared/sales.acl', 'user=ada@shared.test lrwstipekxa\nuser=ben@shared.test lr\n'
                   'user=sales@shared.test lrwstipekxa\n')
        self.script.append(
            'mkdir -p /run/lab/mail/shared.test/sales/Maildir; '
            'cp shared/sales.acl /run/lab/mail/shared.test/sales/Maildir/dovecot-acl; '
            'printf "shared/shared-boxes/user/ada@shared.test/sales@shared.test\\n1\\n'
            'shared/shared-boxes/user/ben@shared.test/sales@shared.test\\n1\\n" >/run/lab/mail/shared.test/boxes; '
            'chown -R 5000:5000 /run/lab/mail/shared.test')

    def events(self):
        """Everything that was asked of the issuers, and by mail servers of them; dictionaries."""
        return [json.loads(line) for line in (self.place / 'issuers/events').read_text().splitlines()]

    def secrets(self):
        """Every code, token and verifier that was ever here."""
        return (self.place / 'issuers/secrets').read_text().split()
