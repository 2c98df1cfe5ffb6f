/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"
#include "tl-domain-judge.h"
#include "tl-https.h"
#include "tl-records.h"

G_BEGIN_DECLS

/* All of it together; what is not there by then is not-tested. */
#define TL_DOMAIN_CHECK_MS 15000

/**
 * TlDomainCheck:
 *
 * Looks a domain up: asks everything that the judges want side by side, judges, and asks again
 * until nothing is wanted or the time is over. Asks the system's resolvers, and over HTTPS the
 * domain's own `mta-sts` host; nobody else. Belongs to the thread-default #GMainContext it was made
 * in. Runs once.
 *
 * Signal: `progress (TlDomainReport *report)` after each round: what can be said so far.
 */
#define TL_TYPE_DOMAIN_CHECK (tl_domain_check_get_type ())
G_DECLARE_FINAL_TYPE (TlDomainCheck, tl_domain_check, TL, DOMAIN_CHECK, GObject)

TlDomainCheck  *tl_domain_check_new        (TlDomainSubject      *subject,
                                            TlContacts           *contacts)
                                            G_GNUC_WARN_UNUSED_RESULT;
/* With a resolver and a fetcher of the caller's. */
TlDomainCheck  *tl_domain_check_new_with   (TlDomainSubject      *subject,
                                            TlRecords            *records,
                                            TlHttps              *https)
                                            G_GNUC_WARN_UNUSED_RESULT;
void            tl_domain_check_run_async  (TlDomainCheck        *self,
                                            TlDeadline            deadline,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
TlDomainReport *tl_domain_check_run_finish (TlDomainCheck        *self,
                                            GAsyncResult         *result,
                                            GError              **error)
                                            G_GNUC_WARN_UNUSED_RESULT;

/* For another set-up, over what is known once it has run; NULL when more would have to be asked. */
TlDomainReport *tl_domain_check_judge_again (TlDomainCheck       *self,
                                             TlDomainSubject     *subject)
                                             G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
