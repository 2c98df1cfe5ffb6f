/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-rule.h"

#include <glib/gi18n-lib.h>

#include "tl-catalogue.h"
#include "tl-folder-role.h"
#include "tl-nick.h"
#include "tl-provider.h"

/* The words of policy.json that name nothing of ours by themselves. */
static const struct
{
  const char *word;
  const char *label;
} words[] = {
  /* Translators: what a rule allows: the user name is the whole address of the mailbox */
  { "address",    N_("the whole address") },
  /* Translators: what a rule allows: the user name is what stands before the @ */
  { "local-part", N_("what stands before the @") },
  /* Translators: what a rule allows: passwords are not in the file that is handed over */
  { "typed",      N_("typed in at the platform") },
  /* Translators: what a rule allows: passwords are encrypted in the file that is handed over */
  { "sealed",     N_("encrypted for the platform, or typed in there") },
  /* Translators: what is found of passwords in a file */
  { "encrypted",  N_("encrypted in the file") },
  /* Translators: what is found of passwords in a file: there are none */
  { "none",       N_("none in the file") },
};

static char *
dup_plain_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].word, word))
        return g_strdup (_(words[i].label));
    }

  return g_strdup (word);
}

static char *
dup_role (const char *word)
{
  return g_strdup (tl_folder_role_get_label (word));
}

static char *
dup_provider (const char *word)
{
  TlProvider *provider = tl_providers_find (word);

  return g_strdup (provider == NULL ? word : tl_provider_get_name (provider));
}

static char *
dup_auth (const char *word)
{
  int auth;

  return g_strdup (tl_nick_parse (TL_TYPE_AUTH, word, &auth) ? tl_auth_get_label ((TlAuth) auth)
                                                              : word);
}

static char *
dup_tls (const char *word)
{
  /* Translators: what a rule allows; %s is a version number of TLS, such as 1.3 */
  return g_strdup_printf (_("TLS %s or newer"), word);
}

static char *
dup_flag (const char *word)
{
  /* Translators: what a rule allows: no account of another kind for sending */
  return g_strdup (_("one sign-in for both lanes"));
}

static char *
dup_ceiling (const char *word)
{
  gulong n = (gulong) g_ascii_strtoull (word, NULL, 10);

  /* Translators: what a rule allows; %lu is a number of messages */
  return g_strdup_printf (ngettext ("%lu message a day at most", "%lu messages a day at most", n),
                          n);
}

static char *
dup_age (const char *word)
{
  gulong n = (gulong) g_ascii_strtoull (word, NULL, 10);

  /* Translators: how old a file is, or may be at most; %lu is a number of days */
  return g_strdup_printf (ngettext ("%lu day", "%lu days", n), n);
}

/* What a domain may not have, in the words of the finding and by its id, to look it up by. */
static char *
dup_fault (const char *word)
{
  const TlCatalogueEntry *entry = tl_catalogue_lookup (word);
  g_autofree char *title = entry == NULL ? NULL : tl_catalogue_fill (_(entry->title), NULL);

  return title == NULL ? g_strdup (word)
                       /* Translators: the title of a finding, and its id in a table */
                       : g_strdup_printf (_("%s (%s)"), title, word);
}

#define AT(member) G_STRUCT_OFFSET (TlPolicyLimits, member)

/* In the order in which they are shown. */
static const TlPolicyMember members[] = {
  { .rule = "domains", .label = N_("Domains of addresses"), .kind = TL_POLICY_WORDS,
    .offset = AT (domains), .check = tl_policy_check_domain },
  { .rule = "providers", .label = N_("Mail providers"), .kind = TL_POLICY_WORDS,
    .offset = AT (providers), .dup_word = dup_provider, .names_found = TRUE,
    .check = tl_policy_check_provider },
  { .rule = "hosts.incoming", .label = N_("Incoming servers"), .kind = TL_POLICY_WORDS,
    .offset = AT (incoming_hosts), .check = tl_policy_check_incoming_host },
  { .rule = "hosts.outgoing", .label = N_("Outgoing servers"), .kind = TL_POLICY_WORDS,
    .offset = AT (outgoing_hosts), .check = tl_policy_check_outgoing_host },
  { .rule = "tls.min_version", .label = N_("Encryption"), .kind = TL_POLICY_WORD,
    .offset = AT (min_tls), .prefix = "TLSv", .dup_word = dup_tls, .check = tl_policy_check_tls },
  { .rule = "sign_in", .label = N_("Sign-in"), .kind = TL_POLICY_WORDS,
    .offset = AT (sign_in), .dup_word = dup_auth, .names_found = TRUE,
    .check = tl_policy_check_sign_in },
  { .rule = "user_name", .label = N_("User name"), .kind = TL_POLICY_WORD,
    .offset = AT (user_name), .dup_word = dup_plain_word, .check = tl_policy_check_user_name },
  { .rule = "separate_sending", .label = N_("Sign-in for sending"), .kind = TL_POLICY_FLAG,
    .offset = AT (one_sign_in), .dup_word = dup_flag, .check = tl_policy_check_separate_sending },
  { .rule = "folder_roles", .label = N_("Folders"), .kind = TL_POLICY_WORDS,
    .offset = AT (folder_roles), .dup_word = dup_role, .names_found = TRUE,
    .check = tl_policy_check_folder_roles },
  { .rule = "outreach_folders", .label = N_("Folders by name"), .kind = TL_POLICY_WORDS,
    .offset = AT (outreach_folders), .finding = "export.policy-folders",
    .check = tl_policy_check_outreach_folders },
  { .rule = "domain_health.minimum", .label = N_("Faults a domain may not have"),
    .kind = TL_POLICY_WORDS, .offset = AT (domain_health), .dup_word = dup_fault,
    .names_found = TRUE, .forbids = TRUE, .finding = "export.policy-domain",
    .check = tl_policy_check_domain_health },
  { .rule = "daily_ceiling", .label = N_("Volume"), .kind = TL_POLICY_NUMBER,
    .offset = AT (daily_ceiling), .suffix = " messages a day", .dup_word = dup_ceiling,
    .names_found = TRUE, .check = tl_policy_check_daily_ceiling },
  { .rule = "max_age_days", .label = N_("Greatest age of a file"), .kind = TL_POLICY_NUMBER,
    .offset = AT (max_age_days), .suffix = " days", .dup_word = dup_age,
    .names_found = TRUE, .check = tl_policy_check_age },
  { .rule = "target.id", .label = N_("Platform"), .kind = TL_POLICY_WORD,
    .offset = AT (target), .check = tl_policy_check_nothing },
  { .rule = "passwords", .label = N_("How passwords travel"), .kind = TL_POLICY_WORD,
    .offset = AT (passwords), .dup_word = dup_plain_word, .names_found = TRUE,
    .check = tl_policy_check_passwords },
};

/**
 * tl_policy_member_list:
 * @out_n: (out): how many there are
 *
 * Returns: (transfer none) (array length=out_n): every rule that a policy may have, in the order in
 *   which they are shown
 */
const TlPolicyMember *
tl_policy_member_list (guint *out_n)
{
  *out_n = G_N_ELEMENTS (members);

  return members;
}

/**
 * tl_policy_member_find:
 * @rule: a member of policy.json
 *
 * Returns: (transfer none) (nullable): the rule, or %NULL when a policy has no such one
 */
const TlPolicyMember *
tl_policy_member_find (const char *rule)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (g_str_equal (members[i].rule, rule))
        return &members[i];
    }

  return NULL;
}

static gconstpointer
look_at (const TlPolicyMember *self,
         const TlPolicyLimits *limits)
{
  return (const char *) limits + self->offset;
}

/* A way that restricts nothing is no rule. */
static gboolean
is_rule (const char *word)
{
  return word != NULL && !g_str_equal (word, "any");
}

/**
 * tl_policy_member_is_set:
 * @self: a rule
 * @limits: what one policy restricts
 *
 * Returns: whether @limits has that rule
 */
gboolean
tl_policy_member_is_set (const TlPolicyMember *self,
                         const TlPolicyLimits *limits)
{
  gconstpointer value = look_at (self, limits);

  switch (self->kind)
    {
    case TL_POLICY_WORDS:
      return *(char ** const *) value != NULL;
    case TL_POLICY_WORD:
      return is_rule (*(char * const *) value);
    case TL_POLICY_NUMBER:
      return *(const gint64 *) value != 0;
    case TL_POLICY_FLAG:
    default:
      return *(const gboolean *) value;
    }
}

/**
 * tl_policy_member_dup_words:
 * @self: a rule
 * @limits: limits that have it
 *
 * Returns: (transfer full) (array zero-terminated=1): what it allows, in the words of policy.json,
 *   and `one-sign-in` for a flag
 */
char **
tl_policy_member_dup_words (const TlPolicyMember *self,
                             const TlPolicyLimits *limits)
{
  gconstpointer value = look_at (self, limits);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *number = NULL;

  switch (self->kind)
    {
    case TL_POLICY_WORDS:
      return g_strdupv (*(char ** const *) value);
    case TL_POLICY_WORD:
      g_strv_builder_add (builder, *(char * const *) value);
      break;
    case TL_POLICY_NUMBER:
      number = g_strdup_printf ("%" G_GINT64_FORMAT, *(const gint64 *) value);
      g_strv_builder_add (builder, number);
      break;
    case TL_POLICY_FLAG:
    default:
      g_strv_builder_add (builder, "one-sign-in");
    }

  return g_strv_builder_end (builder);
}

/**
 * tl_policy_member_dup_wanted:
 * @self: a rule
 * @limits: limits that have it
 *
 * Returns: (transfer full) (array zero-terminated=1): what it allows, for evidence, where nothing
 *   else says what the words are about: `TLSv1.3`, `14 days`
 */
char **
tl_policy_member_dup_wanted (const TlPolicyMember *self,
                             const TlPolicyLimits *limits)
{
  char **wanted = tl_policy_member_dup_words (self, limits);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      g_autofree char *word = wanted[i];

      wanted[i] = g_strconcat (self->prefix == NULL ? "" : self->prefix, word, self->suffix, NULL);
    }

  return wanted;
}

/**
 * tl_policy_member_dup_text:
 * @self: a rule
 * @allowed: (array zero-terminated=1): what it allows, as tl_policy_member_dup_words() gives it
 *
 * Returns: (transfer full): the same for people, translated
 */
char *
tl_policy_member_dup_text (const TlPolicyMember  *self,
                           char                 **allowed)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; allowed[i] != NULL; i++)
    {
      g_autofree char *word = self->dup_word == NULL ? g_strdup (allowed[i])
                                                     : self->dup_word (allowed[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", word);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
