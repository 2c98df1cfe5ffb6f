/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-exit-status.h"
#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlVerb:
 * @name: what is typed
 * @arguments: what follows it, for the usage line
 * @example: (nullable): what a whole call looks like, after the verb
 * @summary: one line for the list of verbs, untranslated
 * @run: does it; @argv[0] is the verb; gives an exit status
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *example;
  const char *summary;
  int       (*run) (int    argc,
                    char **argv);
} TlVerb;

int  tl_cli_run           (int                   argc,
                           char                **argv);

int  tl_verb_diff_run     (int                   argc,
                           char                **argv);
int  tl_verb_discover_run (int                   argc,
                           char                **argv);
int  tl_verb_domain_run   (int                   argc,
                           char                **argv);
int  tl_verb_export_run   (int                   argc,
                           char                **argv);
int  tl_verb_forget_run   (int                   argc,
                           char                **argv);
int  tl_verb_inspect_run  (int                   argc,
                           char                **argv);
int  tl_verb_loop_run     (int                   argc,
                           char                **argv);
int  tl_verb_mailbox_run  (int                   argc,
                           char                **argv);
int  tl_verb_open_run     (int                   argc,
                           char                **argv);
int  tl_verb_plan_run     (int                   argc,
                           char                **argv);
int  tl_verb_policy_run   (int                   argc,
                           char                **argv);
int  tl_verb_practice_run (int                   argc,
                           char                **argv);
int  tl_verb_providers_run (int                  argc,
                           char                **argv);
int  tl_verb_render_run   (int                   argc,
                           char                **argv);
int  tl_verb_request_run  (int                   argc,
                           char                **argv);
int  tl_verb_setup_run    (int                   argc,
                           char                **argv);
int  tl_verb_sign_in_run  (int                   argc,
                           char                **argv);
int  tl_verb_signer_run   (int                   argc,
                           char                **argv);
int  tl_verb_targets_run  (int                   argc,
                           char                **argv);
int  tl_verb_test_run     (int                   argc,
                           char                **argv);
int  tl_verb_verify_run   (int                   argc,
                           char                **argv);

gboolean tl_cli_parse     (const char           *verb,
                           const GOptionEntry   *entries,
                           const GOptionEntry   *more,
                           int                  *argc,
                           char               ***argv,
                           guint                 min_operands,
                           guint                 max_operands,
                           int                  *out_status);
int      tl_cli_fail      (const GError         *error);
int      tl_cli_fail_on_file (const GError      *error);
GOptionEntry *tl_cli_join_entries (const GOptionEntry *first,
                           const GOptionEntry   *second) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_cli_contains  (const char           *text,
                           const char           *folded);
GBytes  *tl_cli_read_file (const char           *path,
                           gsize                 max_bytes,
                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_cli_check_folder (const char        *path,
                              GError           **error);

G_END_DECLS
