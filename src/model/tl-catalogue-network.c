/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-catalogue-tables.h"

#include <glib/gi18n-lib.h>

/* Translators: the words of the findings are read by people who may never have
 * set up a mailbox. “Incoming” and “outgoing” are the two lanes of a mailbox.
 * Words in braces, such as {host}, are replaced by values and stay as they are. */
const TlCatalogueEntry tl_catalogue_network[] = {
  { "resolve.nxdomain", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name or the part of an address behind the @ */
    N_("Nothing on the internet is called {host}"),
    N_("The internet’s directory of names says that this name does not exist, which is nearly "
       "always a typing mistake."),
    { { N_("Compare it, letter by letter, with the address you typed and with your provider’s "
           "page."), "edit-settings" },
      { N_("If it is right, ask whoever looks after your email whether the name has "
           "changed."), NULL } } },
  { "resolve.no-address", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} exists, but leads nowhere"),
    N_("The name is known, but no network address is registered for it, so nothing can connect to "
       "it."),
    { { N_("Check whether your provider names another server and enter that "
           "one."), "edit-settings" },
      /* Translators: keep {domain}, a mail domain */
      { N_("Tell whoever looks after the domain {domain} that the name has no "
           "address."), "copy-note" } } },
  { "resolve.servfail", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} could not be looked up"),
    N_("The servers that should answer for this name had a fault of their own, so it is not known "
       "whether the name is right."),
    { { N_("Wait a few minutes and try again."), "retry" },
      { N_("If it stays like this, send the details to whoever runs the mail "
           "server."), "copy-note" } } },
  { "resolve.timeout", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("Looking up {host} took too long"),
    N_("Nobody answered the question where this server is, which usually means a weak connection "
       "or a company network that is still starting up."),
    { { N_("Check that a website opens in your browser."), NULL },
      { N_("If you use a company network from afar (VPN), connect it first."), NULL },
      { N_("Try again."), "retry" } } },
  { "resolve.truncated", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("The answer to where {host} is came cut short"),
    N_("The complete answer is too long for the short way, and this network blocks the long one "
       "(name look-ups over TCP)."),
    { { N_("Try another network, such as your phone’s hotspot."), "retry" },
      { N_("Ask whoever runs this network to allow name look-ups over TCP port "
           "53."), "copy-note" } } },
  { "resolve.dnssec-bogus", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("The address of {host} has a bad signature"),
    N_("The domain signs its records and this answer does not match the signature, so it was "
       "either forged on the way or published with a mistake."),
    { { N_("Do not sign in here. Try again from another network."), "retry" },
      /* Translators: keep {domain}, a mail domain */
      { N_("If it is the same there, tell whoever looks after the domain {domain} that its DNSSEC "
           "signatures are broken."), "copy-note" } } },
  { "resolve.loop", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("The name {host} points in a circle"),
    N_("The name leads to another name and so on without ever reaching a server."),
    /* Translators: keep {domain}, a mail domain */
    { { N_("Tell whoever looks after the domain {domain} that its aliases (CNAME records) never "
           "end."), "copy-note" },
      { N_("If your provider gave you another server name, enter that one."), "edit-settings" } } },
  { "resolve.private-address", TL_SEVERITY_WARNING, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} is a server inside a private network"),
    N_("Its address works only inside one office or home, so an outreach platform out on the "
       "internet could not reach it."),
    { { N_("Ask whoever looks after your email for the server name that works from "
           "outside."), "ask-admin" },
      { N_("Enter that name and test again."), "edit-settings" } } },

  { "connect.refused", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name and {port}, a port number */
    N_("{host} does not take connections on port {port}"),
    N_("The computer is there and said at once that nothing is listening on that port, so the port "
       "number is wrong or the service is switched off."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: usual ports are 993 or 143 for incoming mail, 465 or 587 for "
           "outgoing mail."), "switch-endpoint" },
      { N_("Compare server name and port with what your provider wrote."), "edit-settings" },
      { N_("If they are right, ask your provider whether the service is "
           "running."), "copy-note" } } },
  { "connect.timeout", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name and {port}, a port number */
    N_("{host} did not answer on port {port}"),
    /* Translators: keep {seconds}, like "20 seconds" */
    N_("After {seconds} there was neither a yes nor a no, which is typical of a firewall "
       "that drops mail connections, or of a wrong server name."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: usual ports are 993 or 143 for incoming mail, 465 or 587 for "
           "outgoing mail."), "switch-endpoint" },
      { N_("Try another network, such as your phone’s hotspot: if it works there, this network "
           "blocks mail."), "retry" },
      { N_("Compare server name and port with what your provider wrote."), "edit-settings" },
      { N_("If only this network fails, send the note to whoever runs it."), "copy-note" } } },
  { "connect.filtered", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {port}, a port number and {host}, a server name */
    N_("The network forbids port {port} to {host}"),
    N_("A device on the way answered that this connection is not allowed, so a firewall has a rule "
       "against it."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: usual ports are 993 or 143 for incoming mail, 465 or 587 for "
           "outgoing mail."), "switch-endpoint" },
      { N_("Ask whoever runs this network to allow outgoing connections to this server and "
           "port."), "copy-note" },
      { N_("Meanwhile try another network."), "retry" } } },
  { "connect.unreachable", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("There is no way to {host} from here"),
    N_("This network does not know a route to the server’s address, which happens with "
       "half-connected networks and servers that are down."),
    { { N_("If you use a company network from afar (VPN), connect or disconnect it."), NULL },
      { N_("Try again, and then from another network."), "retry" } } },
  { "connect.offline", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This computer is not connected to the internet"),
    N_("There is no network at all at the moment, so nothing could be tested."),
    { { N_("Connect to a network and check that a website opens in your browser."), NULL },
      { N_("Test again."), "retry" } } },
  { "connect.local-limit", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_LATER,
    N_("This computer has run out of connections"),
    N_("The system refused to open one more connection for this program, so the mail server was "
       "never asked."),
    { { N_("Close other programs and test again."), "retry" },
      { N_("If it keeps happening, restart the computer."), NULL } } },
  { "connect.ports-blocked", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    N_("This network seems to let no mail out"),
    /* Translators: keep {ports_silent} and {ports_open}, lists of port numbers */
    N_("Ports are the numbered doors of a server: all doors for sending ({ports_silent}) stayed "
       "silent while others ({ports_open}) answered, as if a firewall on the way drops what you "
       "send."),
    { { N_("Try another network, such as your phone’s hotspot: if it works there, this network is "
           "in the way."), "retry" },
      { N_("Send the note to whoever runs this network and ask them to allow these "
           "ports."), "copy-note" },
      { N_("If it fails there too, compare the server name with what your provider "
           "wrote."), "edit-settings" } } },
  { "connect.proxy-only", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    N_("Only the web gets out of this network"),
    /* Translators: keep {proxy}, a proxy’s name */
    N_("Everything here goes through a go-between, {proxy}, which lets web pages pass but no "
       "mail."),
    { { N_("Ask whoever runs this network to let this mail server through; the note says what is "
           "needed."), "copy-note" },
      { N_("Or test from another network, such as your phone’s hotspot."), "retry" } } },
  { "connect.banned", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} no longer talks to this network"),
    N_("It answered before and fell silent after failed sign-ins: many servers then shut out the "
       "address of a network for a while."),
    { { N_("Correct the password in other mail programs and phones on this network, or switch them "
           "off."), NULL },
      { N_("Wait an hour and try again, once."), "wait" },
      { N_("Or ask your provider to unblock the address you connect from."), "copy-note" } } },
  { "connect.family-dead", TL_SEVERITY_NOTE, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} answers at only some of its addresses"),
    /* Translators: keep {addresses}, a list of network addresses. IPv4 and IPv6 are names. */
    N_("The internet has two kinds of addresses, IPv4 and IPv6: those of one kind ({addresses}) "
       "stayed silent, and those of the other worked."),
    { { N_("Nothing needs to be done for this mailbox."), NULL },
      { N_("If mail programs are slow to connect here, send the details to whoever runs this "
           "network."), "copy-note" } } },

  { "tls.plaintext-peer", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {port}, a port number and {host}, a server name */
    N_("Port {port} of {host} does not start encrypted"),
    N_("The server speaks first in the clear and upgrades afterwards, so port and kind of "
       "encryption do not fit together."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: ports 143 and 587 go with “STARTTLS”, ports 993 and 465 with "
           "“TLS”."), "switch-endpoint" },
      { N_("Test again."), "retry" } } },
  { "tls.timeout", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("The secure connection to {host} did not come about in time"),
    N_("The connection stood, but the server never finished agreeing on encryption, as happens "
       "when port and kind of encryption do not fit or when a firewall or VPN loses what is "
       "sent."),
    { { N_("Check that the port fits: 993 and 465 are for “TLS”, 143 and 587 for "
           "“STARTTLS”."), "edit-settings" },
      { N_("If you use a company network from afar (VPN), switch it off and test "
           "again."), "retry" },
      { N_("Try another network."), "retry" } } },
  { "tls.expired", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("The security certificate of {host} has expired"),
    /* Translators: keep {not_after}, a date */
    N_("It was valid until {not_after}, and an expired certificate no longer proves that this is "
       "the right server, so no password was sent."),
    { { N_("Check that date and time of this computer are right."), NULL },
      { N_("If they are, tell whoever runs the mail server to renew its "
           "certificate."), "copy-note" },
      { N_("Test again when that is done."), "retry" } } },
  { "tls.expires-soon", TL_SEVERITY_WARNING, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("The security certificate of {host} soon runs out"),
    /* Translators: keep {not_after}, a date, and {days}, “12 days” */
    N_("It is valid until {not_after}, for {days} more; if nobody renews it by then, mail "
       "programs and outreach platforms stop connecting."),
    { { N_("Tell whoever runs the mail server to renew its certificate."), "copy-note" },
      { N_("Test again when that is done."), "retry" } } },
  { "tls.not-yet-valid", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("The security certificate of {host} is not valid yet"),
    /* Translators: keep {not_before}, a date */
    N_("It is valid from {not_before}; most often this means that the clock of this computer is "
       "wrong."),
    { { N_("Set date and time of this computer, best by switching automatic time on."), NULL },
      { N_("If the clock is right, tell whoever runs the mail server."), "copy-note" },
      { N_("Test again."), "retry" } } },
  { "tls.hostname", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("The certificate belongs to another server than {host}"),
    /* Translators: keep {names}, a list of server names and {host}, a server name */
    N_("A certificate is a server’s ID card. This one is for {names}, not for {host}, so it does "
       "not prove who answered, and no password was sent."),
    { { N_("If one of the names on it is your provider’s, use it as the server "
           "name."), "edit-settings" },
      { N_("Otherwise do not sign in here: only the provider, or whoever looks after your email, "
           "can put it right. Send them the note."), "copy-note" } } },
  { "tls.self-signed", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} vouches only for itself"),
    N_("Its certificate was not issued by anyone this computer trusts but by the server itself, so "
       "anybody could have made it; outreach platforms refuse that too."),
    { { N_("Ask whoever runs the mail server for a certificate from a public "
           "authority."), "copy-note" },
      { N_("Compare the server name with what your provider wrote."), "edit-settings" } } },
  { "tls.untrusted-root", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("This computer does not know who vouches for {host}"),
    N_("Whoever issued its certificate is not among the authorities this computer trusts; the "
       "details name them."),
    { { N_("If an antivirus program scans mail on this computer, switch its mail scanning off and "
           "test again."), "retry" },
      { N_("Ask whoever looks after your email whether the company uses its own authority; an "
           "outreach platform will not know it."), "copy-note" } } },
  { "tls.incomplete-chain", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} shows only part of its certificate"),
    N_("The certificates between the server’s own and the authority behind it are missing, so the "
       "proof has a gap; some programs fill it by themselves, many platforms do not."),
    { { N_("Tell whoever runs the mail server to install the intermediate "
           "certificates."), "copy-note" },
      { N_("Test again when that is done."), "retry" } } },
  { "tls.chain-invalid", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("The proof behind the certificate of {host} does not hold"),
    N_("One of the certificates that vouch for it is damaged, out of date or not allowed to vouch "
       "for others."),
    { { N_("Send the details to whoever runs the mail server."), "copy-note" },
      { N_("Try another network, to rule out that this one interferes."), "retry" } } },
  { "tls.no-san", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("The certificate of {host} names no server in today’s form"),
    N_("The name is only in the old place that programs have stopped reading, so the certificate "
       "proves nothing about this server."),
    { { N_("Tell whoever runs the mail server that the certificate needs a subject alternative "
           "name."), "copy-note" } } },
  { "tls.purpose", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("The certificate of {host} is not meant for a server"),
    N_("It was issued for another purpose, such as signing in people, and must not be used for "
       "this one."),
    { { N_("Tell whoever runs the mail server to install a server certificate."), "copy-note" } } },
  { "tls.revoked", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("The certificate of {host} has been withdrawn"),
    N_("Whoever issued it has declared it invalid, which is done when its key may have been "
       "stolen."),
    { { N_("Do not sign in here."), NULL },
      { N_("Tell whoever runs the mail server that the certificate is revoked."), "copy-note" } } },
  { "tls.intercepted", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("Something between you and {host} wants to read along"),
    /* Translators: keep {product}, the name of an antivirus program or firewall */
    N_("A certificate is a server’s ID card. This one was made on the way, by {product}, so others "
       "could read along, and no password was sent."),
    { { N_("If it is an antivirus program on this computer, switch its mail scanning off."), NULL },
      { N_("If it is your company’s firewall, ask for an exception for this "
           "server."), "copy-note" },
      { N_("Test again, or from another network."), "retry" } } },
  { "tls.inspected", TL_SEVERITY_WARNING, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("A security program or firewall reads along on the way to {host}"),
    /* Translators: keep {product}, the name of an antivirus program or firewall */
    N_("The certificate comes from {product} and not from the mail server; this computer is set "
       "up to trust it, and it sees your password and your mail."),
    { { N_("If it is an antivirus program on this computer, switch its mail scanning off and test "
           "again."), "retry" },
      { N_("If it belongs to your company, ask whoever runs this network whether it is meant to "
           "read mail to this server."), "copy-note" },
      { N_("Test from another network to see the mail server’s own certificate."), "retry" } } },
  { "tls.client-cert-required", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} wants a certificate from you"),
    N_("It admits only computers that show a certificate of their own, and neither this program "
       "nor most outreach platforms can."),
    { { N_("Ask whoever looks after your email for a server that takes a sign-in with user name "
           "and password."), "ask-admin" } } },
  { "tls.version", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} offers only encryption that is too old"),
    /* Translators: keep {wanted} and {tls_version}, versions such as TLSv1.2 and TLSv1 */
    N_("The minimum is {wanted}, and this server answers with {tls_version}, so no password was "
       "sent."),
    { { N_("Ask whoever runs the mail server to switch on TLS 1.2 and 1.3."), "copy-note" },
      { N_("Check whether your provider has a newer server name."), "edit-settings" } } },
  { "tls.weak", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("The encryption of {host} is too weak"),
    N_("Key, signature or cipher is so short or so old that it can be broken, so no password was "
       "sent."),
    { { N_("Ask whoever runs the mail server for a stronger certificate and current "
           "ciphers."), "copy-note" } } },
  { "tls.oversized", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("The certificate of {host} is far too big"),
    N_("It is larger than this program accepts from a stranger, which points to a mistake on the "
       "server."),
    { { N_("Send the details to whoever runs the mail server."), "copy-note" } } },
  { "tls.inconsistent", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("Not every machine behind {host} has a good certificate"),
    N_("Several machines share this name and only some of them passed, so sign-in would fail now "
       "and then."),
    { { N_("Tell whoever runs the mail server which addresses answered badly; the note lists "
           "them."), "copy-note" },
      { N_("Test again later."), "retry" } } },
  { "tls.handshake", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} and this computer could not agree on encryption"),
    N_("The server broke off while the secure connection was being set up."),
    { { N_("Check that the port fits: 993 and 465 are for “TLS”, 143 and 587 for "
           "“STARTTLS”."), "edit-settings" },
      { N_("Try another network, to rule out a firewall."), "retry" },
      { N_("Send the details to whoever runs the mail server."), "copy-note" } } },

  { "greet.timeout", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} accepted the connection and then said nothing"),
    /* Translators: keep {seconds}, like "20 seconds" */
    N_("A mail server greets first; after {seconds} of silence the server is overloaded or "
       "the port is for something else."),
    { { N_("Check server name and port: 993 and 465 go with “TLS”, 143 and 587 with "
           "“STARTTLS”."), "edit-settings" },
      { N_("Wait a few minutes and try again."), "retry" } } },
  { "greet.rejected", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} does not want to talk to this network"),
    N_("It turned the connection away in its first sentence, usually because of the address you "
       "connect from."),
    { { N_("Read the server’s own words below: they often name the reason."), NULL },
      { N_("Try another network, and switch off any VPN."), "retry" },
      { N_("Send the details to whoever runs the mail server."), "copy-note" } } },
  { "greet.busy", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} is too busy right now"),
    N_("The server said in its first sentence that it cannot take this connection at the moment."),
    { { N_("Close other mail programs that use this mailbox."), NULL },
      { N_("Wait ten minutes and try again."), "wait" } } },
  { "greet.wrong-service", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} is not the kind of server expected here"),
    /* Translators: keep {port}, a port number */
    N_("On port {port} there is another kind of server, for example the outgoing one in the place "
       "of the incoming one, or a website."),
    { { N_("Check that incoming and outgoing server are not swapped."), "edit-settings" },
      /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
      { N_("Switch to {endpoint}: usual ports are 993 for incoming mail, 465 or 587 for outgoing "
           "mail."), "switch-endpoint" } } },
  { "greet.tls-expected", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {port}, a port number and {host}, a server name */
    N_("Port {port} of {host} wants encryption from the start"),
    N_("The server waits for an encrypted connection while this program waited for a greeting, so "
       "port and kind of encryption do not fit together."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: on this port the kind of encryption is "
           "“TLS”."), "switch-endpoint" },
      { N_("Test again."), "retry" } } },

  { "upgrade.not-offered", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name and {port}, a port number */
    N_("{host} offers no encryption on port {port}"),
    N_("Without it your password could be read on the way, so it was not sent."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: encrypted from the start (“TLS”) are 993 for incoming mail and "
           "465 for outgoing mail."), "switch-endpoint" },
      { N_("If there is none, ask whoever runs the mail server to switch encryption "
           "on."), "copy-note" } } },
  { "upgrade.stripped", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("Something on this network removes the encryption of {host}"),
    N_("The server is known to offer encryption, but here the offer had been taken out on the way, "
       "so nothing secret was sent."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: encrypted from the start (“TLS”) are 993 for incoming mail and "
           "465 for outgoing mail."), "switch-endpoint" },
      { N_("Or use another network."), "retry" },
      { N_("Tell whoever runs this network; the firewall’s mail inspection is the usual "
           "cause."), "copy-note" } } },
  { "upgrade.refused", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} offers encryption and then refuses it"),
    N_("The server could not switch encryption on when asked, mostly because its own certificate "
       "or key is missing."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: encrypted from the start (“TLS”) are 993 for incoming mail and "
           "465 for outgoing mail."), "switch-endpoint" },
      { N_("Send the server’s own words to whoever runs it."), "copy-note" } } },
  { "upgrade.injected", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    N_("Somebody slipped extra data in before the encryption began"),
    N_("More arrived in the clear than the server should have said, which is how an attack on the "
       "switch to encryption looks, so the connection was ended."),
    { { N_("Use another network."), "retry" },
      /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
      { N_("Switch to {endpoint}: encrypted from the start (“TLS”) are 993 for incoming mail and "
           "465 for outgoing mail."), "switch-endpoint" },
      { N_("If it happens everywhere, send the details to whoever runs the mail "
           "server."), "copy-note" } } },
  { "upgrade.preauth", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} claims that you are signed in already"),
    N_("It says so before encryption and before any password, which prevents the switch to "
       "encryption and may mean that somebody is listening in."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: encrypted from the start (“TLS”) is 993 for incoming "
           "mail."), "switch-endpoint" },
      { N_("Try another network."), "retry" },
      { N_("Send the details to whoever runs the mail server."), "copy-note" } } },
  { "upgrade.plaintext-allowed", TL_SEVERITY_NOTE, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} would also take passwords without encryption"),
    N_("Twolane sends yours only after encryption is on, but a program with other settings could "
       "send it readable for everybody on the way."),
    { { N_("In every program that uses this mailbox choose “TLS” or “STARTTLS” as the kind of "
           "encryption."), NULL },
      { N_("Ask whoever runs the mail server to take passwords only over "
           "encryption."), "copy-note" } } },

  { NULL }
};
