/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs in on which lane, as the options say it. */
#include "tl-journey.h"

#include <string.h>

#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-relay.h"

#define FOLDER_PREFIX "folder:"

/* How --shared says it; what stands behind the colon is the folder. */
static const struct
{
  const char  *word;
  TlSharedWay  way;
} shared_words[] = {
  { "provider", TL_SHARED_BY_PROVIDER },
  { "master",   TL_SHARED_MASTER },
  { "folder",   TL_SHARED_FOLDER },
};

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, why);

  return FALSE;
}

static gboolean
read_shared (const char   *text,
             TlSharedWay  *out_way,
             const char  **out_folder)
{
  *out_folder = g_str_has_prefix (text, FOLDER_PREFIX) ? text + strlen (FOLDER_PREFIX) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (shared_words); i++)
    {
      if (g_str_equal (shared_words[i].word, *out_folder != NULL ? "folder" : text) &&
          (shared_words[i].way == TL_SHARED_FOLDER) == (*out_folder != NULL))
        {
          *out_way = shared_words[i].way;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * tl_journey_dup_relay:
 * @self: a journey
 * @text: its name or its id, whichever the case of its letters
 *
 * Returns: (transfer full) (nullable): the id of the sending service of our table that is called so
 */
char *
tl_journey_dup_relay (TlJourney  *self,
                      const char *text)
{
  g_autoptr(GListModel) relays = NULL;

  g_object_get (tl_setup_get_identity (self->setup), "relays", &relays, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (relays); i++)
    {
      g_autoptr(TlRelay) relay = g_list_model_get_item (relays, i);
      g_autofree char *name = NULL;

      g_object_get (relay, "name", &name, NULL);
      if (g_ascii_strcasecmp (text, tl_relay_get_id (relay)) == 0 ||
          g_ascii_strcasecmp (text, name) == 0)
        return g_strdup (tl_relay_get_id (relay));
    }

  return NULL;
}

/**
 * tl_journey_check_identity:
 * @self: a journey whose options were read
 * @error: return location for a #GError
 *
 * Looks before the work whether the options about who signs in can be meant.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT, which names the option
 */
gboolean
tl_journey_check_identity (TlJourney  *self,
                           GError    **error)
{
  g_autofree char *relay = NULL;
  TlSharedWay way;
  const char *folder;

  if (self->login == NULL && self->shared != NULL)
    return refuse (error, "--shared needs --login ADDRESS: who signs in");
  if (self->shared != NULL && !read_shared (self->shared, &way, &folder))
    return refuse (error, "--shared is provider, master or folder:NAME");
  if (self->shared != NULL && folder != NULL && !tl_lane_settings_can_open (folder))
    return refuse (error, "--shared=folder:NAME: that is no name of a folder");
  if (self->relay != NULL && self->outgoing != NULL)
    return refuse (error, "--relay and --outgoing both name the outgoing server: leave one out");
  if (self->relay == NULL)
    return TRUE;

  relay = tl_journey_dup_relay (self, self->relay);
  if (relay == NULL)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "--relay: no sending service “%s” is known; “twolanectl providers” lists them, "
                   "and --outgoing takes any server", self->relay);
      return FALSE;
    }
  g_free (self->relay);
  self->relay = g_steal_pointer (&relay);

  return TRUE;
}

static gboolean
use_login (TlJourney  *self,
           GError    **error)
{
  TlIdentity *identity = tl_setup_get_identity (self->setup);
  TlSharedWay way = TL_SHARED_BY_PROVIDER;
  const char *folder = NULL;
  gboolean can = FALSE;

  if (self->login == NULL)
    return TRUE;
  if (self->shared != NULL)
    read_shared (self->shared, &way, &folder);
  g_object_get (identity, "can-share-by-provider", &can, NULL);
  if (way == TL_SHARED_BY_PROVIDER && !can)
    return refuse (error, "--login: how this provider shares mailboxes is not known here; "
                          "say --shared=master or --shared=folder:NAME");

  g_object_set (identity, "shared-way", way, "login", self->login, "shared-folder", folder, NULL);
  if (tl_identity_is_valid (identity))
    return TRUE;

  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
               way == TL_SHARED_MASTER ? "--login: “%s” is no name of a master user"
                                       : "--login: “%s” is no address of somebody who signs in to "
                                         "another mailbox", self->login);

  return FALSE;
}

/**
 * tl_journey_use_sending:
 * @self: a journey with servers
 *
 * Takes the options that say that sending has a sign-in of its own. A server that is named comes
 * after it: the mailbox's own is put aside.
 */
void
tl_journey_use_sending (TlJourney *self)
{
  TlIdentity *identity = tl_setup_get_identity (self->setup);

  if (self->relay != NULL)
    tl_identity_choose_relay (identity, self->relay);
  else if (self->outgoing != NULL && self->outgoing_user != NULL && self->outgoing_password_fd >= 0)
    g_object_set (identity, "separate-sending", TRUE, NULL);
}

/* Once: what is read from a descriptor is gone from it. */
static gboolean
read_client_secret (TlJourney  *self,
                    GError    **error)
{
  if (self->client_secret_fd < 0 || self->client_secret != NULL)
    return TRUE;

  self->client_secret = tl_secret_read_sync (self->client_secret_fd, error);
  if (self->client_secret == NULL)
    g_prefix_error (error, "--client-secret-fd: ");

  return self->client_secret != NULL;
}

/**
 * tl_journey_use_identity:
 * @self: a journey with servers
 * @error: return location for a #GError
 *
 * Takes the options that say who signs in, as whom this program presents itself, and how.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT, which names the option
 */
gboolean
tl_journey_use_identity (TlJourney  *self,
                         GError    **error)
{
  if (!use_login (self, error) || !read_client_secret (self, error))
    return FALSE;
  if (self->client_id != NULL &&
      !tl_journey_set_client (self, self->client_id, self->tenant, self->client_secret, error))
    {
      g_prefix_error (error, "--client-id: ");
      return FALSE;
    }

  /* In a dialogue other servers may be typed still, which take other things. */
  return self->is_dialogue || tl_journey_check_way (self, error);
}
