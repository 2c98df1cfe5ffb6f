/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders, the sending plan and the domain: their options, and doing what they say. */
#include "tl-journey.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-sending-advice.h"

/**
 * tl_journey_dup_mailbox_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options about folders; free with g_free()
 */
GOptionEntry *
tl_journey_dup_mailbox_entries (TlJourney *self)
{
  const GOptionEntry entries[] = {
    { "folder", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->folders,
      N_("Which folder is for what: sent=NAME, archive=NAME …; “sent=” for none"),
      N_("ROLE=NAME") },
    { "create", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->create,
      N_("Make this folder if it is not there; “/” parts a folder in another; can be given more "
         "than once"),
      N_("NAME") },
    { "tools", 0, 0, G_OPTION_ARG_INT, &self->n_tools,
      N_("How many programs are to use the mailbox at once"), N_("N") },
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
}

/**
 * tl_journey_dup_sending_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options about how much is to be sent; free with g_free()
 */
GOptionEntry *
tl_journey_dup_sending_entries (TlJourney *self)
{
  const GOptionEntry entries[] = {
    { "volume", 0, 0, G_OPTION_ARG_INT, &self->volume,
      N_("How many messages a day are planned, from all mailboxes together"), N_("N") },
    { "mailboxes", 0, 0, G_OPTION_ARG_INT, &self->n_mailboxes,
      N_("From how many mailboxes"), N_("N") },
    { "domains", 0, 0, G_OPTION_ARG_INT, &self->n_domains,
      N_("Under how many domains"), N_("N") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &self->kind,
      N_("To whom: outreach (they did not ask), subscribed, or conversation"), N_("KIND") },
    { "warm-up", 0, 0, G_OPTION_ARG_STRING, &self->warm_up,
      N_("How a new mailbox gets there: conservative, standard or warmed"), N_("PRESET") },
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
}

/**
 * tl_journey_dup_domain_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options about the domain that sends; free with g_free()
 */
GOptionEntry *
tl_journey_dup_domain_entries (TlJourney *self)
{
  const GOptionEntry entries[] = {
    { "no-domain", 0, 0, G_OPTION_ARG_NONE, &self->skips_domain,
      N_("Do not look the domain up; the bundle says nothing of its health then"), NULL },
    { "registered", 0, 0, G_OPTION_ARG_STRING, &self->registered,
      N_("The domain that was registered to send, to be held against the one in the address"),
      N_("DOMAIN") },
    { "reply-to", 0, 0, G_OPTION_ARG_STRING, &self->reply_to,
      N_("Where answers go, if not to the address"), N_("ADDRESS") },
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
}

static gboolean
check_number (const char  *option,
              int          value,
              int          max,
              GError     **error)
{
  if (value >= 0 && value <= max)
    return TRUE;

  /* Translators: an option such as “--tools”, then a number */
  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, _("%s takes a number from 0 to %d"),
               option, max);

  return FALSE;
}

/* The word’s kind, or -1. */
static int
find_kind (const char *word)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_SENDING_KIND);
  GEnumValue *value = g_enum_get_value_by_nick (klass, word);

  return value == NULL ? -1 : value->value;
}

static gboolean
check_words (TlJourney  *self,
             GError    **error)
{
  g_autoptr(GString) presets = g_string_new (NULL);

  if (self->kind != NULL && find_kind (self->kind) < 0)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           _("--kind takes outreach, subscribed or conversation"));
      return FALSE;
    }
  if (self->warm_up == NULL || tl_warm_up_find_preset (self->warm_up) != NULL)
    return TRUE;

  for (guint i = 0; i < tl_warm_up_get_n_presets (); i++)
    g_string_append_printf (presets, "%s%s", i == 0 ? "" : ", ", tl_warm_up_get_preset (i)->id);
  /* Translators: %s is a list of words to choose from */
  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, _("--warm-up takes one of: %s"),
               presets->str);

  return FALSE;
}

/* ROLE=NAME, split; the name may be empty. */
static gboolean
split_choice (const char  *text,
              char       **out_role,
              const char **out_name,
              GError     **error)
{
  const char *mark = strchr (text, '=');

  if (mark == NULL || mark == text)
    {
      /* Translators: %s is what was typed */
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   _("--folder takes a role, “=” and the name of a folder, such as sent=Sent; "
                     "“%s” is none"),
                   text);
      return FALSE;
    }
  *out_role = g_strndup (text, (gsize) (mark - text));
  *out_name = mark[1] == '\0' ? NULL : mark + 1;

  return TRUE;
}

static gboolean
check_choices (TlJourney  *self,
               GError    **error)
{
  for (gsize i = 0; self->folders != NULL && self->folders[i] != NULL; i++)
    {
      g_autofree char *role = NULL;
      const char *name;

      if (!split_choice (self->folders[i], &role, &name, error))
        return FALSE;
      if (!tl_folder_role_is_known (role))
        {
          /* Translators: %s is what was typed */
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       _("--folder: “%s” is no role; there are sent, drafts, junk, trash, archive "
                         "and all"),
                       role);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * tl_journey_check_readiness:
 * @self: a journey whose options were read
 * @error: return location for a #GError
 *
 * Looks at what was typed before anything is asked of anybody, and takes the wishes: a name that
 * cannot be made into a folder is refused here.
 *
 * Returns: whether it can be done; else %TL_ERROR_INVALID_INPUT names the option
 */
gboolean
tl_journey_check_readiness (TlJourney  *self,
                            GError    **error)
{
  TlMailbox *mailbox = tl_setup_get_mailbox (self->setup);

  if (!check_number ("--tools", self->n_tools, TL_MAILBOX_REPORT_MAX_TOOLS, error) ||
      !check_number ("--volume", self->volume, TL_SENDING_PLAN_MAX_VOLUME, error) ||
      !check_number ("--mailboxes", self->n_mailboxes, TL_SENDING_PLAN_MAX_MAILBOXES, error) ||
      !check_number ("--domains", self->n_domains, TL_SENDING_PLAN_MAX_DOMAINS, error) ||
      !check_words (self, error) || !check_choices (self, error))
    return FALSE;
  if ((self->registered != NULL &&
       !tl_setup_set_registered_domain (self->setup, self->registered, error)) ||
      (self->reply_to != NULL && !tl_setup_set_reply_to (self->setup, self->reply_to, error)))
    {
      g_prefix_error (error, "--");
      return FALSE;
    }

  for (gsize i = 0; self->create != NULL && self->create[i] != NULL; i++)
    {
      if (!tl_mailbox_wish (mailbox, self->create[i], error))
        {
          g_prefix_error (error, "--create: ");
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * tl_journey_create_folders:
 * @self: a journey whose incoming lane works
 * @error: return location for a #GError
 *
 * Makes the folders that are wished for. One that cannot be made is a finding and no error.
 *
 * Returns: whether it was tried
 */
gboolean
tl_journey_create_folders (TlJourney  *self,
                           GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_setup_create_folders_async (self->setup, wait.cancellable,
                                                 tl_journey_wait_ready, &wait));

  return tl_setup_create_folders_finish (self->setup, wait.result, error);
}

/* What the command line says of a mailbox that was looked at. */
static gboolean
choose_folders (TlJourney  *self,
                GError    **error)
{
  TlMailbox *mailbox = tl_setup_get_mailbox (self->setup);

  for (gsize i = 0; self->folders != NULL && self->folders[i] != NULL; i++)
    {
      g_autofree char *role = NULL;
      const char *name;

      if (!split_choice (self->folders[i], &role, &name, error))
        return FALSE;
      if (!tl_mailbox_choose (mailbox, role, name, error))
        {
          g_prefix_error (error, "--folder: ");
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * tl_journey_use_mailbox:
 * @self: a journey that has tested the incoming lane
 * @error: return location for a #GError
 *
 * Makes the folders that the command line asks for, and takes what it says of the others. Does
 * nothing where the mailbox could not be looked at.
 *
 * Returns: whether it could be done
 */
gboolean
tl_journey_use_mailbox (TlJourney  *self,
                        GError    **error)
{
  TlMailbox *mailbox = tl_setup_get_mailbox (self->setup);

  if (tl_mailbox_get_report (mailbox) == NULL)
    return TRUE;
  if (self->n_tools > 0)
    tl_mailbox_set_n_tools (mailbox, (guint) self->n_tools);

  return (self->create == NULL || tl_journey_create_folders (self, error)) &&
         choose_folders (self, error);
}

/**
 * tl_journey_use_sending_plan:
 * @self: a journey whose options were looked at
 * @error: return location for a #GError
 *
 * Takes what the command line says of how much is to be sent.
 *
 * Returns: whether it makes a plan; else %TL_ERROR_INVALID_INPUT names the option
 */
gboolean
tl_journey_use_sending_plan (TlJourney  *self,
                             GError    **error)
{
  TlSending *sending = tl_setup_get_sending (self->setup);

  if (self->kind != NULL)
    g_object_set (sending, "kind", find_kind (self->kind), NULL);
  if (self->volume > 0)
    g_object_set (sending, "volume", (guint) self->volume, NULL);
  if (self->n_mailboxes > 0)
    g_object_set (sending, "n-mailboxes", (guint) self->n_mailboxes, NULL);
  if (self->n_domains > 0)
    g_object_set (sending, "n-domains", (guint) self->n_domains, NULL);
  if (self->warm_up == NULL)
    return TRUE;

  if (!tl_sending_set_preset (sending, self->warm_up, error))
    {
      g_prefix_error (error, "--warm-up: ");
      return FALSE;
    }
  tl_sending_confirm (sending);

  return TRUE;
}

/**
 * tl_journey_check_domain:
 * @self: a journey with an address
 * @error: return location for a #GError
 *
 * Looks the address's domain up; a practice mailbox has none.
 *
 * Returns: whether it was looked up, or need not be
 */
gboolean
tl_journey_check_domain (TlJourney  *self,
                         GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  if (tl_setup_get_purpose (self->setup) == TL_PURPOSE_PRACTICE || self->skips_domain)
    return TRUE;

  WAIT_FOR (wait, tl_setup_check_domain_async (self->setup, wait.cancellable,
                                               tl_journey_wait_ready, &wait));

  return tl_setup_check_domain_finish (self->setup, wait.result, error);
}
