/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-catalogue-tables.h"

#include <glib/gi18n-lib.h>

/* Only auth.bad-credentials may say that a password is wrong. */
const TlCatalogueEntry tl_catalogue_session[] = {
  { "caps.tls-required", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} lets nobody sign in without encryption"),
    N_("The connection was not encrypted when the server wanted it to be, so it did not listen to "
       "a sign-in."),
    /* Translators: keep {endpoint}, “mail.example.org, port 993, TLS” */
    { { N_("Switch to {endpoint}: ports 143 and 587 go with “STARTTLS”, ports 993 and 465 with "
           "“TLS”."), "switch-endpoint" },
      { N_("Test again."), "retry" } } },
  { "caps.login-disabled", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} has switched sign-in with a password off"),
    N_("Even over the encrypted connection the server says that it takes no password here."),
    { { N_("Ask whoever looks after your email which server and which way of signing in to "
           "use."), "ask-admin" },
      { N_("Enter the server name they give you."), "edit-settings" } } },
  { "caps.no-common-mechanism", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} offers no way of signing in that this program knows"),
    /* Translators: keep {offered}, a list of what a server offers */
    N_("The server offers {offered}, and none of that works over an encrypted connection with what "
       "you sign in with."),
    { { N_("Check that server name and port are those for your mailbox and not for delivery "
           "between servers."), "edit-settings" },
      { N_("Ask whoever looks after your email to allow sign-in with PLAIN, LOGIN or XOAUTH2 over "
           "TLS."), "copy-note" } } },
  { "caps.oauth-only", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} takes no passwords at all"),
    N_("It offers only the sign-in on the provider’s own web page (OAuth), so no password was "
       "sent."),
    { { N_("Sign in on the provider’s page in place of typing a password."), "use-oauth" },
      { N_("If your IT has to register this program first, send them the "
           "request."), "send-request" } } },
  { "caps.missing-extension", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} lacks something that is needed here"),
    /* Translators: keep {wanted}, what is needed */
    N_("The server does not offer {wanted}, without which this mailbox cannot be used as planned."),
    { { N_("Check that port 465 or 587 is used for outgoing mail, and not 25."), "edit-settings" },
      { N_("Ask whoever runs the mail server to switch it on."), "copy-note" } } },

  { "auth.bad-credentials", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Your user name or password is wrong"),
    /* Translators: keep {host}, a server name and {user}, a user name */
    N_("{host} checked what was entered for {user} and rejected it."),
    { { N_("Type the password again; paste it without spaces before or after."), "edit-password" },
      { N_("If your user name was a short one, try the whole email address, "
           "once."), "retry-as-full-address" },
      { N_("If it was the whole email address, try the part in front of the @, "
           "once."), "retry-as-local-part" },
      { N_("Sign in on your provider’s website with the same password to see whether it still "
           "works."), NULL } } },
  { "auth.refused", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} refused the sign-in"),
    N_("Its answer does not tell whether the reason is the user name, the password or a setting of "
       "the mailbox; the server’s own words are shown below."),
    { { N_("Sign in on your provider’s website with the same user name and password; if that "
           "fails, correct them here."), "edit-password" },
      { N_("If your user name was a short one, try the whole email address, "
           "once."), "retry-as-full-address" },
      { N_("If it was the whole email address, try the part in front of the @, "
           "once."), "retry-as-local-part" },
      { N_("Look in the mail settings on the website whether access for mail programs (IMAP, SMTP) "
           "is on and wants an app password; if that does not help, send the server’s words to "
           "your provider."), "copy-note" } } },
  { "auth.app-password", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} wants an app password"),
    N_("For programs the provider takes a separate password that you make in your account; the one "
       "you use on the website is refused here."),
    { { N_("Open the provider’s page and make an app password for mail "
           "there."), "open-app-password-page" },
      { N_("Copy it and paste it here, with or without its spaces, in place of your "
           "password."), "edit-password" } } },
  { "auth.oauth-required", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} does not accept passwords for this mailbox"),
    N_("The provider takes only the sign-in on its own web page (OAuth) here, so no password, "
       "old or new, will help."),
    { { N_("Sign in on the provider’s page in place of typing a password."), "use-oauth" },
      { N_("If your IT has to register this program first, send them the "
           "request."), "send-request" },
      { N_("Or ask whoever looks after your email whether signing in with a password can be "
           "allowed for this mailbox."), "ask-admin" } } },
  { "auth.protocol-off", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Access for mail programs is switched off for this mailbox"),
    /* Translators: keep {host}, a server name and {user}, a user name */
    N_("{host} does not let {user} in because the provider’s switch for this kind of access (IMAP "
       "or SMTP) is off."),
    { { N_("Sign in on your provider’s website and switch on IMAP and SMTP access in the mail "
           "settings."), NULL },
      { N_("If you see no such switch, ask whoever looks after your email to switch it on for "
           "you."), "ask-admin" },
      { N_("Test again; it can take some minutes to work."), "retry" } } },
  { "auth.web-login", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Your provider wants to see you on its website first"),
    N_("A sign-in from a new place or program looked unusual, so it is held back until you confirm "
       "that it was you."),
    { { N_("Sign in on your provider’s website from this computer and confirm that it is "
           "you."), NULL },
      { N_("Look for an email or a message about a blocked sign-in and allow it."), NULL },
      { N_("Test again right afterwards."), "retry" } } },
  { "auth.expired", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Your sign-in has run out"),
    N_("The password or permission that was used is no longer valid and has to be renewed."),
    { { N_("Sign in on your provider’s website and set a new password when asked."), NULL },
      { N_("Enter the new one here."), "edit-password" },
      { N_("If you signed in on the provider’s page, sign in there again."), "use-oauth" } } },
  { "auth.disabled", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("The account is known but may not sign in"),
    /* Translators: keep {host}, a server name and {user}, a user name */
    N_("{host} recognised {user} and refused, so the account is disabled or lacks the right to use "
       "this mailbox."),
    { { N_("Ask whoever looks after your email to enable the account or to grant the "
           "right."), "ask-admin" },
      { N_("If it is a mailbox that several people share, say so, and sign in as "
           "yourself."), "edit-password" } } },
  { "auth.temporary", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} has a fault of its own just now"),
    N_("The fault is on the provider’s side and says nothing about your password or settings."),
    { { N_("Wait ten minutes and try again with the same password."), "wait" },
      { N_("If it lasts, send the server’s own words to your provider."), "copy-note" } } },
  { "auth.locked", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_LATER,
    N_("The account is locked for now"),
    N_("After too many failed sign-ins or unusual activity the provider lets nobody in, whatever "
       "the password."),
    { { N_("Stop every program and platform that signs in to this mailbox with an old "
           "password."), NULL },
      { N_("Wait an hour, or follow the unlock steps on your provider’s website."), "wait" },
      { N_("Then test once."), "retry" } } },
  { "auth.too-many-connections", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_LATER,
    N_("Too many programs use this mailbox at once"),
    /* Translators: keep {host}, a server name */
    N_("{host} allows only so many connections to one mailbox; this has nothing to do with your "
       "password."),
    { { N_("Close other mail programs, also on your phone, and pause other tools on this "
           "mailbox."), NULL },
      { N_("Wait ten minutes and try again."), "wait" } } },
  { "auth.throttled", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} wants you to slow down"),
    N_("There were too many sign-ins in a short time, so the provider makes everybody wait before "
       "the next one."),
    { { N_("Wait fifteen minutes without trying, or longer if the server’s own words say "
           "so."), "wait" },
      { N_("Then test once."), "retry" } } },
  { "auth.token-rejected", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} did not accept the sign-in from the web page"),
    N_("The permission given on the provider’s page has run out, was withdrawn or belongs to "
       "another mailbox."),
    { { N_("Sign in again on the provider’s page, with the account of this "
           "mailbox."), "use-oauth" },
      { N_("If it is refused again right away, ask whoever looks after your email whether access "
           "for mail programs (IMAP, authenticated SMTP) is on for this "
           "mailbox."), "ask-admin" } } },
  { "auth.scope-missing", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("The permission you gave does not cover mail"),
    N_("On the provider’s page not everything was allowed that reading and sending need."),
    { { N_("Sign in again and leave every tick in place."), "use-oauth" },
      { N_("If something cannot be ticked, ask whoever looks after your email to allow "
           "it."), "ask-admin" } } },
  { "auth.wrong-account", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("You signed in with another account than this mailbox"),
    /* Translators: keep {account} and {user}, both email addresses as a rule */
    N_("On the provider’s page {account} was chosen, but this sign-in is for {user}."),
    { { N_("Sign in again and choose the account of this mailbox; a private window of the browser "
           "forgets the other one."), "use-oauth" },
      { N_("If several people share this mailbox, switch on “This is a shared mailbox” where you "
           "sign in."), "edit-password" },
      { N_("Or go back and enter the other address."), "edit-settings" } } },
  { "auth.foreign-host", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("Your sign-in is not for {host}"),
    /* Translators: keep {provider}, the name of a mail provider */
    N_("{provider} gave it for its own servers alone; whoever runs another could read your mail "
       "with it. So it was not sent."),
    { { N_("Use the servers that the provider itself names for this mailbox."), "edit-settings" },
      /* Translators: keep {host}, a server name */
      { N_("If your mail really goes through {host}, sign in to it with its own "
           "password."), "edit-password" } } },
  { "auth.wrong-server", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The account lives on another server of this provider"),
    /* Translators: keep {host}, a server name */
    N_("{host} belongs to the right provider but to another region or group of customers, and does "
       "not know this mailbox."),
    { { N_("Use the server of the region where the account was opened; the provider’s settings "
           "page names it."), "switch-endpoint" },
      { N_("Test again."), "retry" } } },
  { "auth.address-not-allowed", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("This mailbox may be used only from certain places"),
    /* Translators: keep {host}, a server name */
    N_("{host} takes the account only from listed network addresses, and the one you connect from "
       "is not among them."),
    { { N_("Test from the office network or over the company’s VPN."), "retry" },
      { N_("Ask whoever looks after your email to allow this network, and the addresses of your "
           "outreach platform."), "copy-note" } } },
  { "auth.not-proven", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} let us in without checking who we are"),
    N_("Nobody asked for the password, so this test cannot show that your sign-in works."),
    { { N_("Check that this is the server for sign-in: port 993 for incoming mail, 465 or 587 for "
           "outgoing mail."), "edit-settings" },
      { N_("Test from another network: some servers trust the office without a "
           "password."), "retry" },
      { N_("Tell whoever runs the mail server; a server that is open to all is soon "
           "abused."), "copy-note" } } },
  { "auth.server-not-proven", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} did not prove that it knows your password"),
    N_("With this way of signing in the server has to prove itself too, and its proof was missing "
       "or wrong, so it may be an impostor."),
    { { N_("Check the server name and try another network."), "edit-settings" },
      { N_("If it happens again, send the details to whoever runs the mail "
           "server."), "copy-note" } } },
  { "auth.scram-limits", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} asks for a sign-in outside of safe limits"),
    N_("The amount of computing it asked for is either too little to protect your password or so "
       "much that it would block this computer."),
    { { N_("Send the details to whoever runs the mail server."), "copy-note" } } },

  { "oauth.unreachable", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} could not be reached for the sign-in"),
    N_("The provider’s sign-in service is another server than its mail servers, and it did not "
       "answer or is out of order just now."),
    { { N_("Check that a website opens in your browser, then test again."), "retry" },
      { N_("If you were signing in, start that again."), "use-oauth" },
      /* Translators: keep {host}, a server name */
      { N_("If your network lets only listed websites through, ask whoever runs it to allow "
           "{host}."), "copy-note" } } },
  { "oauth.bad-answer", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} gave an answer to the sign-in that cannot be used"),
    N_("What came back from the sign-in service is incomplete, contradicts itself or is not safe "
       "to act on, so nothing was sent to the mail servers."),
    { { N_("Try once more in a few minutes."), "use-oauth" },
      { N_("If you are in a hotel or a café, sign in to its network in your browser first, or use "
           "another network."), NULL },
      { N_("If it happens again, send the details to your provider."), "copy-note" } } },
  { "oauth.issuer-mismatch", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_AFTER_CHANGE,
    N_("The sign-in answer came from somebody else"),
    N_("The page that answered is not the one that was asked, so nothing was taken from it."),
    { { N_("Close the browser window and sign in again."), "use-oauth" },
      { N_("If it happens again, use another network and tell whoever looks after your "
           "email."), "copy-note" } } },
  { "oauth.no-pkce", TL_SEVERITY_NOTE, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    N_("The sign-in page does not promise every protection"),
    N_("It does not say that it ties the answer to this program (PKCE); the program asks for it "
       "all the same, and the sign-in works."),
    { { NULL, NULL } } },
  { "oauth.no-listener", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This computer cannot take the answer of the sign-in page"),
    N_("Your browser hands the answer over within this computer, and the system gave the program "
       "no place (port) for it."),
    { { N_("Sign in with a code on another device, such as your phone."), "use-device" },
      { N_("Or close programs that you do not need and try again."), "use-oauth" } } },
  { "oauth.no-randomness", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This computer gave no random numbers"),
    N_("A sign-in needs numbers that nobody can guess, and the system did not give any, so nothing "
       "was sent."),
    { { N_("Restart the computer, then sign in again."), "use-oauth" },
      { N_("If it happens again, show the details to whoever looks after this computer."),
        "copy-note" } } },
  { "oauth.exchange-rejected", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The provider did not complete the sign-in"),
    N_("You came back from its page, but it then refused to hand out the permission."),
    { { N_("Sign in again without leaving the page open for long."), "use-oauth" },
      { N_("If it happens again, ask whoever looks after your email whether this program is "
           "allowed."), "ask-admin" } } },
  { "oauth.reauth-needed", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("You need to sign in again"),
    N_("The permission given earlier has ended, for example because the password was changed or "
       "the permission withdrawn."),
    { { N_("Sign in again on the provider’s page."), "use-oauth" } } },
  { "oauth.timeout", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The sign-in on the provider’s page was not finished"),
    /* Translators: keep {seconds}, like "5 minutes" */
    N_("For {seconds} nothing came back from the provider’s page."),
    { { N_("Start the sign-in again and finish it on the page that opens."), "use-oauth" },
      { N_("If no page opens on this computer, sign in with a code on another "
           "device."), "use-device" } } },
  { "oauth.denied", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The permission was declined"),
    N_("On the provider’s page somebody, you or a rule of your company, said no."),
    { { N_("Start again and choose “Allow”."), "use-oauth" },
      { N_("If the page says that an administrator has to approve, send the request to your "
           "IT."), "send-request" } } },
  { "oauth.no-client", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("This program is not registered with your provider"),
    N_("The provider’s page lets people sign in only for programs that it knows by a client id, "
       "and there is none for this program yet, or it is no longer valid."),
    { { N_("Send your IT the request that this program has written: it says exactly what they have "
           "to set up."), "send-request" },
      { N_("Or make an app password at your provider and sign in with it."), "edit-password" },
      { N_("For a personal mailbox there is no IT to ask: use the sign-in that your outreach "
           "platform has for this provider, such as “Sign in with Microsoft”, or get a client id "
           "from somebody who registered this program."), NULL },
      { N_("When you have got a client id, enter it and sign in on the provider’s "
           "page."), "use-oauth" } } },

  { "use.inbox-missing", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("You are signed in, but the mailbox is not there"),
    /* Translators: keep {folder}, the name of a folder, INBOX as a rule */
    N_("The account has no folder “{folder}”, or it is hidden from mail programs."),
    { { N_("Check that you entered the address of a mailbox and not of an alias or a "
           "group."), "edit-settings" },
      { N_("For a folder that somebody shares with you, check its whole name, and that it was "
           "shared with the account you sign in with."), "edit-password" },
      { N_("Ask whoever looks after your email to set the mailbox up."), "ask-admin" } } },
  { "use.no-permission", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("You are signed in but may not open the mailbox"),
    /* Translators: keep {host}, a server name and {user}, a user name */
    N_("{host} knows {user} and does not grant the right to what was asked."),
    { { N_("Ask whoever looks after your email for access to this mailbox."), "ask-admin" } } },
  { "use.rights-limited", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("You may not do everything in this mailbox"),
    /* Translators: keep {user}, a user name, and {wanted}, what is not allowed: “make folders” */
    N_("{user} may open it, but not {wanted}."),
    { { N_("If you only read and answer from there, carry on."), NULL },
      { N_("Otherwise ask whoever looks after the mailbox to give you these "
           "rights."), "ask-admin" } } },
  { "use.over-quota", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The mailbox is full"),
    N_("The space that your provider gives it is used up, so it takes no more mail."),
    { { N_("Empty the bin and the junk folder, and delete large old messages."), NULL },
      { N_("Or ask for more space."), "ask-admin" },
      { N_("Test again."), "retry" } } },
  { "use.sender-refused", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} does not let you send as this address"),
    /* Translators: keep {user}, a user name */
    N_("You are signed in as {user}, and that account may not use the address you want to send "
       "from."),
    { { N_("Send from the address you sign in with, or sign in with the account of this "
           "address."), "edit-settings" },
      { N_("If it is an alias or a shared mailbox, ask whoever looks after your email for the "
           "right to send as it."), "ask-admin" } } },
  { "use.relay-denied", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} does not pass mail on for you"),
    N_("It treats this connection as a stranger’s, so it is either not the server for sending or "
       "the sign-in did not count."),
    { { N_("Check that the outgoing server is the one your provider names for sending, on port 465 "
           "or 587."), "edit-settings" },
      { N_("Ask whoever runs the mail server whether sending needs to be allowed for your "
           "account."), "copy-note" } } },
  { "use.recipient-refused", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} would not take a message to your own address"),
    N_("Your own mailbox was named as the recipient, which every sending server should accept, and "
       "it was refused."),
    { { N_("Check your address for a typing mistake."), "edit-settings" },
      { N_("Ask whoever looks after your email whether the mailbox exists and receives "
           "mail."), "copy-note" } } },
  { "use.rate-limited", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_LATER,
    N_("The limit of this mailbox is used up for now"),
    N_("Your provider allows only so many messages or so much traffic in a given time, and that "
       "was reached."),
    { { N_("Wait; most limits end within 24 hours."), "wait" },
      { N_("Lower the daily number of messages in your outreach platform."), NULL } } },
  { "use.temporary", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} asks to try again later"),
    N_("You are signed in, and it does not refuse for good: some servers let everybody wait the "
       "first time, others have a fault that passes."),
    { { N_("Wait ten minutes, or as long as the server’s own words say; then test "
           "again."), "wait" },
      { N_("If it lasts for hours, send the note to your provider."), "copy-note" } } },
  { "use.reputation", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("Mail from this address is refused because of its reputation"),
    N_("The server takes it for unwanted mail, because of earlier sending, the network you are on, "
       "or missing proof that the domain sent it."),
    { { N_("Pause all campaigns of this mailbox."), NULL },
      { N_("Ask whoever looks after the domain to check SPF, DKIM and DMARC."), "copy-note" },
      { N_("Read the server’s own words: they often link to a page for lifting the "
           "block."), NULL } } },
  { "use.message-refused", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The server refused the message itself"),
    N_("Sender and recipient were fine, but something in the message was not to the server’s "
       "liking."),
    { { N_("Read the server’s own words below."), NULL },
      { N_("Send a plain message without links or attachments to see whether that "
           "passes."), "retry" } } },
  { "use.id-required", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} wants programs to introduce themselves"),
    N_("You are signed in, but this provider opens the mailbox only for programs that give their "
       "name and that it has on its list."),
    { { N_("Switch on access for third-party programs in your mail settings on the web."), NULL },
      { N_("Test again."), "retry" } } },
  { "use.role-missing", TL_SEVERITY_NOTE, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Some usual folders were not recognised"),
    /* Translators: keep {wanted}, what is needed */
    N_("The server marks no folder for {wanted}, so your outreach platform may ask you which one "
       "to use."),
    { { N_("Choose the folders by hand when your platform asks."), NULL } } },
  { "use.role-by-name", TL_SEVERITY_NOTE, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Some folders were recognised by their names alone"),
    /* Translators: keep {folder}, the name of a folder and {role}, such as “sent messages” */
    N_("The server does not say what its folders are for, so names decide: {folder} was taken for "
       "{role}, for example."),
    { { N_("Look through the folders here and correct what is wrong."), NULL } } },
  { "use.role-ambiguous", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("More than one folder could be meant for the same thing"),
    /* Translators: keep {folder} and {suggestion}, names of folders and {role}, such as “sent
     * messages” */
    N_("Both {folder} and {suggestion} could be the folder for {role}; {folder} was taken."),
    { { N_("Choose here the folder that your mail program really uses."), NULL },
      { N_("Choose the same one in your outreach platform."), NULL } } },
  { "use.nearly-full", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The mailbox is nearly full"),
    /* Translators: keep {percent}, such as “85 %” and {folder}, the name of a folder */
    N_("It is {percent} full, and {folder} takes up the most; once there is no room left, replies "
       "are turned away."),
    { /* Translators: keep {folder}, the name of a folder */
      { N_("Delete what nobody needs from {folder}, and empty the bin and the junk "
           "folder."), NULL },
      { N_("Let your provider’s settings remove old messages by themselves, such as after 30 days "
           "in the bin; ask first whether some have to be kept by law."), NULL },
      { N_("Or ask for more space."), "ask-admin" } } },
  { "use.connections-tight", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("All your tools together may need more connections than are allowed"),
    /* Translators: keep {limit}, a number */
    N_("An outreach platform opens up to five connections to a mailbox, and only {limit} may be "
       "open at once; whoever comes last is turned away."),
    { { N_("Let fewer programs use this mailbox at once."), NULL },
      { N_("Close mail programs that you do not need, also on your phone."), NULL },
      { N_("Or ask whoever runs the mail server to allow more."), "ask-admin" } } },
  { "use.cannot-create", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("A folder could not be made"),
    /* Translators: keep {folder}, the name of a folder */
    N_("The server would not make {folder}; its own words are shown below."),
    { { N_("Make the folder on your provider’s website, then test again."), "retry" },
      { N_("If that does not work either, ask whoever looks after the mailbox to let you make "
           "folders."), "ask-admin" } } },
  { "use.cannot-file-sent", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("Sent messages cannot be kept in this mailbox"),
    /* Translators: keep {folder}, the name of a folder */
    N_("You may not put anything into {folder}, so nobody will see there what was sent."),
    { { N_("Ask whoever looks after the mailbox to let you add messages to that "
           "folder."), "ask-admin" } } },
  { "use.cannot-keep-flags", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("What you mark in this mailbox does not stay"),
    /* Translators: keep {folder}, the name of a folder and {wanted}, a list of what is not
     * allowed */
    N_("In {folder} you may not {wanted}. Your outreach platform may take the same "
       "reply for a new one again and again."),
    { { N_("Ask whoever looks after the mailbox to give you these rights."), "ask-admin" } } },
  { "use.idle-missing", TL_SEVERITY_WARNING, TL_FIXER_THE_PROVIDER, TL_RETRY_NEVER,
    N_("Replies will be noticed with a delay"),
    /* Translators: keep {host}, a server name */
    N_("{host} cannot announce new mail at once (IDLE), so programs have to come and look every "
       "few minutes."),
    { { N_("Nothing needs to be done; expect replies to show up some minutes late."), NULL } } },
  { "use.alert", TL_SEVERITY_NOTE, TL_FIXER_YOU, TL_RETRY_NEVER,
    N_("The server has a message for you"),
    N_("It is meant to be read by a person, such as a word about maintenance or about space that "
       "is running out."),
    { { N_("Read the server’s own words below."), NULL },
      { N_("If they ask you to do something, go to your provider’s website yourself and not "
           "through a link in the message."), NULL } } },

  { "deliver.timeout", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    N_("The test message has not arrived"),
    /* Translators: keep {host}, a server name, and {seconds}, like "5 minutes" */
    N_("The outgoing lane is the one to look at: {host} accepted the message, and after {seconds} "
       "it was in no folder of this mailbox."),
    { { N_("Wait some minutes and test again: some servers delay first messages on "
           "purpose."), "retry" },
      { N_("Look into your mailbox on your provider’s website. If the message is there after all, "
           "the incoming lane leads to another mailbox: check its server and user "
           "name."), "edit-settings" },
      { N_("If it is not, send the note to whoever runs the outgoing server: its words say under "
           "which number it took the message."), "copy-note" } } },
  { "deliver.in-junk", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("Your own message landed in the junk folder"),
    N_("If your own mailbox takes it for junk, the people you write to will probably not see it "
       "either."),
    { { N_("Have SPF, DKIM and DMARC of your domain checked."), "copy-note" },
      { N_("Do not start a campaign before the test message reaches the inbox."), "retry" } } },
  { "deliver.other-mailbox", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The test message was put into another folder"),
    /* Translators: keep {folder}, the name of a folder */
    N_("It arrived, but in “{folder}” and not in the inbox: a rule or filter moves messages there, "
       "and replies in it would not be seen."),
    { { N_("Open your mail on your provider’s website and look for a rule or filter that moves "
           "messages; switch it off or let replies pass."), NULL },
      { N_("Ask whoever looks after your email if you find no such rule."), "ask-admin" } } },
  { "deliver.refused", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    N_("The test message was refused"),
    N_("The outgoing lane is the one to look at: its server, or one behind it, would not take the "
       "message."),
    { { N_("Read the server’s own words below."), NULL },
      { N_("Send them to whoever looks after your email."), "copy-note" } } },
  { "deliver.spf-fail", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("Your domain does not list this sending server"),
    /* Translators: keep {domain}, a mail domain */
    N_("SPF is a domain’s list of the servers that may send for it: this one is not on the list of "
       "{domain}, which often leads to the junk folder."),
    { { N_("Ask whoever looks after the domain to add your provider to its SPF "
           "record."), "copy-note" } } },
  { "deliver.dkim-fail", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("The signature on your message did not hold"),
    /* Translators: keep {domain}, a mail domain */
    N_("DKIM is a domain’s seal on a message: that of {domain} was missing or broken, so nothing "
       "proves that the message is yours."),
    { { N_("Ask whoever looks after the domain to set up DKIM with your "
           "provider."), "copy-note" } } },
  { "deliver.dmarc-fail", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("Your message did not pass the rule of your own domain"),
    /* Translators: keep {domain}, a mail domain */
    N_("DMARC is a domain’s rule for receivers: {domain} asks that SPF or DKIM match the address "
       "people see, and neither did."),
    { { N_("Ask whoever looks after the domain to bring SPF or DKIM in line with the sending "
           "address."), "copy-note" } } },
  { "deliver.not-filed", TL_SEVERITY_NOTE, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Nobody keeps a copy of what you send"),
    N_("The test message was sent, but no copy of it appeared in the folder for sent mail, because "
       "this server leaves that to the program that sends."),
    { { N_("In your outreach platform, switch on that sent messages are saved, if it has such a "
           "setting."), NULL } } },
  { "deliver.left-behind", TL_SEVERITY_NOTE, TL_FIXER_YOU, TL_RETRY_NEVER,
    N_("The test message may still be in the mailbox"),
    /* Translators: keep {folder}, the name of a folder of the mailbox */
    N_("It could not be removed from “{folder}”, or nobody could see whether it was."),
    { { N_("If it is there, delete it by hand; it is a message from you to yourself."), NULL } } },

  { "pair.different-accounts", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The two lanes belong to different accounts"),
    N_("You would send from one mailbox and read the replies of another."),
    { { N_("Use the same user name for incoming and outgoing mail."), "edit-settings" },
      { N_("If that is on purpose, say so where you sign in: switch on “Send through a separate "
           "service” or “This is a shared mailbox”."), "edit-password" } } },
  { "pair.one-lane-only", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Only one of the two lanes works"),
    N_("A mailbox for outreach has to send and to see replies; with one lane alone, sequences run "
       "blind or stand still."),
    { { N_("Repair the lane that failed; its finding says how."), "retry" } } },

  { NULL }
};
