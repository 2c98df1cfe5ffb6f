// SPDX-License-Identifier: GPL-3.0-or-later

// smtp-server with TLS on 465 and STARTTLS on 587, for whom the lab says:
//
//   node smtp.js MODULES ADDRESS PEM ACCOUNTS
//
// where the last is a file with "USER: PASSWORD" lines.
//
// Prints a line for each sign-in that was tried, as `lab attempts` does. What it takes it forgets.

'use strict';

const fs = require('fs');
const [modules, address, pem, accountsFile] = process.argv.slice(2);
const accounts = fs.readFileSync(accountsFile, 'utf8').trim().split('\n').map(line => line.split(': '));
const { SMTPServer } = require(modules + '/smtp-server');
const passwords = new Map(accounts);

const options = {
  name: 'smtp-server.peers.test',
  key: fs.readFileSync(pem),
  cert: fs.readFileSync(pem),
  authMethods: ['PLAIN', 'LOGIN'],
  size: 10 * 1024 * 1024,
  onAuth(auth, session, callback) {
    const right = passwords.has(auth.username) && passwords.get(auth.username) === auth.password;
    console.log('smtp', auth.method, right ? 'accepted' : 'refused', auth.username);
    callback(right ? null : new Error('Invalid username or password'), right ? { user: auth.username } : undefined);
  },
  onData(stream, session, callback) {
    stream.on('end', callback);
    stream.resume();
  },
};

for (const [port, secure] of [[465, true], [587, false]]) {
  const server = new SMTPServer({ ...options, secure });
  // A client that hangs up is no reason to end.
  server.on('error', error => console.error(error.message));
  server.listen(port, address, () => console.log('listening', port));
}
