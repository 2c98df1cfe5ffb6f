// SPDX-License-Identifier: GPL-3.0-or-later

// hoodiecrow-imap with TLS on 993 and STARTTLS on 143, for whom the lab says:
//
//   node imap.js MODULES ADDRESS PEM ACCOUNTS
//
// where the last is a file with "USER: PASSWORD" lines.
//
// Prints a line for each answer about a sign-in, as `lab attempts` does.

'use strict';

const fs = require('fs');
const [modules, address, pem, accountsFile] = process.argv.slice(2);
const accounts = fs.readFileSync(accountsFile, 'utf8').trim().split('\n').map(line => line.split(': '));
const hoodiecrow = require(modules + '/hoodiecrow-imap');

const common = {
  plugins: ['AUTH-PLAIN', 'SASL-IR', 'ID', 'IDLE', 'LITERALPLUS', 'NAMESPACE', 'SPECIAL-USE', 'UIDPLUS', 'UNSELECT'],
  id: { name: 'hoodiecrow', version: '2.1.0' },
  credentials: { key: fs.readFileSync(pem), cert: fs.readFileSync(pem) },
  users: Object.fromEntries(accounts.map(([user, password]) => [user, { password }])),
};
const storage = () => ({
  INBOX: {},
  '': { folders: { Sent: { 'special-use': '\\Sent' }, Spam: { 'special-use': '\\Junk' } } },
});

const log = connection => {
  const send = connection.send;
  connection.send = function (response, description, ...rest) {
    const outcome = /^(?:AUTHENTICATE (\S+)|LOGIN) (SUCCESS|FAILED)/.exec(description);
    if (outcome) {
      console.log('imap', outcome[1] || 'LOGIN', outcome[2] === 'SUCCESS' ? 'accepted' : 'refused');
    }
    return send.call(this, response, description, ...rest);
  };
};

const secure = hoodiecrow({ ...common, storage: storage(), secureConnection: true });
const upgraded = hoodiecrow({
  ...common,
  storage: storage(),
  plugins: [...common.plugins, 'STARTTLS', 'LOGINDISABLED'],
});
for (const [server, port] of [[secure, 993], [upgraded, 143]]) {
  server.connectionHandlers.push(log);
  server.listen(port, address, () => console.log('listening', port));
}
