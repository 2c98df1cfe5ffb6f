/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-facts.h"

#include <string.h>

#include "tl-imap-rights.h"
#include "tl-imap-utf7.h"
#include "tl-text.h"

#define MAX_SOFTWARE_CHARS 100

void
tl_imap_facts_clear (TlImapFacts *self)
{
  g_clear_pointer (&self->software, g_free);
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->rights, g_free);
  g_clear_pointer (&self->alerts, g_strfreev);
}

static TlImapTokenKind
get_kind (const TlImapResponse *response,
          guint                 index)
{
  return tl_imap_response_get_token (response, index)->kind;
}

static const char *
get_text (const TlImapResponse *response,
          guint                 index)
{
  return tl_imap_response_get_token (response, index)->text;
}

/* RFC 2971 §3.2: `id_response = "ID" SPACE id_params_list`, which is a
 * parenthesised list of names and values, or NIL. */
static void
take_id (TlImapFacts          *self,
         const TlImapResponse *response)
{
  guint n = tl_imap_response_get_n_tokens (response);
  const char *name = NULL;
  const char *version = NULL;
  g_autofree char *both = NULL;

  for (guint i = 1; i + 1 < n; i += 2)
    {
      if (get_kind (response, i) != TL_IMAP_TOKEN_STRING ||
          get_kind (response, i + 1) != TL_IMAP_TOKEN_STRING)
        continue;
      if (g_ascii_strcasecmp (get_text (response, i), "name") == 0)
        name = get_text (response, i + 1);
      else if (g_ascii_strcasecmp (get_text (response, i), "version") == 0)
        version = get_text (response, i + 1);
    }

  if (name == NULL || *name == '\0')
    return;

  both = g_strjoin (" ", name, version, NULL);
  g_free (self->software);
  self->software = tl_text_clean_capped (both, -1, MAX_SOFTWARE_CHARS);
}

/* RFC 9051 §9: `namespace = nil / "(" 1*namespace-descr ")"`, the personal ones
 * first; `namespace-descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil)
 * [namespace-response-extensions] ")"`. */
static void
take_namespace (TlImapFacts          *self,
                const TlImapResponse *response)
{
  g_autofree char *name = NULL;

  if (tl_imap_response_get_n_tokens (response) < 4 ||
      get_kind (response, 0) != TL_IMAP_TOKEN_OPEN ||
      get_kind (response, 1) != TL_IMAP_TOKEN_OPEN ||
      get_kind (response, 2) != TL_IMAP_TOKEN_STRING)
    return;

  name = tl_imap_utf7_decode (get_text (response, 2));
  g_free (self->prefix);
  self->prefix = tl_text_clean (name != NULL ? name : get_text (response, 2), -1);
  if (get_kind (response, 3) == TL_IMAP_TOKEN_STRING && strlen (get_text (response, 3)) == 1 &&
      g_ascii_isprint (get_text (response, 3)[0]))
    self->delimiter = get_text (response, 3)[0];
}

static void
take_rights (TlImapFacts          *self,
             const TlImapResponse *response)
{
  const char *rights = tl_imap_rights_read (response, NULL);

  if (rights == NULL)
    return;

  g_free (self->rights);
  self->rights = g_strdup (rights);
}

/* RFC 9208 §4.2.1: `"QUOTA" SP quota-root SP "(" *(name SP usage SP limit) ")"`;
 * STORAGE is in units of 1024 bytes. A mailbox may be under several roots: the
 * fullest is the one that matters. A limit of nothing is what some servers say
 * for none. */
static void
take_quota (TlImapFacts          *self,
            const TlImapResponse *response)
{
  guint n = tl_imap_response_get_n_tokens (response);

  for (guint i = 2; i + 2 < n; i += 3)
    {
      const char *usage = get_text (response, i + 1);
      const char *most = get_text (response, i + 2);
      guint64 used;
      guint64 limit;

      if (g_ascii_strcasecmp (get_text (response, i), "STORAGE") != 0 ||
          !g_ascii_string_to_unsigned (usage, 10, 0, G_MAXINT64, &used, NULL) ||
          !g_ascii_string_to_unsigned (most, 10, 1, G_MAXINT64, &limit, NULL))
        continue;
      if (self->has_quota && (double) used / (double) limit <=
                             (double) self->quota_used / (double) self->quota_limit)
        continue;

      self->has_quota = TRUE;
      self->quota_used = used;
      self->quota_limit = limit;
    }
}

static const struct
{
  const char  *name;
  void       (*take) (TlImapFacts          *self,
                      const TlImapResponse *response);
} kinds[] = {
  { "ID",        take_id },
  { "NAMESPACE", take_namespace },
  { "MYRIGHTS",  take_rights },
  { "QUOTA",     take_quota },
};

/**
 * tl_imap_facts_take:
 * @self: what is known so far
 * @response: complete data that were asked for
 *
 * Takes in what an ID, NAMESPACE, MYRIGHTS or QUOTA response says. None of it
 * is needed for a mailbox to work, so one that is malformed is let go of.
 */
void
tl_imap_facts_take (TlImapFacts          *self,
                    const TlImapResponse *response)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (tl_imap_response_get_name (response), kinds[i].name) == 0)
      kinds[i].take (self, response);
}
