/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-detail.h"
#include "tl-finding.h"
#include "tl-lane-report.h"
#include "tl-secret.h"

G_BEGIN_DECLS

/* Words for people on standard output and standard error. What comes from a
 * server has been cleaned when it became evidence. Whatever it is given, nothing
 * here prints a character that a terminal acts on, but the newline between lines
 * and, on a terminal, what strikes text through: the rest is spelt out. */
void      tl_terminal_talk_aside    (void);
void      tl_terminal_print         (const char     *format,
                                     ...) G_GNUC_PRINTF (1, 2);
void      tl_terminal_print_link    (const char     *link,
                                     const char     *host);
void      tl_terminal_complain      (const char     *format,
                                     ...) G_GNUC_PRINTF (1, 2);
void      tl_terminal_print_json    (TlJson         *json);
void      tl_terminal_print_finding (TlFinding      *finding,
                                     char          **remedies);
void      tl_terminal_print_detail  (TlDetail       *detail);
void      tl_terminal_print_step    (TlLaneKind      lane,
                                     TlStep         *step);

gboolean  tl_terminal_can_style     (void);
char     *tl_terminal_dup_struck    (const char     *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_terminal_can_ask       (void);
char     *tl_terminal_ask           (const char     *question,
                                     const char     *fallback) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_terminal_ask_yes       (const char     *question,
                                     gboolean        fallback);
TlSecret *tl_terminal_ask_secret    (const char     *question,
                                     GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
