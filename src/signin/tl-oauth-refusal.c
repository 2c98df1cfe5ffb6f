/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-refusal.h"

#include <string.h>

#include "tl-error.h"
#include "tl-oauth-members.h"
#include "tl-secret-echo.h"
#include "tl-text.h"

/* error = 1*NQSCHAR, RFC 6749 appendix A.7; none that is in use is longer. */
#define MAX_ERROR_LEN 64

enum
{
  ERROR,
  ERROR_DESCRIPTION,
  N_MEMBERS
};

static const TlOauthMember members_wanted[N_MEMBERS] = {
  [ERROR]             = { "error",             TL_OAUTH_MEMBER_TEXT },
  [ERROR_DESCRIPTION] = { "error_description", TL_OAUTH_MEMBER_TEXT },
};

/* What the error codes of RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5, RFC 7591 §3.2.2 and OpenID
 * Connect Core §3.1.2.6 mean. A refresh has nobody at the page, so that whatever wants somebody
 * there means to sign in again. What is not here cannot be used. */
static const struct
{
  const char *error;
  const char *id;
  const char *id_when_refreshing;
} meanings[] = {
  { "access_denied",              "oauth.denied",            "oauth.reauth-needed" },
  { "account_selection_required", "oauth.denied",            "oauth.reauth-needed" },
  { "authorization_pending",      "oauth.timeout",           NULL },
  { "consent_required",           "oauth.denied",            "oauth.reauth-needed" },
  { "expired_token",              "oauth.timeout",           "oauth.reauth-needed" },
  { "interaction_required",       "oauth.denied",            "oauth.reauth-needed" },
  { "invalid_client",             "oauth.no-client",         NULL },
  { "invalid_client_metadata",    "oauth.no-client",         NULL },
  { "invalid_grant",              "oauth.exchange-rejected", "oauth.reauth-needed" },
  { "invalid_redirect_uri",       "oauth.no-client",         NULL },
  { "invalid_scope",              "auth.scope-missing",      NULL },
  { "invalid_token",              "oauth.no-client",         NULL },
  { "login_required",             "oauth.denied",            "oauth.reauth-needed" },
  { "server_error",               "oauth.unreachable",       NULL },
  { "slow_down",                  "oauth.timeout",           NULL },
  { "temporarily_unavailable",    "oauth.unreachable",       NULL },
  { "unauthorized_client",        "oauth.no-client",         NULL },
  { "unsupported_grant_type",     "oauth.no-client",         NULL },
};

/**
 * tl_oauth_refusal_new:
 * @id: an id of the catalogue
 * @evidence: (nullable): what was seen; a floating reference is taken over
 *
 * Returns: (transfer full): a refusal without an error code
 */
TlOauthRefusal *
tl_oauth_refusal_new (const char *id,
                      GVariant   *evidence)
{
  TlOauthRefusal *self = g_new0 (TlOauthRefusal, 1);

  self->finding = tl_finding_new (id, TL_LANE_NONE, evidence);

  return self;
}

static TlOauthRefusal *
new_with_detail (const char *id,
                 const char *host,
                 const char *detail)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);

  return tl_oauth_refusal_new (id, g_variant_dict_end (&evidence));
}

/**
 * tl_oauth_refusal_new_bad_answer:
 * @host: who answered
 * @detail: what is wrong with it, an English clause of ours
 *
 * Returns: (transfer full): the refusal of an answer that cannot be used
 */
TlOauthRefusal *
tl_oauth_refusal_new_bad_answer (const char *host,
                                 const char *detail)
{
  return new_with_detail ("oauth.bad-answer", host, detail);
}

/**
 * tl_oauth_refusal_new_for_error:
 * @host: who was asked
 * @cause: why there is no answer; not that it was cancelled
 *
 * Returns: (transfer full): what it means that there is none, or only one that is no HTTP
 */
TlOauthRefusal *
tl_oauth_refusal_new_for_error (const char   *host,
                                const GError *cause)
{
  g_autofree char *detail = tl_text_clean (cause->message, -1);
  gboolean is_answer = g_error_matches (cause, TL_ERROR, TL_ERROR_PROTOCOL) ||
                       g_error_matches (cause, TL_ERROR, TL_ERROR_INVALID_INPUT);

  return new_with_detail (is_answer ? "oauth.bad-answer" : "oauth.unreachable", host, detail);
}

/* Text from outside, without what we sent it: that has to be out before the first copy. */
static char *
dup_told (const TlOauthAsked *asked,
          const char         *text)
{
  g_autofree char *told = tl_secret_echo_dup_without (asked->sent, asked->n_sent, text);

  return tl_text_clean (told, -1);
}

/* NQSCHAR = %x20-21 / %x23-5B / %x5D-7E, RFC 6749 appendix A */
static gboolean
is_error_code (const char *text)
{
  gsize len = strlen (text);

  if (len == 0 || len > MAX_ERROR_LEN)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (text[i] < ' ' || text[i] > '~' || text[i] == '"' || text[i] == '\\')
      return FALSE;

  return TRUE;
}

/**
 * tl_oauth_refusal_new_for_code:
 * @error: an error code, as it came
 * @description: (nullable): the server's words for it, as they came
 * @asked: what was asked
 *
 * Returns: (transfer full): what it means, whichever way it came: as an answer, or by the browser
 *   (RFC 6749 §4.1.2.1)
 */
TlOauthRefusal *
tl_oauth_refusal_new_for_code (const char         *error,
                               const char         *description,
                               const TlOauthAsked *asked)
{
  const char *id = "oauth.bad-answer";
  g_autofree char *code = NULL;
  g_autofree char *detail = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  TlOauthRefusal *self;

  if (!is_error_code (error))
    return tl_oauth_refusal_new_bad_answer (asked->host, "it holds an error that is no error code");

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (g_str_equal (meanings[i].error, error))
        id = asked->refreshes && meanings[i].id_when_refreshing != NULL
          ? meanings[i].id_when_refreshing : meanings[i].id;
    }

  code = dup_told (asked, error);
  detail = g_strdup_printf ("the server's error code is “%s”", code);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", asked->host);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  if (description != NULL && *description != '\0')
    g_variant_dict_insert_value (&evidence, TL_EVIDENCE_SERVER_TEXT,
                                 g_variant_new_take_string (dup_told (asked, description)));
  if (g_str_equal (id, "auth.scope-missing") && asked->scopes != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_WANTED, "^as", asked->scopes);
  /* Whoever counts the time knows better; this has no more than one answer. */
  if (g_str_equal (id, "oauth.timeout"))
    g_variant_dict_insert (&evidence, TL_EVIDENCE_SECONDS, "u", 0);

  self = tl_oauth_refusal_new (id, g_variant_dict_end (&evidence));
  self->error = g_steal_pointer (&code);

  return self;
}

static TlOauthRefusal *
read_status (const TlHttpsPostAnswer *answer,
             const TlOauthAsked      *asked,
             const char              *why)
{
  gboolean is_over = answer->status >= 500 || answer->status == 429;
  g_autofree char *detail = why != NULL
    ? g_strdup_printf ("HTTP status %u; %s", answer->status, why)
    : g_strdup_printf ("HTTP status %u", answer->status);

  return new_with_detail (is_over ? "oauth.unreachable" : "oauth.bad-answer", asked->host, detail);
}

/**
 * tl_oauth_refusal_read:
 * @answer: what an endpoint said
 * @asked: what it was asked
 *
 * Pure. An answer of any status may hold an error (RFC 6749 §5.2 wants 400 or 401, and some servers
 * say 200); a server that is out of order (5xx, 429) may say so in any form.
 *
 * Returns: (transfer full) (nullable): the refusal, or %NULL for status 2xx without an error
 */
TlOauthRefusal *
tl_oauth_refusal_read (const TlHttpsPostAnswer *answer,
                       const TlOauthAsked      *asked)
{
  g_autoptr(TlOauthMembers) members = NULL;
  g_autoptr(GError) error = NULL;
  TlOauthRefusal *self = NULL;
  const char *bytes;
  gsize len;

  bytes = tl_secret_peek (answer->body, &len);
  members = tl_oauth_members_parse (bytes, len, members_wanted, N_MEMBERS, &error);

  if (members != NULL && tl_oauth_members_has (members, ERROR))
    self = tl_oauth_refusal_new_for_code (tl_oauth_members_get_text (members, ERROR),
                                          tl_oauth_members_get_text (members, ERROR_DESCRIPTION),
                                          asked);
  else if (answer->status < 200 || answer->status > 299 || members == NULL)
    self = read_status (answer, asked, error != NULL ? error->message : NULL);

  if (self != NULL)
    self->retry_after = answer->retry_after;

  return self;
}

void
tl_oauth_refusal_free (TlOauthRefusal *self)
{
  g_clear_pointer (&self->error, g_free);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->refresh, tl_secret_unref);
  g_clear_pointer (&self->access, tl_secret_unref);
  g_free (self);
}
