/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-catalogue-tables.h"

#include <glib/gi18n-lib.h>

const TlCatalogueEntry tl_catalogue_product[] = {
  { "input.bad-address", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This is not an email address"),
    N_("An address has a name, an @ and a domain, like ada@example.org."),
    { { N_("Type the whole address of the mailbox."), "edit-settings" } } },
  { "input.bad-host", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This is not a server name"),
    N_("A server name has letters, digits, hyphens and dots only, like mail.example.org."),
    { { N_("Copy the server name from your provider’s page, without https:// and without "
           "spaces."), "edit-settings" } } },
  { "input.bad-port", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This is not a port number"),
    N_("A port is a number from 1 to 65535; mail uses 993 or 143 for incoming and 465 or 587 for "
       "outgoing."),
    { { N_("Enter the port that your provider names."), "edit-settings" } } },
  { "input.looks-mistyped", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {suggestion}, a domain or a server name */
    N_("Did you mean {suggestion}?"),
    N_("What you typed is one slip away from a well-known mail provider."),
    { { N_("Correct it if it is a slip; otherwise carry on."), "edit-settings" } } },

  { "input.lookalike", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} mixes letters of different alphabets"),
    N_("Letters that look alike, such as a Cyrillic and a Latin “a”, make a domain that reads like "
       "another and belongs to somebody else."),
    { { N_("Type the address yourself instead of copying it."), "edit-settings" },
      { N_("Carry on only if the domain is really spelled like this."), NULL } } },

  { "input.not-app-password", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This does not look like an app password"),
    /* Translators: keep {provider}, the name of a mail provider */
    N_("{provider} takes from programs only an app password, which has another form than what was "
       "typed; so it was not sent."),
    { { N_("Open the provider’s page and make an app password for mail "
           "there."), "open-app-password-page" },
      { N_("Copy it and paste it here, with or without its spaces."), "edit-password" } } },
  { "input.login", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("It is not clear who signs in"),
    N_("For a mailbox that several people share, the program has to know the address you sign in "
       "with yourself, or the folder in which the shared mailbox appears among yours."),
    { { N_("Enter your own whole address, like ada@example.org, and the folder where it is asked "
           "for."), "edit-password" } } },

  { "discover.nothing-found", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("No mail servers were found for {domain}"),
    N_("Neither the domain nor any directory names servers for it, and none answered at the usual "
       "places."),
    { { N_("Check the part of your address behind the @."), "edit-settings" },
      { N_("Look for “IMAP” and “SMTP” on your provider’s help pages and enter the servers by "
           "hand."), "edit-settings" },
      { N_("Or ask whoever looks after your email for the two server names."), "ask-admin" } } },
  { "discover.plaintext-only", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} offers only servers without encryption"),
    N_("Servers are named, but all of them would let your password travel where anybody on the way "
       "can read it, so none was used."),
    { { N_("Ask whoever looks after your email for servers with encryption (TLS)."), "ask-admin" },
      { N_("If you know of some, enter them by hand."), "edit-settings" } } },
  { "discover.exchange", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("Mail for {domain} seems to be on a Microsoft Exchange server"),
    N_("Such a server does not say without signing in whether it offers IMAP and SMTP, and under "
       "which names."),
    { { N_("Ask your IT for the IMAP and SMTP server names, and whether both are switched on for "
           "your mailbox."), "ask-admin" },
      { N_("Then enter them by hand."), "edit-settings" } } },
  { "discover.bad-document", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The settings that {domain} publishes are damaged"),
    N_("There is a settings file for mail programs, but it is not written as it should be, so it "
       "was not used."),
    { { N_("Carry on if other settings were found."), NULL },
      { N_("Tell whoever looks after the domain; the note names the file."), "copy-note" } } },
  { "discover.untrusted-only", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Nobody trustworthy vouches for these servers"),
    N_("They were found in ways that somebody on the network could forge, so please look before "
       "your password goes there."),
    { { N_("Compare the server names with your provider’s help pages."), NULL },
      { N_("Confirm them, or correct them."), "edit-settings" } } },
  { "discover.conflict", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("Different places name different servers for {domain}"),
    /* Translators: keep {names}, a list of mail servers, the chosen one first */
    N_("The settings that were found contradict each other: they name {names}. The chosen one "
       "stands on the better authority, or answered where another did not."),
    { { N_("Check that the chosen servers are your provider’s."), "edit-settings" },
      { N_("Tell whoever looks after the domain that it still publishes old "
           "settings."), "copy-note" } } },
  { "discover.captive-portal", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This network wants you to sign in to it first"),
    N_("A hotel, train or guest network answers in the place of every server until you have agreed "
       "to its terms."),
    { { N_("Open any website in your browser and follow the network’s sign-in page."), NULL },
      { N_("Then try again."), "retry" } } },
  { "discover.https-only", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} publishes its settings without protection"),
    N_("The settings file is offered only over an unprotected web address where anybody on the way "
       "could change it, so it was not used."),
    { { N_("Carry on if other settings were found, or enter the servers by "
           "hand."), "edit-settings" },
      { N_("Ask whoever looks after the domain to offer the file over HTTPS."), "copy-note" } } },
  { "discover.no-imap-service", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_NEVER,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} offers no access for mail programs"),
    N_("The domain itself says that there is no IMAP service, so an outreach platform could not "
       "see replies."),
    { { N_("Ask whoever looks after your email whether another plan or mailbox has "
           "IMAP."), "ask-admin" } } },
  { "discover.pop3-only", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_NEVER,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} offers only a way to fetch mail, not to work in the mailbox"),
    N_("Only POP3 is offered; it knows neither folders nor read marks, so an outreach platform "
       "cannot track replies with it."),
    { { N_("Ask whoever looks after your email to switch IMAP on."), "ask-admin" } } },

  { "discover.gateway", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("Mail for {domain} passes through a filter first"),
    N_("The domain names the filter and not whoever keeps the mailbox, so the servers can only be "
       "concluded from other signs, or not at all."),
    { { N_("Compare the servers with those that you sign in to for your mail, and confirm or "
           "correct them."), "edit-settings" },
      { N_("If you do not know them, ask whoever looks after your email who keeps the "
           "mailboxes."), "ask-admin" } } },
  { "discover.gateway-blind", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("Mail for {domain} passes through a filter, and nothing tells what is behind it"),
    N_("The domain names the filter and not whoever keeps the mailboxes, so their servers could "
       "not be found."),
    { { N_("Ask your IT who keeps the mailboxes behind the filter, and for the IMAP and SMTP "
           "server names."), "ask-admin" },
      { N_("Then enter them by hand."), "edit-settings" } } },
  { "discover.forward-only", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("Mail for {domain} is only forwarded"),
    N_("The domain hands its mail on to some other address, so there may be no mailbox of its own "
       "to sign in to."),
    { { N_("Set up the mailbox that the mail is forwarded to instead."), "edit-settings" },
      { N_("If there is a mailbox of this address too, enter its servers by "
           "hand."), "edit-settings" } } },

  { "store.no-service", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This computer has no safe place for passwords"),
    N_("No keyring is running, so nothing can be kept beyond this session."),
    { { N_("Carry on: you will have to type the password again next time."), NULL },
      { N_("Or install and start a keyring, such as GNOME Keyring."), NULL } } },
  { "store.locked", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The keyring is locked"),
    N_("Passwords are kept in it, and it has to be unlocked with your own password first."),
    { { N_("Unlock the keyring when you are asked, then try again."), "retry" } } },
  { "store.dismissed", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The keyring was not unlocked"),
    N_("The question for its password was closed, so nothing was stored."),
    { { N_("Try again and answer the question, or carry on without storing."), "retry" } } },
  { "store.verify-failed", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The keyring did not keep what was stored"),
    N_("What was read back is not what was written, so the keyring cannot be relied on."),
    { { N_("Try again."), "retry" },
      { N_("If it happens again, restart the session and check the keyring with its own "
           "program."), NULL } } },

  { "store.policy", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("What your organisation set up for this program does not count as it should"),
    N_("There is a policy file for this program, but it cannot be read, or its signature does not "
       "hold or counts no longer."),
    { { N_("Send the details to whoever looks after this computer: they name the "
           "mistake."), "copy-note" },
      { N_("You can test meanwhile; what cannot be read may forbid a hand-over, so none is made "
           "until it can."), NULL } } },
  { "store.seen", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The list of files you accepted before could not be used"),
    N_("It could not be read or written; a damaged one was put aside, and a new one begun. So an "
       "older file in place of a newer one may go unnoticed."),
    { { N_("Compare the date of this file with that of the last one you accepted for this "
           "mailbox."), NULL } } },

  { "export.lane-not-green", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This is a draft, not ready to be handed over"),
    N_("Ready is a mailbox whose two lanes both passed their test shortly before, within the rules "
       "of its policy. Anything else is a draft: good for looking at, not for importing."),
    { { N_("If it is your mailbox, repair what failed and test again."), "retry" },
      { N_("If somebody sent you the file, ask them to, and for a new one."), NULL } } },
  { "export.stale", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The test is too long ago"),
    N_("A hand-over counts for half an hour after the test, because passwords and servers change."),
    { { N_("Test both lanes again."), "retry" } } },
  { "export.signer", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The file could not be signed"),
    N_("Your signing key could not be read or made, and an unsigned file is worth nothing to "
       "whoever checks it."),
    { { N_("Unlock your keyring and try again."), "retry" } } },
  { "export.target-cannot-express", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The chosen platform cannot take these settings"),
    /* Translators: keep {target}, a platform */
    N_("{target} has no place for something that this mailbox needs, so it would not work there as "
       "it was tested."),
    { { N_("Choose settings that the platform can take, or another "
           "platform."), "edit-settings" } } },
  { "export.policy", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("A rule of your company does not allow this hand-over"),
    /* Translators: keep {rule}, its name in the policy, {policy}, whose it is, and {wanted}, what
     * it allows */
    N_("The rule “{rule}” of {policy} asks for: {wanted}."),
    { { N_("Change what the rule asks for; if somebody sent you the file, ask them to."),
        "edit-settings" },
      { N_("If you think that the rule is wrong, send the note to whoever looks after your "
           "email."), "copy-note" } } },
  { "export.policy-domain", TL_SEVERITY_ERROR, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a domain */
    N_("{domain} has a fault that your company does not accept"),
    /* Translators: keep {rule}, its name in the policy, {policy}, whose it is, and {wanted}, titles
     * of faults, in quotation marks */
    N_("The rule “{rule}” of {policy} allows no hand-over as long as this is so: {wanted}."),
    /* Translators: keep what stands in “” and {domain} */
    { { N_("“twolanectl domain {domain}” and the page on sending show what to publish; look again "
           "when that is done."), "copy-note" },
      { N_("If you think that the rule is wrong, send the note to whoever looks after your "
           "email."), "copy-note" } } },
  { "export.policy-folders", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Folders are missing that your company asks for"),
    /* Translators: keep {rule}, its name in the policy, {policy}, whose it is, and {wanted}, names
     * of folders */
    N_("The rule “{rule}” of {policy} asks for folders that this mailbox lacks: {wanted}."),
    /* Translators: keep --create */
    { { N_("Let them be made: on the page about the mailbox, or with --create and the name of "
           "each."), NULL },
      { N_("If somebody sent you the file, ask them to, and for a new one."), NULL } } },
  { "export.recipient", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Passwords cannot be sealed for this platform"),
    N_("They are encrypted for one certificate only, and this one cannot be used for it, or nobody "
       "has said yes to it."),
    { { N_("Ask the platform for a certificate that is valid now, and compare its "
           "fingerprint."), "copy-note" },
      { N_("Or hand over without passwords: they are then typed in over there."), NULL } } },
  { "export.write-failed", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The file could not be saved"),
    N_("The system did not let it be written at the place you chose."),
    { { N_("Choose another folder and make sure that there is space left."), "retry" } } },
  { "export.needs-consent", TL_SEVERITY_NOTE, TL_FIXER_YOU, TL_RETRY_NEVER,
    N_("The platform will ask you to sign in once more"),
    N_("A sign-in through the provider’s page belongs to one program and is never handed over in a "
       "file."),
    { { N_("When your platform asks, sign in on the provider’s page with this "
           "mailbox."), NULL } } },
  { "export.tested-from-here", TL_SEVERITY_NOTE, TL_FIXER_YOUR_ADMIN, TL_RETRY_NEVER,
    N_("Tested from this computer only"),
    N_("Your platform connects from its own addresses; rules of your provider about places and "
       "networks are not proven by a test from here."),
    { { N_("If it fails over there, ask whoever looks after your email to allow the platform’s "
           "addresses."), "copy-note" } } },

  { "bundle.bad-signature", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_NEVER,
    N_("The signature on this file does not hold"),
    N_("Either the file was changed after it was signed, or the signature belongs to something "
       "else."),
    { { N_("Do not import it. Make the file again, or ask whoever sent it for a new "
           "one."), NULL } } },
  { "bundle.unknown-signer", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Nobody you know vouches for this file"),
    N_("It is signed and unchanged, but the signer is not on your list of trusted ones, and "
       "anybody can make a signature of their own."),
    { { N_("Ask the sender to read the fingerprint of the signer to you, and compare it."), NULL },
      { N_("If it matches, put it on a line of ~/.config/twolane/signers (for you) or "
           "/etc/twolane/signers (for everybody), and check again."), "retry" },
      { N_("In a terminal, --signer FINGERPRINT does it for this time."), NULL } } },
  { "bundle.expired", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This file is not valid at this moment"),
    /* Translators: keep {not_before}, a date and {not_after}, a date */
    N_("It counts from {not_before} until {not_after} and not before or after, because what was "
       "tested does not stay true."),
    { { N_("Check that date and time of this computer are right."), NULL },
      { N_("If they are, the mailbox has to be tested again and a new file made: by you, or by "
           "whoever sent this one."), NULL } } },
  { "bundle.rollback", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("A newer file for this mailbox was accepted here before"),
    N_("This one is older than the last one of the same signer, or wants to take its place, so it "
       "may bring back settings that were replaced."),
    { { N_("Use the newer file, or ask whoever made them which one counts."), NULL },
      { N_("If the older one is to count again, have it made anew; in a terminal, --allow-rollback "
           "takes it as it is."), NULL } } },
  { "bundle.tampered", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_NEVER,
    N_("This file is not as it was made"),
    N_("Its container or one of its parts differs from what this program writes, so it was changed "
       "or damaged on the way."),
    { { N_("Do not import it. Make the file again, or ask whoever sent it to send it again, as a "
           "file and not as text."), NULL } } },
  { "bundle.schema", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("This file says something that cannot be understood"),
    N_("Its contents do not follow the format, because it was made by another version or by hand."),
    { { N_("Use the newest version of this program."), NULL },
      { N_("Make the file again with it, or ask whoever sent it to."), NULL } } },
  { "bundle.not-for-you", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_NEVER,
    N_("The passwords in this file are for somebody else"),
    N_("They are encrypted for one certificate, and the key at hand belongs to another, so it "
       "cannot read them."),
    { { N_("Open it with the key of the certificate that it was made for."), NULL },
      { N_("Or have the file made for your platform’s certificate: by you, or by whoever sent "
           "it."), NULL } } },
  { "bundle.practice", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_NEVER,
    N_("This file comes from the practice mailbox"),
    N_("It was made for learning and describes no real mailbox, so it is not for importing."),
    { { N_("If you made it, you have seen how it goes: set up the real mailbox and hand over that "
           "file."), NULL },
      { N_("If somebody sent it to you, ask for the file of the real mailbox."), NULL } } },

  { NULL }
};
