/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlContactKind:
 * @TL_CONTACT_DNS: a name that was looked up
 * @TL_CONTACT_WEB: a host that a document was to be asked of, whether its name led anywhere or not:
 *   which of them could be reached in time would differ from run to run
 * @TL_CONTACT_MAIL: a host whose mail server was tried
 *
 * In what way somebody got to know that this domain is being set up. The nick
 * is what `discover --json` prints.
 */
typedef enum
{
  TL_CONTACT_DNS,
  TL_CONTACT_WEB,
  TL_CONTACT_MAIL,
} TlContactKind;

#define TL_CONTACT_N_KINDS 3

#define TL_TYPE_CONTACT_KIND (tl_contact_kind_get_type ())
GType tl_contact_kind_get_type (void) G_GNUC_CONST;

/**
 * TlContacts:
 *
 * Whom a discovery has asked: written by whatever opens a connection or sends a
 * query, so that no caller has to remember to, and read at the end. Locked:
 * any thread. Atomically counted.
 */
typedef struct _TlContacts TlContacts;

#define TL_TYPE_CONTACTS (tl_contacts_get_type ())
GType        tl_contacts_get_type (void) G_GNUC_CONST;

TlContacts  *tl_contacts_new      (void) G_GNUC_WARN_UNUSED_RESULT;
TlContacts  *tl_contacts_ref      (TlContacts     *self);
void         tl_contacts_unref    (TlContacts     *self);
void         tl_contacts_add      (TlContacts     *self,
                                   TlContactKind   kind,
                                   const char     *host);
char       **tl_contacts_dup      (TlContacts     *self,
                                   TlContactKind   kind) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlContacts, tl_contacts_unref)

G_END_DECLS
