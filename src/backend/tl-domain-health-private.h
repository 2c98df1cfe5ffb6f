/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What TlSetup and the files of TlDomainHealth share. */
#include "tl-contacts.h"
#include "tl-detail.h"
#include "tl-domain-check.h"
#include "tl-domain-health.h"

G_BEGIN_DECLS

TlDomainRow *tl_domain_row_new             (TlDomainTopic         topic) G_GNUC_WARN_UNUSED_RESULT;
void         tl_domain_row_show            (TlDomainRow          *self,
                                            TlDomainReport       *report,
                                            gboolean              is_checking);

/* The record that mends a finding, where there is one. */
TlRecordFix *tl_record_fix_new             (TlFinding            *finding)
                                            G_GNUC_WARN_UNUSED_RESULT;
char        *tl_record_fix_dup_line        (const char           *name,
                                            const char           *kind,
                                            const char           *value) G_GNUC_WARN_UNUSED_RESULT;

/* A topic in words. */
const char  *tl_domain_topic_get_purpose   (TlDomainTopic         topic);
TlRecordFix *tl_domain_topic_dup_fix       (TlDomainTopic         topic,
                                            TlDomainReport       *report)
                                            G_GNUC_WARN_UNUSED_RESULT;
char        *tl_domain_topic_dup_summary   (TlDomainTopic         topic,
                                            TlDomainReport       *report)
                                            G_GNUC_WARN_UNUSED_RESULT;
/* All topics in words. */
char        *tl_domain_topics_dup_summary  (TlDomainReport       *report)
                                            G_GNUC_WARN_UNUSED_RESULT;

/* Runs @check, which nobody has run, and shows what it says as what is said of @domain. */
void         tl_domain_health_run_async    (TlDomainHealth       *self,
                                            const char           *domain,
                                            TlDomainCheck        *check,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
void         tl_domain_health_ask_with     (TlDomainHealth       *self,
                                            TlRecords            *records,
                                            TlHttps              *https);
TlContacts  *tl_domain_health_get_contacts (TlDomainHealth       *self);
gboolean     tl_domain_health_is_checking  (TlDomainHealth       *self);
gboolean     tl_domain_health_is_complete  (TlDomainHealth       *self);
void         tl_domain_health_judge_again  (TlDomainHealth       *self,
                                            TlDomainSubject      *subject);
void         tl_domain_health_start_over   (TlDomainHealth       *self);

G_END_DECLS
