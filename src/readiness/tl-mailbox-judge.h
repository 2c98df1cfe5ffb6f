/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-loop-report.h"
#include "tl-mailbox-facts.h"
#include "tl-provider.h"

G_BEGIN_DECLS

/**
 * TlRoleChoice: what a person says a folder is for
 * @role: a role
 * @name: (nullable): which folder, or %NULL: none at all
 */
typedef struct
{
  const char *role;
  const char *name;
} TlRoleChoice;

/**
 * TlMailboxSubject:
 * @provider: (nullable): whose mailbox it is: how many connections it allows
 * @filing: who files what is sent, as the message to oneself showed
 * @is_shared: the mailbox is not that of whoever signs in: what they may do is said
 * @n_tools: how many programs are to use it at once, 0 when nobody said
 * @choices: (array length=n_choices) (nullable): what a person says
 * @n_choices: how many
 * @wanted_roles: (nullable) (array zero-terminated=1): roles that have to be there
 * @software: (nullable): the server's name, as it says itself: some allow only so many connections
 *
 * What the facts are held against.
 */
typedef struct
{
  TlProvider          *provider;
  TlLoopFiling         filing;
  gboolean             is_shared;
  guint                n_tools;
  const TlRoleChoice  *choices;
  guint                n_choices;
  const char * const  *wanted_roles;
  const char          *software;
} TlMailboxSubject;

/* Pure: roles by SPECIAL-USE, then XLIST, then names, then over all of these what a person says. */
TlMailboxReport    *tl_mailbox_judge               (const TlMailboxFacts   *facts,
                                                    const TlMailboxSubject *subject)
                                                    G_GNUC_WARN_UNUSED_RESULT;
/* The biggest folders first: GPtrArray of const TlMailboxFolder, borrowed from the report. By bytes
 * where they are known, else by messages. */
GPtrArray          *tl_mailbox_judge_list_largest  (TlMailboxReport        *report,
                                                    guint                   max_n)
                                                    G_GNUC_WARN_UNUSED_RESULT;
/* The folders that outreach works with, in words of the interface's language: their names, as
 * tl_survey takes them. */
char              **tl_mailbox_dup_outreach_names  (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
