/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders, the sending plan and the domain in a dialogue: shown, offered, asked. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-journey-private.h"
#include "tl-sections-text.h"
#include "tl-terminal.h"

/* The names that nobody has to type, in one line. NULL where all are there already. */
static char *
dup_missing (TlMailbox *mailbox)
{
  GListModel *wishes = tl_mailbox_get_wishes (mailbox);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (wishes); i++)
    {
      g_autoptr(TlFolderWish) wish = g_list_model_get_item (wishes, i);

      if (!tl_folder_wish_is_there (wish))
        g_string_append_printf (names, "%s%s", names->len == 0 ? "" : ", ",
                                tl_folder_wish_get_name (wish));
    }

  return names->len == 0 ? NULL : g_string_free (g_steal_pointer (&names), FALSE);
}

static void
want_all (TlMailbox *mailbox)
{
  GListModel *wishes = tl_mailbox_get_wishes (mailbox);

  for (guint i = 0; i < g_list_model_get_n_items (wishes); i++)
    {
      g_autoptr(TlFolderWish) wish = g_list_model_get_item (wishes, i);

      if (!tl_folder_wish_is_there (wish))
        g_object_set (wish, "wanted", TRUE, NULL);
    }
}

/* Nothing is made in a mailbox without a yes. */
static gboolean
offer_folders (TlJourney  *self,
               GError    **error)
{
  TlMailbox *mailbox = tl_setup_get_mailbox (self->setup);
  g_autofree char *missing = dup_missing (mailbox);
  g_autofree char *question = NULL;
  gboolean can_create = FALSE;

  g_object_get (mailbox, "can-create", &can_create, NULL);
  if (missing == NULL || !can_create)
    return TRUE;

  tl_terminal_print ("%s", "");
  /* Translators: %s is a list of folders */
  question = g_strdup_printf (_("Make these folders for outreach: %s?"), missing);
  if (!tl_terminal_ask_yes (question, FALSE))
    return TRUE;

  want_all (mailbox);
  if (!tl_journey_create_folders (self, error))
    return FALSE;
  tl_terminal_print ("%s", "");
  tl_sections_text_print_mailbox (mailbox);

  return TRUE;
}

static gboolean
ask_volume (TlJourney *self)
{
  for (;;)
    {
      g_autofree char *answer = NULL;
      guint64 volume = 0;

      answer = tl_terminal_ask (_("How many messages a day are planned, from all your mailboxes "
                                  "together? A number, or Enter to leave that open:"), "0");
      if (answer == NULL)
        return FALSE;
      if (g_ascii_string_to_unsigned (answer, 10, 0, TL_SENDING_PLAN_MAX_VOLUME, &volume, NULL))
        {
          self->volume = (int) volume;
          return TRUE;
        }
      tl_terminal_complain (_("that is no number from 0 to %u"), TL_SENDING_PLAN_MAX_VOLUME);
    }
}

/**
 * tl_journey_ask_readiness:
 * @self: a journey whose lanes both work
 * @error: return location for a #GError
 *
 * Shows the mailbox and the domain, offers to make folders, and asks how much is to be sent.
 *
 * Returns: %FALSE with @error set when it was stopped
 */
gboolean
tl_journey_ask_readiness (TlJourney  *self,
                          GError    **error)
{
  TlMailbox *mailbox = tl_setup_get_mailbox (self->setup);

  if (!tl_journey_use_mailbox (self, error))
    return FALSE;
  if (tl_mailbox_get_report (mailbox) != NULL)
    {
      tl_terminal_print ("%s", "");
      tl_sections_text_print_mailbox (mailbox);
      if (!offer_folders (self, error))
        return FALSE;
    }

  tl_terminal_print ("%s", "");
  if (self->volume == 0 && ask_volume (self) && self->volume == 0)
    tl_terminal_print ("%s", _("“twolanectl plan --volume N” says later what that takes."));
  if (!tl_journey_use_sending_plan (self, error))
    return FALSE;
  if (self->volume > 0)
    tl_sections_text_print_sending (tl_setup_get_sending (self->setup));

  tl_terminal_print ("%s", "");
  if (!tl_journey_check_domain (self, error))
    return FALSE;
  if (tl_domain_health_get_report (tl_setup_get_domain_health (self->setup)) != NULL)
    tl_sections_text_print_domain (tl_setup_get_domain_health (self->setup), FALSE);

  return TRUE;
}
