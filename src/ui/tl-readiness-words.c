/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-readiness-words.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"

gboolean
tl_mailbox_is_known (GObject         *object,
                     TlMailboxReport *report)
{
  return report != NULL;
}

/* Whether any folder but the inbox is known for what it is. */
static gboolean
has_roles (TlMailboxReport *report)
{
  GPtrArray *folders = tl_mailbox_report_get_parts (report)->folders;

  for (guint i = 0; folders != NULL && i < folders->len; i++)
    {
      const TlMailboxFolder *folder = g_ptr_array_index (folders, i);

      if (folder->role != NULL && !g_str_equal (folder->role, "inbox"))
        return TRUE;
    }

  return FALSE;
}

char *
tl_mailbox_to_lead (GObject         *object,
                    TlMailboxReport *report,
                    gboolean         testing)
{
  if (testing)
    return g_strdup (_("The mailbox is being looked at."));
  if (report == NULL)
    return g_strdup (_("Nobody has looked into the mailbox yet."));
  if (!has_roles (report))
    return g_strdup (_("No folder but the inbox is known for what it is. Choose them below; what "
                       "is not there yet can be made in your mail program, or stay empty."));

  return g_strdup (_("Twolane looked while it was signed in. Correct what is not right."));
}

/* How much of the room is taken, from 0 to 100. */
guint
tl_mailbox_to_percent (GObject         *object,
                       TlMailboxReport *report)
{
  const TlMailboxQuota *quota = report == NULL ? NULL : tl_mailbox_report_find_fullest (report);

  return quota == NULL ? 0 : MIN (tl_mailbox_quota_get_percent (quota), 100);
}

gboolean
tl_mailbox_has_limit (GObject         *object,
                      TlMailboxReport *report)
{
  return report != NULL && tl_mailbox_report_find_fullest (report) != NULL;
}

char *
tl_mailbox_to_room (GObject         *object,
                    TlMailboxReport *report)
{
  const TlMailboxQuota *quota = report == NULL ? NULL : tl_mailbox_report_find_fullest (report);

  if (quota == NULL)
    return g_strdup (_("The server sets no limit that it tells."));

  /* Translators: how much of the room of a mailbox is taken; %'u is a percentage */
  return g_strdup_printf (_("%'u %% full"), tl_mailbox_quota_get_percent (quota));
}

char *
tl_role_to_subtitle (GObject    *object,
                     const char *purpose,
                     const char *by_text)
{
  if (by_text == NULL || *by_text == '\0')
    return g_strdup (purpose);

  return g_strdup_printf ("%s\n%s", purpose, by_text);
}

char *
tl_wish_to_subtitle (GObject    *object,
                     const char *purpose,
                     gboolean    exists,
                     const char *from_policy)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (purpose != NULL && *purpose != '\0')
    g_ptr_array_add (parts, g_strdup (purpose));
  else if (from_policy == NULL)
    /* Translators: of a folder that whoever sits here named */
    g_ptr_array_add (parts, g_strdup (_("Named by you.")));
  if (from_policy != NULL)
    /* Translators: of a folder; %s is a company */
    g_ptr_array_add (parts, g_strdup_printf (_("%s asks for it."), from_policy));
  if (exists)
    /* Translators: of a folder that need not be made any more */
    g_ptr_array_add (parts, g_strdup (_("It is there.")));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" ", (char **) parts->pdata);
}

char *
tl_folders_to_offer (GObject *object,
                     guint    n_wanted)
{
  if (n_wanted == 0)
    return g_strdup (_("C_reate Folders"));

  /* Translators: on a button; %u is how many folders it makes */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "C_reate %u Folder", "C_reate %u Folders",
                                       n_wanted), n_wanted);
}

char *
tl_folders_to_note (GObject  *object,
                    guint     n_wanted,
                    gboolean  can_create,
                    gboolean  creating)
{
  if (creating)
    return g_strdup (_("Signing in once more and making them…"));
  if (!can_create)
    return g_strdup (_("This account may not make folders here."));
  if (n_wanted == 0)
    return g_strdup (_("Nothing is made unless you ask for it."));

  return g_strdup (_("Signs in once more, makes what is ticked and nothing else."));
}

gboolean
tl_folders_can_be_made (GObject  *object,
                        guint     n_wanted,
                        gboolean  can_create,
                        gboolean  creating)
{
  return n_wanted > 0 && can_create && !creating;
}

char *
tl_ceiling_to_label (GObject *object,
                     guint    ceiling)
{
  if (ceiling == 0)
    return g_strdup (_("No known limit"));

  /* Translators: on a line of its own, large; %'u is how many messages a mailbox is to send a day
   * at the most, its thousands apart as the language has it */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u message a day", "%'u messages a day",
                                       ceiling), ceiling);
}

char *
tl_day_to_title (GObject *object,
                 guint    day)
{
  /* Translators: a row for how many messages are sent on a day of a plan; %u counts from 1 */
  return g_strdup_printf (_("D_ay %u"), day);
}

/* Whose advice a plan is, and whether it still is. */
char *
tl_preset_to_subtitle (GObject    *object,
                       const char *source,
                       gboolean    is_edited)
{
  if (source == NULL || *source == '\0')
    return g_strdup (is_edited ? _("Changed by you") : "");
  if (!is_edited)
    return g_strdup (source);

  return g_strdup_printf ("%s · %s", source, _("Changed by you"));
}

/* A domain has no mnemonic in it. */
char *
tl_domain_to_offer (GObject    *object,
                    const char *domain,
                    gboolean    was_checked)
{
  g_auto(GStrv) parts = g_strsplit (domain == NULL ? "" : domain, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  /* Translators: on buttons; %s is a domain */
  return g_strdup_printf (was_checked ? _("C_heck %s Again") : _("C_heck %s"), escaped);
}

char *
tl_domain_to_description (GObject    *object,
                          const char *domain)
{
  /* Translators: %s is a domain; DNS and MTA-STS are names of techniques */
  return g_strdup_printf (_("Asks name servers (DNS) about %s, and its own web server for its "
                            "MTA-STS policy where it has one. Nothing is sent to anybody."),
                          domain == NULL ? "" : domain);
}

gboolean
tl_domain_is_known (GObject        *object,
                    TlDomainReport *report)
{
  return report != NULL;
}

static const char * const topic_words[] = {
  [TL_STATUS_NOT_TESTED] = N_("Not looked at"),
  [TL_STATUS_RUNNING]    = NULL,
  /* Translators: a topic of a domain is as it should be */
  [TL_STATUS_OK]         = N_("Good"),
  /* Translators: a topic of a domain that it does without */
  [TL_STATUS_NOT_NEEDED] = N_("Optional, not there"),
  /* Translators: a topic of a domain has a fault */
  [TL_STATUS_WARNING]    = N_("Needs work"),
  /* Translators: a topic of a domain is broken */
  [TL_STATUS_ERROR]      = N_("Broken"),
};

/* While it is looked up its summary says so. */
char *
tl_topic_to_word (GObject  *object,
                  TlStatus  status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (topic_words), NULL);

  return g_strdup (topic_words[status] == NULL ? "" : _(topic_words[status]));
}

char *
tl_lines_to_text (GObject *object,
                  GStrv    lines)
{
  return lines == NULL ? g_strdup ("") : g_strjoinv ("\n", lines);
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} closures[] = {
  CLOSURE (tl_ceiling_to_label),
  CLOSURE (tl_domain_is_known),
  CLOSURE (tl_domain_to_description),
  CLOSURE (tl_domain_to_offer),
  CLOSURE (tl_folders_can_be_made),
  CLOSURE (tl_folders_to_note),
  CLOSURE (tl_folders_to_offer),
  CLOSURE (tl_lines_to_text),
  CLOSURE (tl_mailbox_has_limit),
  CLOSURE (tl_mailbox_is_known),
  CLOSURE (tl_mailbox_to_lead),
  CLOSURE (tl_mailbox_to_room),
  CLOSURE (tl_preset_to_subtitle),
  CLOSURE (tl_topic_to_word),
  CLOSURE (tl_wish_to_subtitle),
};

void
tl_readiness_words_bind (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (closures); i++)
    gtk_widget_class_bind_template_callback_full (widget_class, closures[i].name,
                                                  closures[i].callback);
}
