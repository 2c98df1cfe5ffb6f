/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-catalogue-tables.h"

#include <glib/gi18n-lib.h>

/* Nearly all of it is mended by whoever keeps the domain's records. The record itself is shown
 * beside these sentences, with its name, by whoever shows the finding. */
const TlCatalogueEntry tl_catalogue_domain[] = {
  { "domain.spf-missing", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} does not say who may send for it"),
    N_("It has no SPF record, so receivers cannot tell your mail from forged mail."),
    { { N_("Ask whoever looks after the domain to publish the record shown here, where its other "
           "DNS records are."), "copy-note" },
      { N_("Where no record is shown, your provider’s help pages say what it has to "
           "include."), NULL } } },
  { "domain.spf-permerror", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The SPF record of {domain} has a mistake"),
    N_("Receivers cannot evaluate it, and treat your mail as if there were none or worse."),
    { { N_("Send the note to whoever looks after the domain; it names the "
           "mistake."), "copy-note" },
      { N_("If there are several SPF records, one has to stay, and say what all of them "
           "said."), NULL } } },
  { "domain.spf-too-many-lookups", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The SPF record of {domain} asks for too many look-ups"),
    N_("Receivers give up after ten, and then the whole record does not count."),
    { { N_("Ask whoever looks after the domain to remove services that no longer "
           "send."), "copy-note" } } },
  { "domain.spf-void-lookups", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The SPF record of {domain} names what does not exist"),
    N_("More than two of its look-ups find nothing, and then receivers may give up on the whole "
       "record."),
    { { N_("Ask whoever looks after the domain to remove the names that are no longer "
           "there."), "copy-note" } } },
  { "domain.spf-all-open", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The SPF record of {domain} keeps nobody out"),
    N_("It lists who may send, but does not end by saying that nobody else may, so it proves "
       "nothing."),
    { { N_("Ask whoever looks after the domain to put the record shown here in the place of the "
           "one there is."), "copy-note" } } },
  { "domain.spf-excludes-lane", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} does not list who you send through"),
    /* Translators: keep {names}, a sending service or a server */
    N_("Its SPF record names others but not {names}, which your messages are handed in at, so "
       "receivers will doubt your mail."),
    { { N_("Ask whoever looks after the domain to put the record shown here in the place of the "
           "one there is; there may be only one."), "copy-note" },
      { N_("Where no record is shown there is no room for one more: first ask for services that no "
           "longer send to be taken out."), "copy-note" } } },

  { "domain.dkim-not-found", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("No working DKIM key of {domain} was found"),
    N_("Without it your messages carry no signature that receivers can check."),
    { { N_("Ask whoever looks after the domain to switch DKIM on with your provider and to publish "
           "the key that the provider gives."), "copy-note" } } },
  { "domain.dkim-weak", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The DKIM key of {domain} is too short"),
    N_("It is so short that it could be broken, and some receivers ignore such signatures."),
    { { N_("Ask whoever looks after the domain to make a new key of 2048 bits with your "
           "provider."), "copy-note" } } },
  { "domain.dkim-test-mode", TL_SEVERITY_NOTE, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} says that it is only trying DKIM out"),
    N_("Its key is marked as a test (t=y), so receivers may treat signed mail as if it were not "
       "signed."),
    { { N_("When signing works, ask whoever looks after the domain to take the mark "
           "away."), "copy-note" } } },

  { "domain.dmarc-missing", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} has no rule for forged mail"),
    N_("It has no DMARC record, which large receivers ask for before they take mail in numbers."),
    { { N_("Ask whoever looks after the domain to publish the record shown here, to start "
           "with."), "copy-note" },
      { N_("Reports will go to postmaster, an address that every domain has to have; see that "
           "somebody reads it, or name another."), NULL } } },
  { "domain.dmarc-invalid", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The DMARC record of {domain} has a mistake"),
    N_("Receivers do not follow it, or not as it was meant."),
    { { N_("Ask whoever looks after the domain to correct it; the note names the "
           "mistake."), "copy-note" } } },
  { "domain.dmarc-none", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The rule of {domain} for forged mail asks for nothing"),
    N_("Its DMARC record says p=none: enough to start with, but no protection."),
    { { N_("When the reports are clean, ask whoever looks after the domain to put the record shown "
           "here in its place."), "copy-note" } } },
  { "domain.dmarc-unreported", TL_SEVERITY_NOTE, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} does not hear who sends in its name"),
    N_("Its DMARC record names no address for reports that would get them, so mistakes and misuse "
       "stay unseen."),
    { { N_("Ask whoever looks after the domain for an address that reports may go to (rua), and "
           "for the permission of its domain where it is another one."), "copy-note" } } },
  { "domain.dmarc-unaligned", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    N_("The proof on your mail is made out to another domain"),
    /* Translators: keep {domain}, a mail domain */
    N_("Neither SPF nor DKIM speaks for {domain}, the domain people see, so its DMARC rule does "
       "not count them."),
    { { N_("Ask whoever looks after the domain to set up DKIM for exactly this domain with your "
           "provider."), "copy-note" } } },

  { "domain.mta-sts-broken", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} promises encrypted delivery and breaks the promise"),
    N_("Its MTA-STS policy cannot be read or names other servers, so some replies may not be "
       "delivered."),
    { { N_("Send the note to whoever looks after the domain."), "copy-note" } } },
  { "domain.mta-sts-missing", TL_SEVERITY_NOTE, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} does not ask for encrypted delivery"),
    N_("It has no MTA-STS policy, so somebody on the way could make other servers send replies in "
       "the clear."),
    { { N_("If that matters to you, ask whoever looks after the domain to set up MTA-STS: first "
           "the file, then the record, as the details say."), "copy-note" } } },
  { "domain.tls-rpt-missing", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} gets no reports about failed encryption"),
    N_("It asks for encrypted delivery but names no address for reports (TLS-RPT), so problems "
       "stay unseen."),
    { { N_("Ask whoever looks after the domain to publish the record shown "
           "here."), "copy-note" } } },
  { "domain.tlsa-mismatch", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The published certificate of {domain} does not match its server"),
    N_("Its TLSA record names another certificate than the mail server shows, so some replies will "
       "not be delivered."),
    { { N_("Send the note to whoever looks after the domain."), "copy-note" } } },
  { "domain.bimi-not-ready", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The logo of {domain} will not be shown"),
    N_("A BIMI record is there, but something that receivers ask for before they show a logo is "
       "missing."),
    { { N_("Ask whoever looks after the domain; a DMARC rule stronger than p=none comes "
           "first."), "copy-note" } } },

  { "domain.mx-missing", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} names no server for its mail"),
    N_("Without an MX record replies may get lost, and many receivers refuse mail from such a "
       "domain."),
    { { N_("Check the part of your address behind the @."), "edit-settings" },
      { N_("Ask whoever looks after the domain to publish an MX record."), "copy-note" } } },
  { "domain.mx-null", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("{domain} says that it takes no mail"),
    N_("Its MX record means that nobody can write to it, so no reply arrives, and many receivers "
       "refuse mail from such a domain."),
    { { N_("Check the part of your address behind the @."), "edit-settings" },
      { N_("Ask whoever looks after the domain to publish the MX record of the provider where the "
           "mailbox is."), "copy-note" } } },
  { "domain.mx-elsewhere", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("Mail to {domain} goes to another provider"),
    N_("Its MX record leads to another provider than the incoming lane, so replies may not reach "
       "the mailbox you tested."),
    { { N_("Check that you tested the provider where your mail arrives."), "edit-settings" },
      { N_("Ask whoever looks after the domain whether a filter or a forwarding stands in "
           "between."), "copy-note" } } },
  { "domain.mx-broken", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("One of the servers that {domain} names for its mail cannot be used"),
    /* Translators: keep {host}, what stands in the record in the place of a server */
    N_("Its MX record leads to {host}, which is not the name of a server as it should be; others "
       "still work, so mail arrives late at times."),
    { { N_("Ask whoever looks after the domain to correct or remove the "
           "record."), "copy-note" } } },
  { "domain.not-signed", TL_SEVERITY_NOTE, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The records of {domain} are not signed"),
    N_("Without DNSSEC somebody on the way could forge them; most domains do without, and "
       "receivers do not ask for it."),
    { { N_("If that matters to you, ask whoever looks after the domain to switch DNSSEC "
           "on."), "copy-note" } } },
  { "domain.dnssec-bogus", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("The signatures on the records of {domain} are wrong"),
    N_("Whoever checks DNSSEC cannot see the domain at all, so mail to and from it may be "
       "refused."),
    { { N_("Send the note to whoever looks after the domain, soon: it may be that a key was "
           "changed in one place alone."), "copy-note" } } },
  { "domain.nxdomain", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {domain}, a mail domain */
    N_("There is no domain {domain}"),
    N_("Nobody has registered it, or it has run out, so no mail from it is taken and none "
       "reaches it."),
    { { N_("Check the part of your address behind the @."), "edit-settings" },
      { N_("If it is spelt as it should be, ask whoever looks after the domain whether it is still "
           "paid for."), "copy-note" } } },
  { "domain.unanswered", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_LATER,
    /* Translators: keep {domain}, a mail domain */
    N_("Not all that was asked about {domain} was answered"),
    N_("Name servers did not answer, or not in time, so what they would have said was not "
       "looked at."),
    { { N_("Try again in a few minutes."), "retry" },
      { N_("If it stays like this, send the note to whoever looks after the "
           "domain."), "copy-note" } } },

  { "domain.lookalike-sender", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("The domain in From is not the one that was registered for sending"),
    /* Translators: keep {domain} and {suggestion}, two mail domains */
    N_("Messages would come from {domain}, while {suggestion} was named for sending: one of the "
       "two is a slip, or a domain that only looks alike."),
    { { N_("Compare the two letter by letter, and correct the address."), "edit-settings" },
      { N_("Or correct the domain that was named for sending."), NULL } } },
  { "domain.replies-elsewhere", TL_SEVERITY_WARNING, TL_FIXER_YOU, TL_RETRY_AFTER_CHANGE,
    N_("Answers go where the incoming lane does not read"),
    /* Translators: keep {suggestion}, a mail domain */
    N_("Answers are to go to an address at {suggestion}, and its mail arrives at other servers "
       "than those of the mailbox you tested."),
    { { N_("Let answers go to the address of this mailbox."), "edit-settings" },
      { N_("Or ask whoever looks after that domain to forward its mail here."), "copy-note" } } },
  { "domain.ptr-missing", TL_SEVERITY_WARNING, TL_FIXER_YOUR_ADMIN, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, the name of a server */
    N_("The address of {host} does not lead back to its name"),
    N_("Large receivers refuse mail from a server whose address has no name in DNS, or one that "
       "leads elsewhere."),
    { { N_("Ask whoever runs the server to have the reverse entry (PTR) of its address set to its "
           "name, usually by the company that its line or machine is from."), "copy-note" } } },

  { NULL }
};
