/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sasl.h"

#include <string.h>
#include <sys/random.h>

#include "tl-scram.h"

/* Bytes of chance in a nonce: RFC 5802 §5.1 asks for enough that it never comes twice. */
#define NONCE_BYTES 24

struct _TlSasl
{
  const TlSaslMech *mech;
  char             *username;
  TlSecret         *password;

  /* As it goes */
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
  const char *password = tl_secret_peek (self->password, &password_len);
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

  return tl_secret_ref (self->password);
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

static TlSecret *
step_scram (TlSasl        *self,
            GBytes        *challenge,
            GCancellable  *cancellable,
            TlFault      **out_fault,
            GError       **error)
{
  gsize len;
  const char *bytes = g_bytes_get_data (challenge, &len);
  g_autofree char *message = g_strndup (bytes == NULL ? "" : bytes, len);
  g_autofree char *nonce = NULL;
  g_autofree char *first = NULL;
  TlSecret *answer;

  if (strlen (message) != len)
    return fail (out_fault, TL_CAUSE_PROTOCOL, "a SCRAM message of the server holds a NUL");

  switch (self->n_steps)
    {
    case 0:
      nonce = make_nonce ();
      self->scram = tl_scram_new (self->username, self->password, nonce);
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

/* Strongest first. */
static const TlSaslMech mechs[] = {
  { "SCRAM-SHA-256", TL_SASL_CLIENT_FIRST | TL_SASL_MUTUAL,  step_scram },
  { "PLAIN",         TL_SASL_CLIENT_FIRST | TL_SASL_PROMPTS, step_plain },
  { "LOGIN",         TL_SASL_PROMPTS,                        step_login },
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
 * @offered: (array zero-terminated=1): mechanisms the server offers, in upper case
 * @weaker_than: (nullable): only what comes after this one
 *
 * The order is ours and not the server's: one that asks for the password
 * itself first does not get it.
 *
 * Returns: (transfer none) (nullable): the strongest that both know
 */
const TlSaslMech *
tl_sasl_choose (const char * const *offered,
                const TlSaslMech   *weaker_than)
{
  for (gsize i = weaker_than == NULL ? 0 : (gsize) (weaker_than - mechs) + 1;
       i < G_N_ELEMENTS (mechs); i++)
    if (g_strv_contains (offered, mechs[i].name))
      return &mechs[i];

  return NULL;
}

/**
 * tl_sasl_judge_offer:
 * @offered: (array zero-terminated=1): mechanisms the server offers, in upper case, at least one
 *
 * Returns: (transfer full) (nullable): %NULL when a password can be used; else
 *   %TL_CAUSE_OAUTH_ONLY or %TL_CAUSE_NO_COMMON_MECHANISM with what was offered
 */
TlFault *
tl_sasl_judge_offer (const char * const *offered)
{
  gboolean takes_token = FALSE;
  gboolean takes_else = FALSE;
  g_autoptr(GStrvBuilder) clean = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  GVariantDict dict;

  if (tl_sasl_choose (offered, NULL) != NULL)
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

  return tl_fault_new (takes_token && !takes_else ? TL_CAUSE_OAUTH_ONLY
                                                  : TL_CAUSE_NO_COMMON_MECHANISM,
                       g_variant_dict_end (&dict));
}

/**
 * tl_sasl_new:
 * @mech: how to sign in
 * @username: who
 * @password: with what
 *
 * Returns: (transfer full): an exchange that has not begun
 */
TlSasl *
tl_sasl_new (const TlSaslMech *mech,
             const char       *username,
             TlSecret         *password)
{
  TlSasl *self = g_new0 (TlSasl, 1);

  self->mech = mech;
  self->username = g_strdup (username);
  self->password = tl_secret_ref (password);

  return self;
}

void
tl_sasl_free (TlSasl *self)
{
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->password, tl_secret_unref);
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
  gsize password_len;
  const char *password = tl_secret_peek (self->password, &password_len);
  TlSecret *message;

  if (memchr (password, '\0', password_len) != NULL)
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
