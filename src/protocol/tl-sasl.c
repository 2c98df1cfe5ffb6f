/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sasl.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>
#include <sys/random.h>

#include "tl-oauth-error.h"
#include "tl-scram.h"
#include "tl-text.h"

/* Bytes of chance in a nonce: RFC 5802 §5.1 asks for enough that it never comes twice. */
#define NONCE_BYTES 24

struct _TlSasl
{
  const TlSaslMech *mech;
  char             *username;
  TlSecret         *secret;       /* password or token; NULL for a certificate */
  char             *host;         /* or NULL */
  guint16           port;
  char             *binding_name; /* or NULL */
  GBytes           *binding_data; /* or NULL */
  gboolean          binds_offered;

  /* As it goes */
  char             *error_text;   /* why a token was rejected, cleaned; or NULL */
  char             *error_status;
  char            **error_scopes;
  guint             n_steps;      /* done */
  gboolean          made_secret;  /* a message that shows the password or a proof of it */
  gboolean          shown_secret; /* it was written, too */
  TlScram          *scram;        /* owned, or NULL */
};

static TlSecret *
fail (TlFault    **out_fault,
      TlCause      cause,
      const char  *detail)
{
  *out_fault = tl_fault_new_detail (cause, "%s", detail);

  return NULL;
}

/* RFC 4616 §2: message = [authzid] NUL authcid NUL passwd. No authorization
 * identity: who signs in is who it is for. The password goes as it was typed,
 * preparing it is the server's part. */
static TlSecret *
step_plain (TlSasl        *self,
            GBytes        *challenge,
            GCancellable  *cancellable,
            TlFault      **out_fault,
            GError       **error)
{
  gsize name_len = strlen (self->username);
  gsize password_len;
  const char *password = tl_secret_peek (self->secret, &password_len);
  TlSecret *message;

  if (self->n_steps > 0)
    return fail (out_fault, TL_CAUSE_PROTOCOL,
                 "PLAIN has one message, and the server wants another");

  message = tl_secret_new_sized (name_len + password_len + 2);
  tl_secret_append (message, "", 1);
  tl_secret_append (message, self->username, name_len);
  tl_secret_append (message, "", 1);
  tl_secret_append (message, password, password_len);
  self->made_secret = TRUE;

  return message;
}

/* LOGIN was never standardised (draft-murchison-sasl-login): the server
 * prompts twice, for the user name and for the password. Prompts differ in
 * wording, hence only their order counts. */
static TlSecret *
step_login (TlSasl        *self,
            GBytes        *challenge,
            GCancellable  *cancellable,
            TlFault      **out_fault,
            GError       **error)
{
  if (self->n_steps == 0)
    return tl_secret_new (self->username, strlen (self->username));
  if (self->n_steps > 1)
    return fail (out_fault, TL_CAUSE_PROTOCOL,
                 "LOGIN has two messages, and the server wants another");

  self->made_secret = TRUE;

  return tl_secret_ref (self->secret);
}

static char *
make_nonce (void)
{
  guint8 bytes[NONCE_BYTES];

  /* Up to 256 bytes come at once and whole, once the pool is filled at boot. */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("this system gives no random bytes");

  return g_base64_encode (bytes, sizeof bytes);
}

/* RFC 2195 §2: response = username SP digest, where digest is HMAC-MD5 of the
 * challenge with the password as its key, in lower-case hexadecimal. */
static TlSecret *
step_cram_md5 (TlSasl        *self,
               GBytes        *challenge,
               GCancellable  *cancellable,
               TlFault      **out_fault,
               GError       **error)
{
  static const char digits[] = "0123456789abcdef";
  guint8 digest[EVP_MAX_MD_SIZE];
  guint digest_len = 0;
  gsize challenge_len;
  gsize password_len;
  const guint8 *bytes = g_bytes_get_data (challenge, &challenge_len);
  const char *password = tl_secret_peek (self->secret, &password_len);
  TlSecret *message;

  if (self->n_steps > 0)
    return fail (out_fault, TL_CAUSE_PROTOCOL,
                 "CRAM-MD5 has one message, and the server wants another");
  if (challenge_len == 0)
    return fail (out_fault, TL_CAUSE_PROTOCOL, "CRAM-MD5 without a challenge");
  /* A system that allows no MD5 at all. */
  if (HMAC (EVP_md5 (), password, (int) password_len, bytes, challenge_len,
            digest, &digest_len) == NULL)
    return fail (out_fault, TL_CAUSE_NO_COMMON_MECHANISM, "this system allows no MD5");

  message = tl_secret_new_sized (strlen (self->username) + 1 + 2 * digest_len);
  tl_secret_append (message, self->username, strlen (self->username));
  tl_secret_append (message, " ", 1);
  for (guint i = 0; i < digest_len; i++)
    {
      tl_secret_append (message, &digits[digest[i] >> 4], 1);
      tl_secret_append (message, &digits[digest[i] & 15], 1);
    }
  OPENSSL_cleanse (digest, sizeof digest);
  self->made_secret = TRUE;

  return message;
}

/* gs2-header, RFC 5802 §7, without an authorization identity: servers that are
 * given one ask whether this user may be that user, and Dovecot says no. */
static char *
make_gs2_header (const TlSasl *self)
{
  if ((self->mech->flags & TL_SASL_BINDS) != 0)
    return g_strdup_printf ("p=%s,,", self->binding_name);

  return g_strdup (self->binding_name != NULL && !self->binds_offered ? "y,," : "n,,");
}

static TlSecret *
step_scram (TlSasl        *self,
            TlScramHash    hash,
            GBytes        *challenge,
            GCancellable  *cancellable,
            TlFault      **out_fault,
            GError       **error)
{
  gsize len;
  const char *bytes = g_bytes_get_data (challenge, &len);
  g_autofree char *message = g_strndup (bytes == NULL ? "" : bytes, len);
  g_autofree char *header = NULL;
  g_autofree char *nonce = NULL;
  g_autofree char *first = NULL;
  TlSecret *answer;

  if (strlen (message) != len)
    return fail (out_fault, TL_CAUSE_PROTOCOL, "a SCRAM message of the server holds a NUL");

  switch (self->n_steps)
    {
    case 0:
      nonce = make_nonce ();
      header = make_gs2_header (self);
      self->scram = tl_scram_new (hash, self->username, self->secret, nonce, header,
                                  (self->mech->flags & TL_SASL_BINDS) != 0 ? self->binding_data
                                                                           : NULL);
      first = tl_scram_begin (self->scram, out_fault);
      return first == NULL ? NULL : tl_secret_new (first, strlen (first));

    case 1:
      answer = tl_scram_answer (self->scram, message, cancellable, out_fault, error);
      self->made_secret = answer != NULL;
      return answer;

    case 2:
      return tl_scram_verify (self->scram, message, out_fault) ? tl_secret_new ("", 0) : NULL;

    default:
      return fail (out_fault, TL_CAUSE_PROTOCOL,
                   "SCRAM has three messages, and the server wants another");
    }
}

static TlSecret *
step_scram_sha_1 (TlSasl        *self,
                  GBytes        *challenge,
                  GCancellable  *cancellable,
                  TlFault      **out_fault,
                  GError       **error)
{
  return step_scram (self, TL_SCRAM_SHA_1, challenge, cancellable, out_fault, error);
}

static TlSecret *
step_scram_sha_256 (TlSasl        *self,
                    GBytes        *challenge,
                    GCancellable  *cancellable,
                    TlFault      **out_fault,
                    GError       **error)
{
  return step_scram (self, TL_SCRAM_SHA_256, challenge, cancellable, out_fault, error);
}

/* b64token and its like, RFC 6750 §2.1: printable ASCII, so that nothing in it
 * can end the message early. The same is asked of who signs in. */
static gboolean
check_token (TlSasl   *self,
             TlFault **out_fault)
{
  gsize len;
  const char *token = tl_secret_peek (self->secret, &len);

  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isgraph (token[i]))
      return fail (out_fault, TL_CAUSE_TOKEN_REJECTED, "this is no access token") != NULL;
  for (const char *p = self->username; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return fail (out_fault, TL_CAUSE_BAD_CREDENTIALS,
                   "no user name can hold a control character") != NULL;

  return TRUE;
}

/* The one message that holds a token: @head, the token, and two kvseps. */
static TlSecret *
make_token_message (TlSasl     *self,
                    const char *head)
{
  gsize len;
  const char *token = tl_secret_peek (self->secret, &len);
  TlSecret *message = tl_secret_new_sized (strlen (head) + len + 2);

  tl_secret_append (message, head, strlen (head));
  tl_secret_append (message, token, len);
  tl_secret_append (message, "\1\1", 2);
  self->made_secret = TRUE;

  return message;
}

/* A server that does not like a token says why in a challenge, and says no
 * after an answer to that which is always the same (RFC 7628 §3.2.3). */
static TlSecret *
take_token_error (TlSasl      *self,
                  GBytes      *challenge,
                  const char  *answer,
                  TlFault    **out_fault)
{
  gsize len;
  const char *text = g_bytes_get_data (challenge, &len);

  if (self->n_steps > 1)
    return fail (out_fault, TL_CAUSE_PROTOCOL,
                 "a token has one message, and the server wants another");

  self->error_text = tl_text_clean (text == NULL ? "" : text, (gssize) len);
  self->error_status = tl_oauth_error_dup_status (text, len);
  self->error_scopes = tl_oauth_error_dup_scopes (text, len);

  return tl_secret_new (answer, strlen (answer));
}

/* client-resp, RFC 7628 §3.1:
 *
 *     client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep
 *     kvpair      = key "=" value kvsep
 *     kvsep       = %x01
 *
 * Here the user goes into the header: that is how the server knows whose
 * mailbox it is. */
static TlSecret *
step_oauthbearer (TlSasl        *self,
                  GBytes        *challenge,
                  GCancellable  *cancellable,
                  TlFault      **out_fault,
                  GError       **error)
{
  g_autoptr(GString) head = g_string_new ("n,a=");

  if (self->n_steps > 0)
    return take_token_error (self, challenge, "\1", out_fault);
  if (!check_token (self, out_fault))
    return NULL;

  tl_scram_append_name (head, self->username);
  g_string_append (head, ",\1");
  if (self->host != NULL)
    g_string_append_printf (head, "host=%s\1port=%u\1", self->host, self->port);
  g_string_append (head, "auth=Bearer ");

  return make_token_message (self, head->str);
}

/* XOAUTH2, as Google describes it and Microsoft speaks it:
 * `"user=" user ^A "auth=Bearer " token ^A ^A`. */
static TlSecret *
step_xoauth2 (TlSasl        *self,
              GBytes        *challenge,
              GCancellable  *cancellable,
              TlFault      **out_fault,
              GError       **error)
{
  g_autofree char *head = NULL;

  if (self->n_steps > 0)
    return take_token_error (self, challenge, "", out_fault);
  if (!check_token (self, out_fault))
    return NULL;

  head = g_strdup_printf ("user=%s\1auth=Bearer ", self->username);

  return make_token_message (self, head);
}

/* RFC 4422 appendix A: no authorization identity, hence nothing. Who signs in
 * is who the certificate is for. */
static TlSecret *
step_external (TlSasl        *self,
               GBytes        *challenge,
               GCancellable  *cancellable,
               TlFault      **out_fault,
               GError       **error)
{
  if (self->n_steps > 0)
    return fail (out_fault, TL_CAUSE_PROTOCOL,
                 "EXTERNAL has one message, and the server wants another");

  self->made_secret = TRUE;

  return tl_secret_new ("", 0);
}

/* Strongest first. */
static const TlSaslMech mechs[] = {
  { "SCRAM-SHA-256-PLUS", TL_SASL_WITH_PASSWORD,
    TL_SASL_CLIENT_FIRST | TL_SASL_MUTUAL | TL_SASL_BINDS, step_scram_sha_256 },
  { "SCRAM-SHA-1-PLUS",   TL_SASL_WITH_PASSWORD,
    TL_SASL_CLIENT_FIRST | TL_SASL_MUTUAL | TL_SASL_BINDS, step_scram_sha_1 },
  { "SCRAM-SHA-256",      TL_SASL_WITH_PASSWORD,
    TL_SASL_CLIENT_FIRST | TL_SASL_MUTUAL, step_scram_sha_256 },
  { "SCRAM-SHA-1",        TL_SASL_WITH_PASSWORD,
    TL_SASL_CLIENT_FIRST | TL_SASL_MUTUAL, step_scram_sha_1 },
  { "CRAM-MD5",           TL_SASL_WITH_PASSWORD,    0,                    step_cram_md5 },
  { "PLAIN",              TL_SASL_WITH_PASSWORD,    TL_SASL_CLIENT_FIRST, step_plain },
  { "LOGIN",              TL_SASL_WITH_PASSWORD,    TL_SASL_PROMPTS,      step_login },
  { "OAUTHBEARER",        TL_SASL_WITH_TOKEN,       TL_SASL_CLIENT_FIRST, step_oauthbearer },
  { "XOAUTH2",            TL_SASL_WITH_TOKEN,       TL_SASL_CLIENT_FIRST, step_xoauth2 },
  { "EXTERNAL",           TL_SASL_WITH_CERTIFICATE, TL_SASL_CLIENT_FIRST, step_external },
};

/* What takes a token in place of a password (RFC 7628, and its forerunners). */
static const char * const token_mechs[] = {
  "OAUTHBEARER", "XOAUTH", "XOAUTH2", "PLAIN-CLIENTTOKEN", "ATOKEN", NULL
};

/**
 * tl_sasl_mech_get:
 * @index: 0 for the strongest
 *
 * Returns: (transfer none) (nullable): a mechanism, or %NULL past the last
 */
const TlSaslMech *
tl_sasl_mech_get (guint index)
{
  return index < G_N_ELEMENTS (mechs) ? &mechs[index] : NULL;
}

/**
 * tl_sasl_choose:
 * @with: what is signed in with
 * @can_bind: whether there is something to bind the exchange to
 * @offered: (array zero-terminated=1): mechanisms the server offers, in upper case
 * @weaker_than: (nullable): only what comes after this one
 *
 * The order is ours and not the server's: one that asks for the password
 * itself first does not get it.
 *
 * Returns: (transfer none) (nullable): the strongest that both know
 */
const TlSaslMech *
tl_sasl_choose (TlSaslWith          with,
                gboolean            can_bind,
                const char * const *offered,
                const TlSaslMech   *weaker_than)
{
  for (gsize i = weaker_than == NULL ? 0 : (gsize) (weaker_than - mechs) + 1;
       i < G_N_ELEMENTS (mechs); i++)
    if (mechs[i].with == with && (can_bind || (mechs[i].flags & TL_SASL_BINDS) == 0) &&
        g_strv_contains (offered, mechs[i].name))
      return &mechs[i];

  return NULL;
}

/**
 * tl_sasl_offers_binding:
 * @offered: (array zero-terminated=1): mechanisms the server offers, in upper case
 *
 * Returns: whether any of them binds the exchange to its connection
 */
gboolean
tl_sasl_offers_binding (const char * const *offered)
{
  for (gsize i = 0; offered[i] != NULL; i++)
    if (g_str_has_suffix (offered[i], "-PLUS"))
      return TRUE;

  return FALSE;
}

/**
 * tl_sasl_judge_offer:
 * @with: what is to be signed in with
 * @can_bind: whether there is something to bind the exchange to
 * @offered: (array zero-terminated=1): mechanisms the server offers, in upper case
 *
 * Returns: (transfer full) (nullable): %NULL when @with can be used; else
 *   %TL_CAUSE_OAUTH_ONLY, for a password where only tokens are taken, or
 *   %TL_CAUSE_NO_COMMON_MECHANISM; with what was offered
 */
TlFault *
tl_sasl_judge_offer (TlSaslWith          with,
                     gboolean            can_bind,
                     const char * const *offered)
{
  gboolean takes_token = FALSE;
  gboolean takes_else = FALSE;
  g_autoptr(GStrvBuilder) clean = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  GVariantDict dict;

  if (tl_sasl_choose (with, can_bind, offered, NULL) != NULL)
    return NULL;

  for (gsize i = 0; offered[i] != NULL; i++)
    {
      if (g_strv_contains (token_mechs, offered[i]))
        takes_token = TRUE;
      else
        takes_else = TRUE;
      if (i < 16)
        g_strv_builder_add (clean, offered[i]);
    }
  names = g_strv_builder_end (clean);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_OFFERED, "^as", names);

  return tl_fault_new (with == TL_SASL_WITH_PASSWORD && takes_token && !takes_else
                       ? TL_CAUSE_OAUTH_ONLY : TL_CAUSE_NO_COMMON_MECHANISM,
                       g_variant_dict_end (&dict));
}

/**
 * tl_sasl_new:
 * @mech: how to sign in
 * @who: who signs in, and with what @mech is for
 * @binding: what the exchange can be bound to; has a name where @mech binds
 *
 * Returns: (transfer full): an exchange that has not begun
 */
TlSasl *
tl_sasl_new (const TlSaslMech        *mech,
             const TlSaslCredentials *who,
             const TlSaslBinding     *binding)
{
  TlSasl *self;

  g_return_val_if_fail (who->with == mech->with, NULL);
  g_return_val_if_fail (who->secret != NULL || mech->with == TL_SASL_WITH_CERTIFICATE, NULL);
  g_return_val_if_fail (binding->data != NULL || (mech->flags & TL_SASL_BINDS) == 0, NULL);

  self = g_new0 (TlSasl, 1);
  self->mech = mech;
  self->username = g_strdup (who->username);
  self->secret = who->secret == NULL ? NULL : tl_secret_ref (who->secret);
  self->host = g_strdup (who->host);
  self->port = who->port;
  self->binding_name = g_strdup (binding->name);
  self->binding_data = binding->data == NULL ? NULL : g_bytes_ref (binding->data);
  self->binds_offered = binding->is_offered;

  return self;
}

void
tl_sasl_free (TlSasl *self)
{
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->secret, tl_secret_unref);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->binding_name, g_free);
  g_clear_pointer (&self->binding_data, g_bytes_unref);
  g_clear_pointer (&self->error_text, g_free);
  g_clear_pointer (&self->error_status, g_free);
  g_clear_pointer (&self->error_scopes, g_strfreev);
  g_clear_pointer (&self->scram, tl_scram_free);
  g_free (self);
}

const TlSaslMech *
tl_sasl_get_mech (const TlSasl *self)
{
  return self->mech;
}

/**
 * tl_sasl_step:
 * @self: an exchange
 * @challenge: what the server sent, decoded; empty at first
 * @cancellable: (nullable): stops a key derivation
 * @out_fault: (out): why the exchange cannot go on
 * @error: return location for a #GError
 *
 * A password with a NUL in it is refused here, before anything is sent: no
 * mechanism can carry one.
 *
 * Returns: (transfer full): the next bytes to send, perhaps none, or %NULL with @out_fault or
 *   @error set
 */
TlSecret *
tl_sasl_step (TlSasl        *self,
              GBytes        *challenge,
              GCancellable  *cancellable,
              TlFault      **out_fault,
              GError       **error)
{
  TlSecret *message;

  if (self->secret != NULL && memchr (tl_secret_peek (self->secret, NULL), '\0',
                                      tl_secret_get_len (self->secret)) != NULL)
    return fail (out_fault, TL_CAUSE_BAD_CREDENTIALS, "no password can hold a NUL byte");

  message = self->mech->step (self, challenge, cancellable, out_fault, error);
  self->n_steps++;

  return message;
}

/**
 * tl_sasl_note_written:
 * @self: an exchange
 *
 * Says that the message of the last step has been written.
 */
void
tl_sasl_note_written (TlSasl *self)
{
  self->shown_secret = self->made_secret;
}

/**
 * tl_sasl_accept:
 * @self: an exchange that the server has called a success
 * @out_fault: (out): why it is none
 *
 * Returns: whether the success counts: all our messages were sent, and a server that had to prove
 *   itself did; else %FALSE with %TL_CAUSE_SERVER_NOT_PROVEN or %TL_CAUSE_NOT_PROVEN
 */
gboolean
tl_sasl_accept (TlSasl   *self,
                TlFault **out_fault)
{
  if ((self->mech->flags & TL_SASL_MUTUAL) != 0 &&
      (self->scram == NULL || !tl_scram_is_proven (self->scram)))
    {
      fail (out_fault, TL_CAUSE_SERVER_NOT_PROVEN,
            "the server claimed success without its signature");
      return FALSE;
    }
  if (!self->shown_secret)
    {
      fail (out_fault, TL_CAUSE_NOT_PROVEN, "the server claimed success before it saw a password");
      return FALSE;
    }
  if (self->error_text != NULL)
    {
      fail (out_fault, TL_CAUSE_NOT_PROVEN, "the server claimed success after it rejected a token");
      return FALSE;
    }

  return TRUE;
}

/**
 * tl_sasl_has_shown_secret:
 * @self: an exchange
 *
 * Returns: whether a message that shows the password or a proof of it has been written: from then
 *   on a refusal may be a judgement of it
 */
gboolean
tl_sasl_has_shown_secret (const TlSasl *self)
{
  return self->shown_secret;
}

/**
 * tl_sasl_dup_evidence:
 * @self: an exchange
 *
 * Returns: (transfer full): the mechanism, and why a token was rejected where the server said
 */
GVariant *
tl_sasl_dup_evidence (const TlSasl *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_MECHANISM, "s", self->mech->name);
  if (self->error_text != NULL && *self->error_text != '\0')
    g_variant_dict_insert (&dict, TL_EVIDENCE_SERVER_TEXT, "s", self->error_text);
  if (self->error_status != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_TOKEN_STATUS, "s", self->error_status);
  if (self->error_scopes != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_WANTED, "^as", self->error_scopes);

  return g_variant_dict_end (&dict);
}
