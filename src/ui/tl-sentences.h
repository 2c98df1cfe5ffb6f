/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/*
 * The sentences of the pages that depend on how things stand: pure functions
 * for <closure>, like those of tl-closures.h. All strings are given.
 */
char *tl_address_to_title        (GObject    *object,
                                  const char *address_text);
char *tl_address_to_hint         (GObject    *object,
                                  TlFinding  *finding);
char *tl_servers_to_title        (GObject    *object,
                                  gboolean    discovering,
                                  gboolean    incoming,
                                  gboolean    outgoing);
char *tl_servers_to_lead         (GObject    *object,
                                  gboolean    discovering,
                                  gboolean    incoming,
                                  gboolean    outgoing,
                                  gboolean    waiting,
                                  TlFinding  *remark,
                                  const char *domain);
char *tl_servers_to_why          (GObject    *object,
                                  gboolean    named);
char *tl_sources_to_label        (GObject    *object,
                                  gboolean    discovering,
                                  gboolean    named);
char *tl_provider_to_first       (GObject    *object,
                                  const char *provider_name);
char *tl_auth_to_lead            (GObject    *object,
                                  TlAuth      auth,
                                  const char *provider_name,
                                  TlPurpose   purpose);
char *tl_auth_to_row_title       (GObject    *object,
                                  TlAuth      auth);
char *tl_phase_to_name           (GObject    *object,
                                  const char *phase);
char *tl_step_to_label           (GObject    *object,
                                  guint       position,
                                  guint       n_steps,
                                  const char *title,
                                  TlVerdict   incoming,
                                  TlVerdict   outgoing);
char *tl_site_to_question        (GObject    *object,
                                  const char *site);
char *tl_site_to_advice          (GObject    *object,
                                  const char *site);
char *tl_secret_to_hint          (GObject    *object,
                                  gboolean    has_secret);
char *tl_results_to_lead         (GObject    *object,
                                  gboolean    testing,
                                  gboolean    tested,
                                  gboolean    ready,
                                  TlFinding  *incoming,
                                  TlFinding  *outgoing,
                                  TlLoopReport *loop);
char *tl_results_to_next_label   (GObject    *object,
                                  gboolean    tested,
                                  gboolean    ready);
char *tl_hand_over_to_title      (GObject    *object,
                                  gboolean    ready);
char *tl_hand_over_to_lead       (GObject    *object,
                                  gboolean    ready,
                                  gboolean    sealed);
char *tl_hand_over_to_next_steps (GObject    *object,
                                  gboolean    ready,
                                  TlPurpose   purpose,
                                  TlTarget   *target);
char *tl_fingerprint_to_lines    (GObject    *object,
                                  const char *fingerprint);
char *tl_hand_over_to_next_label (GObject    *object,
                                  const char *export_path);
char *tl_directory_to_subtitle   (GObject    *object,
                                  gboolean    kept);
char *tl_directory_to_hint       (GObject    *object,
                                  gboolean    refused);

void  tl_sentences_bind (GtkWidgetClass *widget_class);

G_END_DECLS
