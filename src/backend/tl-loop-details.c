/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-details.h"

#include <glib/gi18n-lib.h>

#include "tl-duration.h"

/* RFC 8601 §2.7. */
static const struct
{
  const char *word;
  TlStatus    status;
  const char *label;
} results[] = {
  /* Translators: how a check of the sender ended: SPF, DKIM or DMARC */
  { "pass",      TL_STATUS_OK,         N_("Passed") },
  { "fail",      TL_STATUS_WARNING,    N_("Failed") },
  /* Translators: of SPF: the domain says that the server is probably not one of its own */
  { "softfail",  TL_STATUS_WARNING,    N_("Failed softly") },
  /* Translators: of SPF: the domain does not say whether the server is one of its own */
  { "neutral",   TL_STATUS_NOT_NEEDED, N_("Neither yes nor no") },
  /* Translators: of SPF, DKIM or DMARC: there was nothing to check */
  { "none",      TL_STATUS_NOT_NEEDED, N_("Nothing to check") },
  { "temperror", TL_STATUS_NOT_NEEDED, N_("Could not be checked") },
  { "permerror", TL_STATUS_WARNING,    N_("Faulty record") },
};

static void
add (GPtrArray  *details,
     TlStatus    status,
     const char *label,
     const char *hint,
     const char *value)
{
  g_ptr_array_add (details, tl_detail_new (status, label, hint, value));
}

static void
add_check (GPtrArray  *details,
           const char *label,
           const char *hint,
           const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      if (g_strcmp0 (results[i].word, word) == 0)
        {
          add (details, results[i].status, label, hint, _(results[i].label));
          return;
        }
    }

  add (details, TL_STATUS_NOT_NEEDED, label, hint, _("Not said"));
}

static char *
dup_place (const TlLoopReportParts *parts)
{
  if (g_strcmp0 (parts->role, "inbox") == 0)
    return g_strdup (_("In the inbox"));
  if (parts->folder == NULL)
    return NULL;
  if (g_strcmp0 (parts->role, "junk") == 0)
    /* Translators: %s is the name of the folder */
    return g_strdup_printf (_("In the junk folder, “%s”"), parts->folder);

  /* Translators: %s is the name of a folder */
  return g_strdup_printf (_("In the folder “%s”"), parts->folder);
}

static void
add_way (GPtrArray               *details,
         const TlLoopReportParts *parts)
{
  g_autofree char *sent = tl_duration_dup_label (parts->sent_ms);
  g_autofree char *back = tl_duration_dup_label (parts->back_ms);
  g_autofree char *place = dup_place (parts);
  gboolean is_good = g_strcmp0 (parts->role, "junk") != 0;

  if (!parts->is_sent)
    {
      /* Translators: of the test message */
      add (details, TL_STATUS_ERROR, _("Sent"), _("By the outgoing lane"), _("No"));
      return;
    }

  add (details, TL_STATUS_OK, _("Sent"), _("By the outgoing lane"), sent);
  if (parts->is_back)
    /* Translators: of the test message */
    add (details, is_good ? TL_STATUS_OK : TL_STATUS_WARNING, _("Arrived"), place, back);
  else
    add (details, TL_STATUS_ERROR, _("Arrived"), _("Seen by the incoming lane"), _("No"));
}

static char *
dup_seal (const TlLoopReportParts *parts)
{
  if (parts->dkim_domain == NULL)
    return g_strdup (_("A seal on the message"));
  if (parts->dkim_selector == NULL)
    /* Translators: %s is a domain */
    return g_strdup_printf (_("A seal on the message, by %s"), parts->dkim_domain);

  /* Translators: a domain, then the name of one of its keys */
  return g_strdup_printf (_("A seal on the message, by %s with key “%s”"), parts->dkim_domain,
                          parts->dkim_selector);
}

static void
add_checks (GPtrArray               *details,
            const TlLoopReportParts *parts)
{
  g_autofree char *seal = NULL;

  if (parts->judge == NULL)
    {
      add (details, TL_STATUS_NOT_NEEDED, _("SPF, DKIM, DMARC"),
           _("What the receiving server made of the sender"), _("Not said"));
      return;
    }

  seal = dup_seal (parts);
  add (details, TL_STATUS_OK, _("Sender checked"), _("By the server that received it"),
       parts->judge);
  add_check (details, "SPF", _("May this server send for the domain?"), parts->spf);
  add_check (details, "DKIM", seal, parts->dkim);
  add_check (details, "DMARC", _("Does the domain stand by the message?"), parts->dmarc);
}

static void
add_copy (GPtrArray               *details,
          const TlLoopReportParts *parts)
{
  g_autofree char *place = NULL;

  switch (parts->filing)
    {
    case TL_LOOP_FILING_FILED:
      if (parts->sent_folder != NULL)
        /* Translators: %s is the name of a folder */
        place = g_strdup_printf (_("In the folder “%s”"), parts->sent_folder);
      add (details, TL_STATUS_OK, _("Copy of what is sent"), place, _("Filed by the server"));
      break;
    case TL_LOOP_FILING_NOT_FILED:
      add (details, TL_STATUS_NOT_NEEDED, _("Copy of what is sent"), NULL, _("Nobody files one"));
      break;
    case TL_LOOP_FILING_UNKNOWN:
    default:
      break;
    }
}

/**
 * tl_loop_details_list:
 * @report: (nullable): how it fared
 *
 * Returns: (transfer full) (element-type TlDetail): what happened to it, in order; nothing of what
 *   cannot be known
 */
GPtrArray *
tl_loop_details_list (TlLoopReport *report)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  const TlLoopReportParts *parts = report == NULL ? NULL : tl_loop_report_get_parts (report);

  if (parts == NULL)
    return details;

  add_way (details, parts);
  if (!parts->is_back)
    return details;

  add_checks (details, parts);
  add_copy (details, parts);
  /* Translators: whether the test message is gone from the mailbox */
  add (details, parts->is_removed ? TL_STATUS_OK : TL_STATUS_NOT_NEEDED, _("Removed afterwards"),
       NULL, parts->is_removed ? _("Yes") : _("No"));

  return details;
}
