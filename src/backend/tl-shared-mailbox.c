/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-shared-mailbox.h"

#include <string.h>

#include "tl-evidence.h"
#include "tl-provider-details.h"

void
tl_shared_mailbox_clear (TlSharedMailbox *self)
{
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->mailbox, tl_address_unref);
  g_clear_pointer (&self->provider, tl_provider_unref);
}

static gboolean
is_typed (const char *text)
{
  return text != NULL && *text != '\0';
}

static TlAddress *
dup_login (const TlSharedMailbox *self)
{
  return is_typed (self->login) ? tl_address_parse (self->login, NULL) : NULL;
}

/* A master user need not have a mailbox: 1*64 printable characters, of which Dovecot keeps `*` for
 * what stands between the two names (auth_master_user_separator). */
static char *
dup_master_name (const TlSharedMailbox *self)
{
  g_autoptr(TlAddress) address = dup_login (self);
  g_autofree char *name = NULL;

  if (!is_typed (self->login))
    return NULL;

  name = address != NULL ? g_strdup (tl_address_get_addr_spec (address))
                         : g_strstrip (g_strdup (self->login));
  if (*name == '\0' || strchr (name, '*') != NULL || !g_utf8_validate (name, -1, NULL) ||
      (address == NULL && g_utf8_strlen (name, -1) > TL_SHARED_MAILBOX_MAX_NAME))
    return NULL;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (!g_unichar_isprint (g_utf8_get_char (at)))
        return NULL;
    }

  return g_steal_pointer (&name);
}

/* Who signs in, in its one spelling; NULL where it cannot be meant. Signing in as the mailbox
 * itself is the very thing that a shared one does not do. */
static char *
dup_login_name (const TlSharedMailbox *self)
{
  g_autoptr(TlAddress) address = dup_login (self);

  if (address != NULL && self->mailbox != NULL && tl_address_equal (address, self->mailbox))
    return NULL;
  if (self->way == TL_SHARED_MASTER)
    return dup_master_name (self);

  return address == NULL ? NULL : g_strdup (tl_address_get_addr_spec (address));
}

static gboolean
is_login_meant (const TlSharedMailbox *self)
{
  g_autofree char *name = dup_login_name (self);

  return name != NULL;
}

static gboolean
is_folder_meant (const TlSharedMailbox *self)
{
  return self->way != TL_SHARED_FOLDER ||
         (is_typed (self->folder) && tl_lane_settings_can_open (self->folder));
}

/**
 * tl_shared_mailbox_is_provided:
 * @self: a mailbox
 *
 * Returns: whether the provider table knows how it is shared
 */
gboolean
tl_shared_mailbox_is_provided (const TlSharedMailbox *self)
{
  g_autofree char *user = NULL;

  if (self->provider == NULL || self->mailbox == NULL)
    return FALSE;
  user = tl_provider_dup_shared_user (self->provider, self->auth, TL_LANE_INCOMING, self->mailbox,
                                      self->mailbox);

  return user != NULL;
}

/**
 * tl_shared_mailbox_is_meant:
 * @self: a mailbox
 *
 * Returns: whether it is shared, and all that is needed is there and can be meant
 */
gboolean
tl_shared_mailbox_is_meant (const TlSharedMailbox *self)
{
  return self->way != TL_SHARED_NOT && is_login_meant (self) && is_folder_meant (self) &&
         (self->way != TL_SHARED_BY_PROVIDER || tl_shared_mailbox_is_provided (self));
}

/**
 * tl_shared_mailbox_find_problem:
 * @self: a mailbox
 *
 * Returns: (transfer full) (nullable): what is wrong with what was typed; nobody is told off for a
 *   field that is still empty
 */
TlFinding *
tl_shared_mailbox_find_problem (const TlSharedMailbox *self)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  gboolean is_begun = is_typed (self->login) || is_typed (self->folder);

  if (self->way == TL_SHARED_NOT || !is_begun ||
      (is_login_meant (self) && is_folder_meant (self)))
    return NULL;

  if (self->mailbox != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_USER, "s",
                           tl_address_get_addr_spec (self->mailbox));

  return tl_finding_new ("input.login", TL_LANE_NONE, g_variant_dict_end (&evidence));
}

/**
 * tl_shared_mailbox_dup_username:
 * @self: a mailbox that is meant
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 *
 * Returns: (transfer full) (nullable): whom the lane signs in as
 */
char *
tl_shared_mailbox_dup_username (const TlSharedMailbox *self,
                                TlLaneKind             lane)
{
  g_autofree char *name = dup_login_name (self);
  g_autoptr(TlAddress) login = dup_login (self);

  switch (self->way)
    {
    case TL_SHARED_BY_PROVIDER:
      return tl_provider_dup_shared_user (self->provider, self->auth, lane, self->mailbox, login);
    case TL_SHARED_MASTER:
      return self->mailbox == NULL ? NULL
                                   : g_strconcat (tl_address_get_addr_spec (self->mailbox), "*",
                                                  name, NULL);
    case TL_SHARED_FOLDER:
      return g_steal_pointer (&name);
    case TL_SHARED_NOT:
    default:
      return NULL;
    }
}

/**
 * tl_shared_mailbox_dup_address:
 * @self: a mailbox that is meant
 *
 * Returns: (transfer full) (nullable): the address that signs in, in its one spelling; %NULL for a
 *   master user that has none
 */
char *
tl_shared_mailbox_dup_address (const TlSharedMailbox *self)
{
  g_autoptr(TlAddress) login = dup_login (self);

  return login == NULL ? NULL : g_strdup (tl_address_get_addr_spec (login));
}
