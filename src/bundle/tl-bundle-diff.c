/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two bundles side by side: each becomes a list of rows, named by where they stand in bundle.json,
 * and what is not alike under one name is a difference. */
#include "tl-difference.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-folder-role.h"
#include "tl-nick.h"

typedef struct
{
  char             *member;
  const char       *label;   /* translated */
  char             *value;
  TlDifferenceKind  kind;
  TlLaneKind        lane;
} Row;

/* What is being listed, and where it stands. */
typedef struct
{
  GPtrArray        *rows;
  const char       *prefix;
  TlDifferenceKind  kind;
  TlLaneKind        lane;
} Listing;

static void
row_free (gpointer data)
{
  Row *self = data;

  g_free (self->member);
  g_free (self->value);
  g_free (self);
}

static void
add (Listing    *listing,
     const char *name,
     const char *label,
     const char *value)
{
  Row *row;

  if (value == NULL)
    return;

  row = g_new0 (Row, 1);
  row->member = g_strconcat (listing->prefix, name, NULL);
  row->label = label;
  row->value = g_strdup (value);
  row->kind = listing->kind;
  row->lane = listing->lane;
  g_ptr_array_add (listing->rows, row);
}

static void
add_number (Listing    *listing,
            const char *name,
            const char *label,
            guint64     value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  add (listing, name, label, text);
}

static void
add_moment (Listing    *listing,
            const char *name,
            const char *label,
            gint64      moment_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (moment_s);
  g_autofree char *text = moment == NULL ? NULL
                                         : g_date_time_format (moment, "%Y-%m-%d %H:%M:%S UTC");

  add (listing, name, label, text);
}

static void
add_words (Listing            *listing,
           const char         *name,
           const char         *label,
           const char * const *words)
{
  g_autofree char *text = words == NULL ? NULL : g_strjoinv (" ", (char **) words);

  add (listing, name, label, text);
}

static void
list_lane_settings (Listing        *listing,
                    TlLaneSettings *settings)
{
  TlEndpoint *endpoint;

  if (settings == NULL)
    return;

  endpoint = tl_lane_settings_get_endpoint (settings);
  add (listing, "host", _("Server"), tl_endpoint_get_host (endpoint));
  add_number (listing, "port", _("Port"), tl_endpoint_get_port (endpoint));
  add (listing, "security", _("Encryption"),
       tl_security_get_label (tl_endpoint_get_security (endpoint)));
  add (listing, "auth", _("Signs in with"),
       tl_auth_get_label (tl_lane_settings_get_auth (settings)));
  add (listing, "username", _("User name"), tl_lane_settings_get_username (settings));
  add (listing, "folder", _("Opens the folder"), tl_lane_settings_get_folder (settings));
}

static void
list_settings (GPtrArray      *rows,
               const TlBundle *bundle)
{
  static const char * const prefixes[] = { "plan.incoming.", "plan.outgoing." };
  TlPlan *plan = tl_report_get_plan (tl_bundle_get_report (bundle));
  const TlPlanSignIn *sign_in = tl_plan_get_sign_in (plan);
  Listing listing = { rows, "plan.", TL_DIFFERENCE_SETTINGS, TL_LANE_NONE };

  add (&listing, "address", _("Address"), tl_address_get_addr_spec (tl_plan_get_address (plan)));
  add (&listing, "display_name", _("Name"), tl_plan_get_display_name (plan));
  add (&listing, "provider", _("Provider"), tl_plan_get_provider (plan));

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      TlLaneKind lane = i == 0 ? TL_LANE_INCOMING : TL_LANE_OUTGOING;

      listing.lane = lane;
      listing.prefix = prefixes[i];
      list_lane_settings (&listing, tl_plan_get_lane (plan, lane)->settings);
    }

  listing.lane = TL_LANE_NONE;
  listing.prefix = "plan.sign_in.";
  if (sign_in != NULL)
    {
      add (&listing, "login", _("Shared mailbox, signed in to by"), sign_in->login);
      /* Translators: the server at whose page somebody signs in */
      add (&listing, "issuer", _("Sign-in page"), sign_in->issuer);
      add (&listing, "client_id", _("Client id"), sign_in->client_id);
      /* Translators: what a sign-in permits */
      add_words (&listing, "scopes", _("Permissions"), sign_in->scopes);
      add (&listing, "account", _("Signed in as"), sign_in->account);
    }
}

static void
list_stages (Listing      *listing,
             TlLaneReport *report)
{
  GPtrArray *steps = tl_lane_report_get_steps (report);

  for (guint i = 0; i < steps->len; i++)
    {
      TlStep *step = g_ptr_array_index (steps, i);
      TlStage stage = tl_step_get_stage (step);
      g_autofree char *name = g_strconcat ("stages.", tl_nick_get (TL_TYPE_STAGE, (int) stage),
                                           NULL);

      add (listing, name, tl_stage_get_label (stage),
           tl_status_get_label (tl_step_get_status (step)));
    }
}

static void
list_connection (Listing   *listing,
                 TlTlsInfo *tls)
{
  if (tls == NULL)
    return;

  add (listing, "tls.version", _("TLS version"), tl_tls_info_get_version (tls));
  add (listing, "tls.cipher", _("Cipher"), tl_tls_info_get_cipher (tls));
  add (listing, "tls.fingerprint", _("The server’s certificate"),
       tl_tls_info_get_fingerprint (tls));
  add (listing, "tls.issuer", _("Certificate from"), tl_tls_info_get_issuer (tls));
  add_moment (listing, "tls.not_after", _("Certificate until"),
              tl_tls_info_get_not_after_s (tls));
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* In one line, sorted, so that an order that changed is no difference. */
static void
add_findings (Listing   *listing,
              GPtrArray *findings)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < findings->len; i++)
    g_ptr_array_add (ids, (gpointer) tl_finding_get_id (g_ptr_array_index (findings, i)));
  g_ptr_array_sort (ids, compare_strings);
  g_ptr_array_add (ids, NULL);
  if (ids->len > 1)
    add_words (listing, "findings", _("Findings"), (const char * const *) ids->pdata);
}

static void
list_evidence (GPtrArray      *rows,
               const TlBundle *bundle)
{
  static const char * const prefixes[] = { "evidence.incoming.", "evidence.outgoing." };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      TlLaneKind lane = i == 0 ? TL_LANE_INCOMING : TL_LANE_OUTGOING;
      TlLaneReport *report = tl_report_get_lane (tl_bundle_get_report (bundle), lane);
      Listing listing = { rows, prefixes[i], TL_DIFFERENCE_EVIDENCE, lane };

      add (&listing, "verdict", _("Result"),
           tl_verdict_get_label (tl_lane_report_get_verdict (report)));
      list_stages (&listing, report);
      list_connection (&listing, tl_lane_report_get_tls (report));
      add (&listing, "endpoint.address", _("Address spoken to"),
           tl_lane_report_get_address (report));
      add (&listing, "endpoint.proxy", _("Through a proxy"), tl_lane_report_get_proxy (report));
      add_words (&listing, "capabilities", _("The server offers"),
                 tl_lane_report_get_capabilities (report));
      add_findings (&listing, tl_lane_report_get_findings (report));
    }
}

static void
list_policies (Listing        *listing,
               TlPolicyRecord *record)
{
  const TlPolicyDocument *documents;
  guint n;

  if (record == NULL)
    return;

  documents = tl_policy_record_get_documents (record, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("policy.documents.%u", i);
      g_autofree char *value = g_strdup_printf ("%s, %s", documents[i].name != NULL
                                                            ? documents[i].name
                                                            : documents[i].origin,
                                                documents[i].sha256);

      add (listing, name, _("Policy"), value);
    }
  add (listing, "policy.verdict", _("Follows policy"),
       tl_verdict_get_label (tl_policy_record_get_verdict (record)));
}

static void
list_bundle (GPtrArray      *rows,
             const TlBundle *bundle)
{
  Listing listing = { rows, "", TL_DIFFERENCE_BUNDLE, TL_LANE_NONE };
  g_autofree char *signer = tl_fingerprint_to_groups (tl_bundle_get_fingerprint (bundle));
  const char *recipient = tl_bundle_get_recipient (bundle);

  add (&listing, "signer.fingerprint", _("Signer"), signer);
  add_number (&listing, "validity.serial", _("Serial number"), tl_bundle_get_serial (bundle));
  add_moment (&listing, "validity.made", _("Made"), tl_bundle_get_made_s (bundle));
  add_moment (&listing, "validity.expires", _("Valid until"), tl_bundle_get_expires_s (bundle));
  add (&listing, "readiness", _("State"),
       tl_bundle_is_draft (bundle) ? _("Draft") : _("Ready to hand over"));
  /* Translators: the fingerprint of whom the passwords in a bundle are encrypted for */
  add (&listing, "secrets.recipient", _("Passwords encrypted for"), recipient);
  list_policies (&listing, tl_report_get_policy (tl_bundle_get_report (bundle)));
}

/* Folders by role: that there is one more of no role is no difference. */
static void
list_folders (GPtrArray       *rows,
              TlMailboxReport *mailbox)
{
  Listing listing = { rows, "folders.", TL_DIFFERENCE_EVIDENCE, TL_LANE_INCOMING };

  if (mailbox == NULL)
    return;

  for (gsize i = 0; i < TL_N_FOLDER_ROLES; i++)
    {
      const char *role = tl_folder_roles[i];
      const TlMailboxFolder *folder = tl_mailbox_report_find_role (mailbox, role);

      add (&listing, role, tl_folder_role_get_label (role), folder != NULL ? folder->name : NULL);
    }
  add_findings (&listing, tl_mailbox_report_get_parts (mailbox)->findings);
}

static void
list_sending (GPtrArray     *rows,
              TlSendingPlan *sending)
{
  Listing listing = { rows, "sending.", TL_DIFFERENCE_EVIDENCE, TL_LANE_OUTGOING };
  const TlSendingPlanParts *parts;
  g_autoptr(GString) days = g_string_new (NULL);

  if (sending == NULL)
    return;

  parts = tl_sending_plan_get_parts (sending);
  add (&listing, "service", _("Advised to send by"), tl_sending_service_get_label (parts->service));
  if (parts->volume > 0)
    add_number (&listing, "volume", _("Messages planned a day"), parts->volume);
  if (parts->ceiling > 0)
    {
      add_number (&listing, "ceiling", _("Messages a day at most"), parts->ceiling);
      add (&listing, "ceiling_of", _("Who sets that"), tl_limit_of_get_label (parts->ceiling_of));
    }
  for (guint i = 0; i < parts->n_days; i++)
    g_string_append_printf (days, "%s%u", i > 0 ? " " : "", parts->days[i]);
  if (parts->n_days > 0)
    add (&listing, "warm_up.days", _("Warm-up, in messages a day"), days->str);
}

static void
list_domain (GPtrArray      *rows,
             TlDomainReport *domain)
{
  Listing listing = { rows, "domain.", TL_DIFFERENCE_EVIDENCE, TL_LANE_NONE };

  if (domain == NULL)
    return;

  for (int i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    {
      const char *nick = tl_domain_topic_get_nick ((TlDomainTopic) i);
      g_autofree char *name = g_strconcat ("records.", nick, NULL);

      add (&listing, name, tl_domain_topic_get_label ((TlDomainTopic) i),
           tl_status_get_label (tl_domain_report_get_status (domain, (TlDomainTopic) i)));
    }
  add_findings (&listing, tl_domain_report_get_parts (domain)->findings);
}

static GPtrArray *
list_rows (const TlBundle *bundle)
{
  TlReport *report = tl_bundle_get_report (bundle);
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  list_settings (rows, bundle);
  list_evidence (rows, bundle);
  list_folders (rows, tl_report_get_mailbox (report));
  list_sending (rows, tl_report_get_sending (report));
  list_domain (rows, tl_report_get_domain (report));
  list_bundle (rows, bundle);

  return rows;
}

/* By name; a few dozen rows, of which a name is there once. */
static const Row *
find_row (GPtrArray  *rows,
          const char *member)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->member, member))
        return row;
    }

  return NULL;
}

static void
add_difference (GPtrArray  *differences,
                const Row  *like,
                const char *before,
                const char *after)
{
  g_ptr_array_add (differences,
                   g_object_new (TL_TYPE_DIFFERENCE,
                                 "kind", like->kind,
                                 "lane", like->lane,
                                 "member", like->member,
                                 "label", like->label,
                                 "before", before,
                                 "after", after,
                                 NULL));
}

static int
compare_kinds (gconstpointer a,
               gconstpointer b)
{
  return (int) tl_difference_get_kind (*(TlDifference * const *) a) -
         (int) tl_difference_get_kind (*(TlDifference * const *) b);
}

/**
 * tl_bundle_diff:
 * @before: a bundle that was verified
 * @after: another
 *
 * How long a stage took is not compared, nor what only repeats something else.
 *
 * Returns: (transfer full) (element-type TlDifference): what is not alike: the settings first,
 *   then what was seen at the test, then the bundles themselves; empty for a bundle and itself
 */
GPtrArray *
tl_bundle_diff (const TlBundle *before,
                const TlBundle *after)
{
  g_autoptr(GPtrArray) old = list_rows (before);
  g_autoptr(GPtrArray) new = list_rows (after);
  GPtrArray *differences = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < old->len; i++)
    {
      const Row *row = g_ptr_array_index (old, i);
      const Row *other = find_row (new, row->member);

      if (other == NULL || !g_str_equal (row->value, other->value))
        add_difference (differences, row, row->value, other == NULL ? NULL : other->value);
    }
  for (guint i = 0; i < new->len; i++)
    {
      const Row *row = g_ptr_array_index (new, i);

      if (find_row (old, row->member) == NULL)
        add_difference (differences, row, NULL, row->value);
    }
  /* Stable (GLib sorts by merging): within a kind the order of the rows stays. */
  g_ptr_array_sort (differences, compare_kinds);

  return differences;
}
