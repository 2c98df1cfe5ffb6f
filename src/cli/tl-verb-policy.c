/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-fingerprint.h"
#include "tl-policy-store.h"
#include "tl-target.h"
#include "tl-terminal.h"

/* What is read at most, to look at one. */
#define MAX_BYTES (256 * 1024)

/* A file by itself: as it would hold if it were put in the user's place. */
static TlPolicies *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr(GBytes) bytes = tl_cli_read_file (path, MAX_BYTES, error);
  g_autoptr(TlPolicy) policy = NULL;
  g_autoptr(TlPolicies) none = NULL;

  if (bytes == NULL)
    return NULL;
  policy = tl_policy_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                            error);
  if (policy == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  none = tl_policies_new ();

  return tl_policies_with (none, policy, TL_POLICY_FROM_FILE);
}

static gboolean
has_grants (TlPolicy *policy)
{
  return tl_policy_get_clients (policy)->len > 0 || *tl_policy_get_signers (policy) != NULL ||
         tl_policy_get_certificate (policy) != NULL || tl_policy_get_directory (policy) != NULL;
}

/* Ids that the policies name and nothing here has: such a rule allows less than was meant. */
static char **
list_unknown (const TlPolicies *policies)
{
  g_autoptr(GStrvBuilder) unknown = g_strv_builder_new ();
  g_auto(GStrv) providers = tl_policies_list_unknown_providers (policies);
  const char *target = tl_policies_get_target (policies);

  g_strv_builder_addv (unknown, (const char **) providers);
  if (target != NULL && tl_targets_find (target) == NULL)
    g_strv_builder_add (unknown, target);

  return g_strv_builder_end (unknown);
}

static TlJson *
describe_document (const TlPolicies *policies,
                   guint             i)
{
  TlPolicy *policy = tl_policies_get (policies, i);
  TlPolicyOrigin origin = tl_policies_get_origin (policies, i);
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "name", tl_policy_get_name (policy));
  tl_json_set_string (json, "origin", tl_policy_origin_get_nick (origin));
  tl_json_set_string (json, "sha256", tl_policy_get_sha256 (policy));
  tl_json_set_bool (json, "grants", has_grants (policy));
  tl_json_set_bool (json, "may_grant", tl_policy_origin_grants (origin));

  return json;
}

static TlJson *
describe (const TlPolicies *policies,
          TlFinding        *finding,
          char            **unknown)
{
  g_autoptr(GPtrArray) rules = tl_policies_list_rules (policies);
  TlJson *json = tl_json_new_object ();
  TlJson *documents = tl_json_new_array ();
  TlJson *list = tl_json_new_array ();

  for (guint i = 0; i < tl_policies_get_n (policies); i++)
    tl_json_append_take (documents, describe_document (policies, i));
  for (guint i = 0; i < rules->len; i++)
    {
      TlPolicyResult *rule = g_ptr_array_index (rules, i);
      TlJson *row = tl_json_new_object ();

      tl_json_set_string (row, "rule", tl_policy_result_get_rule (rule));
      tl_json_set_string (row, "wanted", tl_policy_result_get_wanted (rule));
      tl_json_set_string (row, "policy", tl_policy_result_get_policy_name (rule));
      tl_json_set_string (row, "origin",
                          tl_policy_origin_get_nick (tl_policy_result_get_origin (rule)));
      tl_json_append_take (list, row);
    }
  tl_json_set_take (json, "finding", finding == NULL ? tl_json_new_string (NULL)
                                                     : tl_finding_to_json (finding));
  tl_json_set_take (json, "documents", documents);
  tl_json_set_take (json, "rules", list);
  tl_json_set_take (json, "unknown", tl_json_new_strv ((const char * const *) unknown));

  return json;
}

static void
print_document (const TlPolicies *policies,
                guint             i)
{
  TlPolicy *policy = tl_policies_get (policies, i);
  TlPolicyOrigin origin = tl_policies_get_origin (policies, i);
  const char *name = tl_policy_get_name (policy);

  /* Translators: whose policy it is, then where it was found */
  tl_terminal_print (_("%s – %s"), name != NULL ? name : _("A policy without a name"),
                     tl_policy_origin_get_label (origin));
  if (tl_policy_get_contact (policy) != NULL)
    /* Translators: %s is an address */
    tl_terminal_print (_("  Who to ask: %s"), tl_policy_get_contact (policy));
  tl_terminal_print ("  SHA-256: %s", tl_policy_get_sha256 (policy));
  if (has_grants (policy) && !tl_policy_origin_grants (origin))
    tl_terminal_print ("  %s", _("Its clients, signers, certificate and directory do not count: "
                                 "they grant trust, which only /etc/twolane or a trusted signature "
                                 "can"));
}

static void
print_rules (const TlPolicies *policies)
{
  g_autoptr(GPtrArray) rules = tl_policies_list_rules (policies);

  if (rules->len == 0)
    tl_terminal_print ("  %s", _("Restricts nothing"));
  for (guint i = 0; i < rules->len; i++)
    {
      TlPolicyResult *rule = g_ptr_array_index (rules, i);

      /* Translators: a rule, then what it allows */
      tl_terminal_print (_("  %s: %s"), tl_policy_result_get_label (rule),
                         tl_policy_result_get_wanted (rule));
    }
}

static void
print_clients (TlPolicy *policy)
{
  GPtrArray *clients = tl_policy_get_clients (policy);

  for (guint i = 0; i < clients->len; i++)
    {
      TlOauthClient *client = g_ptr_array_index (clients, i);

      /* Translators: a server at whose page people sign in, then a client id */
      tl_terminal_print (_("  Signs in at %s as %s"), tl_oauth_client_get_issuer (client),
                         tl_oauth_client_get_id (client));
    }
}

static void
print_grants (const TlPolicies *policies)
{
  g_auto(GStrv) signers = tl_policies_list_signers (policies);

  for (gsize i = 0; signers[i] != NULL; i++)
    {
      g_autofree char *groups = tl_fingerprint_to_groups (signers[i]);

      /* Translators: %s is a fingerprint */
      tl_terminal_print (_("  Trusts the signer %s"), groups);
    }
  for (guint i = 0; i < tl_policies_get_n (policies); i++)
    {
      if (tl_policy_origin_grants (tl_policies_get_origin (policies, i)))
        print_clients (tl_policies_get (policies, i));
    }
  if (tl_policies_get_directory (policies) != NULL)
    /* Translators: %s is a URL */
    tl_terminal_print (_("  Asks the directory %s"), tl_policies_get_directory (policies));
  if (tl_policies_get_certificate (policies) != NULL)
    tl_terminal_print ("  %s", _("Has the platform’s certificate, for which passwords are "
                                 "encrypted"));
}

static void
print_for_people (const TlPolicies *policies,
                  TlFinding        *finding,
                  char            **unknown)
{
  if (finding != NULL)
    tl_terminal_print_finding (finding, NULL);
  if (tl_policies_get_n (policies) == 0)
    {
      tl_terminal_print ("%s", _("No policy holds on this computer: everything that works is "
                                 "allowed."));
      return;
    }

  for (guint i = 0; i < tl_policies_get_n (policies); i++)
    print_document (policies, i);
  tl_terminal_print ("%s", "");
  print_rules (policies);
  print_grants (policies);
  for (gsize i = 0; unknown[i] != NULL; i++)
    /* Translators: %s is a word that somebody wrote into a policy */
    tl_terminal_complain (_("nothing here is called “%s”: “twolanectl providers” and “twolanectl "
                            "targets” list what is"),
                          unknown[i]);
}

int
tl_verb_policy_run (int    argc,
                    char **argv)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON, for programs"), NULL },
    { NULL }
  };
  g_autoptr(TlPolicies) policies = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) unknown = NULL;
  TlFinding *finding = NULL;
  int status;

  if (!tl_cli_parse ("policy", entries, NULL, &argc, &argv, 0, 1, &status))
    return status;

  if (argc > 1)
    {
      policies = read_file (argv[1], &error);
      if (policies == NULL)
        return tl_cli_fail_on_file (error);
    }
  else
    {
      TlPolicyStore *store = tl_policy_store_get_default ();

      policies = tl_policies_ref (tl_policy_store_get_policies (store));
      finding = tl_policy_store_get_finding (store);
    }

  unknown = list_unknown (policies);
  if (as_json)
    {
      g_autoptr(TlJson) json = describe (policies, finding, unknown);

      tl_terminal_print_json (json);
    }
  else
    {
      print_for_people (policies, finding, unknown);
    }

  if (finding != NULL)
    return (int) tl_exit_status_for_finding (tl_finding_get_id (finding), TL_LANE_NONE);

  return unknown[0] == NULL ? TL_EXIT_OK : TL_EXIT_WARNINGS;
}
