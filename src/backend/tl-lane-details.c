/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-details.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As many as fit on two lines. */
#define MAX_NAMES 8

/* What the letters of RFC 4314 §2.1 allow, of those that matter here. */
static const struct
{
  char        letter;
  const char *label;
} rights[] = {
  /* Translators: a list of what one may do in a folder: read, mark as read, … */
  { 'r', N_("read") },
  { 's', N_("mark as read") },
  { 'i', N_("add messages") },
  { 't', N_("mark as deleted") },
  { 'e', N_("delete for good") },
};

static void
add (GPtrArray  *details,
     const char *label,
     const char *value)
{
  if (value != NULL && *value != '\0')
    g_ptr_array_add (details, tl_detail_new (TL_STATUS_NOT_TESTED, label, NULL, value));
}

static char *
dup_size (guint64 n_bytes)
{
  return g_format_size_full (n_bytes, G_FORMAT_SIZE_IEC_UNITS);
}

static void
add_space (GPtrArray              *details,
           const TlLaneFactsParts *facts)
{
  g_autofree char *used = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *value = NULL;

  if (!facts->has_quota)
    return;

  used = dup_size (facts->quota_used * 1024);
  limit = dup_size (facts->quota_limit * 1024);
  /* Translators: two sizes: how much of the mailbox is full, and how much it holds */
  value = g_strdup_printf (_("%s of %s used"), used, limit);
  add (details, _("Space"), value);
}

static void
add_messages (GPtrArray              *details,
              const TlLaneFactsParts *facts,
              const char             *folder)
{
  g_autofree char *label = NULL;
  g_autofree char *value = NULL;

  if (facts->n_messages < 0)
    return;

  /* Translators: the name of a folder of a mailbox */
  label = folder == NULL ? NULL : g_strdup_printf (_("Messages in the folder “%s”"), folder);
  value = g_strdup_printf ("%" G_GINT64_FORMAT, facts->n_messages);
  add (details, label == NULL ? _("Messages in the inbox") : label, value);
}

static void
add_rights (GPtrArray              *details,
            const TlLaneFactsParts *facts,
            const char             *folder)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autofree char *label = NULL;

  for (gsize i = 0; facts->rights != NULL && i < G_N_ELEMENTS (rights); i++)
    {
      if (strchr (facts->rights, rights[i].letter) != NULL)
        g_string_append_printf (list, "%s%s", list->len == 0 ? "" : ", ", _(rights[i].label));
    }
  /* Translators: the name of a folder of a mailbox */
  label = folder == NULL ? NULL : g_strdup_printf (_("Rights in the folder “%s”"), folder);
  add (details, label == NULL ? _("Rights in the inbox") : label, list->str);
}

static void
add_incoming (GPtrArray              *details,
              const TlLaneFactsParts *facts,
              const char             *folder)
{
  add (details, _("New messages"), facts->idles ? _("announced at once (IDLE)")
                                                : _("seen only when asked for"));
  add_messages (details, facts, folder);
  add_space (details, facts);
  add_rights (details, facts, folder);
}

static void
add_outgoing (GPtrArray              *details,
              const TlLaneFactsParts *facts)
{
  g_autofree char *size = NULL;

  if (facts->max_message_bytes == 0)
    return;
  size = dup_size (facts->max_message_bytes);
  add (details, _("Largest message"), size);
}

/* A certificate for many sites names them all. */
static char *
dup_names (const char * const *names)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (i == MAX_NAMES)
        {
          g_string_append (list, ", …");
          break;
        }
      g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
add_certificate (GPtrArray          *details,
                 const char * const *names,
                 const char         *issuer,
                 GDateTime          *not_after,
                 const char         *fingerprint)
{
  g_autofree char *list = dup_names (names);
  g_autofree char *until = not_after == NULL ? NULL : g_date_time_format (not_after, "%x");

  add (details, _("Certificate made out to"), list);
  add (details, _("Certificate issued by"), issuer);
  add (details, _("Certificate valid until"), until);
  add (details, _("Certificate, SHA-256"), fingerprint);
}

/* The certificate of a connection that did not come to stand, from the finding about it. */
static void
add_refused_certificate (GPtrArray *details,
                         TlFinding *finding)
{
  GVariant *evidence = tl_finding_get_evidence (finding);
  const char *moment = tl_evidence_get_string (evidence, TL_EVIDENCE_NOT_AFTER);
  g_autofree const char **names = NULL;
  g_autoptr(GDateTime) utc = moment == NULL ? NULL : g_date_time_new_from_iso8601 (moment, NULL);
  g_autoptr(GDateTime) not_after = utc == NULL ? NULL : g_date_time_to_local (utc);

  g_variant_lookup (evidence, TL_EVIDENCE_NAMES, "^a&s", &names);
  add_certificate (details, (const char * const *) names,
                   tl_evidence_get_string (evidence, TL_EVIDENCE_ISSUER), not_after,
                   tl_evidence_get_string (evidence, TL_EVIDENCE_FINGERPRINT));
}

static void
add_connection (GPtrArray    *details,
                TlLaneReport *report)
{
  TlTlsInfo *tls = tl_lane_report_get_tls (report);
  TlFinding *primary = tl_lane_report_get_primary (report);
  g_autoptr(GDateTime) not_after = NULL;

  /* Translators: of a server, such as 192.0.2.1 */
  add (details, _("Network address"), tl_lane_report_get_address (report));
  /* Translators: the server by whose help another one is reached */
  add (details, _("Proxy"), tl_lane_report_get_proxy (report));
  if (tls == NULL)
    {
      if (primary != NULL)
        add_refused_certificate (details, primary);
      return;
    }

  add (details, _("Encryption"), tl_tls_info_get_version (tls));
  not_after = g_date_time_new_from_unix_local (tl_tls_info_get_not_after_s (tls));
  add_certificate (details, tl_tls_info_get_names (tls), tl_tls_info_get_issuer (tls), not_after,
                   tl_tls_info_get_fingerprint (tls));
}

/**
 * tl_lane_details_list:
 * @report: (nullable): a lane that was tested
 *
 * Returns: (transfer full) (element-type TlDetail): what it learnt of server and mailbox; nothing
 *   for a lane that came to no server
 */
GPtrArray *
tl_lane_details_list (TlLaneReport *report)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  TlLaneFacts *facts = report == NULL ? NULL : tl_lane_report_get_facts (report);
  const TlLaneFactsParts *parts = facts == NULL ? NULL : tl_lane_facts_get_parts (facts);

  if (parts != NULL)
    {
      add (details, _("Server software"), parts->software);
      add (details, _("Sign-in method"), parts->mechanism);
      if (tl_lane_report_get_lane (report) == TL_LANE_INCOMING)
        add_incoming (details, parts,
                      tl_lane_settings_get_folder (tl_lane_report_get_settings (report)));
      else
        add_outgoing (details, parts);
    }
  if (report != NULL)
    add_connection (details, report);

  return details;
}
