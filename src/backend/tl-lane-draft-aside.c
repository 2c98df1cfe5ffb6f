/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-draft-aside.h"

#include "tl-lane-draft-private.h"

struct _TlLaneDraftAside
{
  /* Owned */
  char           *host;
  char           *username;
  TlCandidate    *chosen;
  TlLaneSettings *given;
  char           *given_source;

  guint           port;
  TlSecurity      security;
  gboolean        confirmed;
  TlTrust         given_trust;
  gboolean        is_as_found;
};

/**
 * tl_lane_draft_put_aside:
 * @draft: a draft; it is left as it is
 *
 * Returns: (transfer full): what it shows
 */
TlLaneDraftAside *
tl_lane_draft_put_aside (TlLaneDraft *draft)
{
  TlLaneDraftAside *self;

  g_return_val_if_fail (TL_IS_LANE_DRAFT (draft), NULL);

  self = g_new0 (TlLaneDraftAside, 1);
  self->host = g_strdup (draft->host);
  self->username = g_strdup (draft->username);
  self->port = draft->port;
  self->security = draft->security;
  self->confirmed = draft->confirmed;
  self->is_as_found = draft->given == NULL && draft->chosen == NULL && draft->candidate != NULL &&
                      !tl_lane_draft_is_edited (draft);
  g_set_object (&self->chosen, draft->chosen);
  if (draft->given != NULL)
    self->given = tl_lane_settings_ref (draft->given);
  self->given_source = g_strdup (draft->given_source);
  self->given_trust = draft->given_trust;

  return self;
}

/**
 * tl_lane_draft_take_back:
 * @draft: a draft
 * @aside: (nullable): what it showed, or %NULL for what was found
 *
 * Shows that in place of whatever is there. Where nobody had touched it, that is what discovery
 * says by now.
 */
void
tl_lane_draft_take_back (TlLaneDraft            *draft,
                         const TlLaneDraftAside *aside)
{
  g_return_if_fail (TL_IS_LANE_DRAFT (draft));

  g_object_freeze_notify (G_OBJECT (draft));
  g_clear_pointer (&draft->given, tl_lane_settings_unref);
  g_clear_pointer (&draft->given_source, g_free);
  if (aside != NULL && aside->given != NULL)
    tl_lane_draft_set_settings (draft, aside->given, aside->given_source, aside->given_trust);
  else
    tl_lane_draft_reset (draft);

  if (aside != NULL && !(aside->is_as_found && draft->candidate != NULL))
    {
      if (aside->chosen != NULL)
        tl_lane_draft_choose (draft, aside->chosen);
      /* The kind of encryption first: the usual port follows it. */
      g_object_set (draft,
                    "host", aside->host,
                    "security", aside->security,
                    "port", aside->port,
                    "username", aside->username,
                    NULL);
    }
  if (aside != NULL)
    g_object_set (draft, "confirmed", aside->confirmed, NULL);
  g_object_thaw_notify (G_OBJECT (draft));
}

void
tl_lane_draft_aside_free (TlLaneDraftAside *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_object (&self->chosen);
  g_clear_pointer (&self->given, tl_lane_settings_unref);
  g_clear_pointer (&self->given_source, g_free);
  g_free (self);
}
