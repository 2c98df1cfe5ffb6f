/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/*
 * What the page that signs in says of it: pure functions for <closure>, like those of
 * tl-closures.h. Strings and boxed values are given.
 */
char          *tl_signin_to_title           (GObject        *object,
                                             TlAuth          auth,
                                             gboolean        done,
                                             gboolean        needs_client,
                                             gboolean        recalled);
char          *tl_signin_to_lead            (GObject        *object,
                                             TlAuth          auth,
                                             const char     *provider_name,
                                             TlPurpose       purpose,
                                             gboolean        done,
                                             gboolean        needs_client,
                                             gboolean        recalled);
char          *tl_signin_to_status          (GObject        *object,
                                             TlSigninState   state,
                                             TlSigninWay     way,
                                             const char     *issuer_host);
char          *tl_signin_to_help            (GObject        *object,
                                             TlSigninState   state,
                                             TlSigninWay     way);
gboolean       tl_signin_is_idle            (GObject        *object,
                                             TlSigninState   state);
gboolean       tl_signin_is_in_browser      (GObject        *object,
                                             TlSigninState   state);
gboolean       tl_signin_is_on_device       (GObject        *object,
                                             TlSigninState   state);
char          *tl_issuer_to_offer           (GObject        *object,
                                             const char     *provider_name,
                                             const char     *issuer_host);
char          *tl_signin_to_account         (GObject        *object,
                                             const char     *account);
char          *tl_signin_to_place           (GObject        *object,
                                             const char     *issuer_host,
                                             TlSigninWay     way);
char          *tl_seconds_to_left           (GObject        *object,
                                             guint           seconds);
char          *tl_turned_away_to_label      (GObject        *object,
                                             guint           turned_away);
PangoAttrList *tl_code_to_attributes        (GObject        *object,
                                             const char     *code);
char          *tl_code_to_asker             (GObject        *object,
                                             const char     *provider_name);
gboolean       tl_code_is_long              (GObject        *object,
                                             const char     *code);

char          *tl_auth_to_choice            (GObject        *object,
                                             TlAuth          auth,
                                             const char     *provider_name);
char          *tl_auth_to_consequence       (GObject        *object,
                                             TlAuth          auth);
gboolean       tl_auth_is_typed             (GObject        *object,
                                             TlAuth          auth);
gboolean       tl_secrets_suffice           (GObject        *object,
                                             gboolean        is_identity_valid,
                                             gboolean        separate,
                                             gboolean        has_incoming,
                                             gboolean        has_outgoing,
                                             gboolean        filled,
                                             gboolean        outgoing_filled);
gboolean       tl_several                   (GObject        *object,
                                             gboolean        a,
                                             gboolean        b,
                                             gboolean        c);

char          *tl_shared_way_to_label       (GObject        *object,
                                             TlSharedWay     way,
                                             const char     *provider_name);
char          *tl_shared_way_to_explanation (GObject        *object,
                                             TlSharedWay     way);
gboolean       tl_shared_way_is_set         (GObject        *object,
                                             TlSharedWay     way);
gboolean       tl_shared_way_is_by_provider (GObject        *object,
                                             TlSharedWay     way);
gboolean       tl_shared_way_is_folder      (GObject        *object,
                                             TlSharedWay     way);
char          *tl_finding_to_step           (GObject        *object,
                                             TlFinding      *finding);
char          *tl_identity_to_summary       (GObject        *object,
                                             TlSharedWay     way,
                                             const char     *login,
                                             gboolean        separate);
char          *tl_secret_name_to_title      (GObject        *object,
                                             const char     *name);

char          *tl_store_to_hint             (GObject        *object,
                                             TlFinding      *store_finding);
gboolean       tl_store_is_there            (GObject        *object,
                                             TlFinding      *store_finding);
char          *tl_note_to_caption           (GObject        *object,
                                             const char     *source,
                                             const char     *host,
                                             TlFixer         fixer,
                                             const char     *as_of,
                                             TlLaneKind      lane);

void           tl_signin_words_bind         (GtkWidgetClass *widget_class);

G_END_DECLS
