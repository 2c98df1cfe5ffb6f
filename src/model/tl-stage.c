/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-stage.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"

G_DEFINE_ENUM_TYPE (TlStage, tl_stage,
                    G_DEFINE_ENUM_VALUE (TL_STAGE_INPUT, "input"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_DISCOVER, "discover"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_RESOLVE, "resolve"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_CONNECT, "connect"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_TLS, "tls"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_GREET, "greet"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_UPGRADE, "upgrade"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_CAPS, "caps"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_AUTH, "auth"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_OAUTH, "oauth"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_USE, "use"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_DELIVER, "deliver"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_PAIR, "pair"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_DOMAIN, "domain"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_STORE, "store"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_EXPORT, "export"),
                    G_DEFINE_ENUM_VALUE (TL_STAGE_BUNDLE, "bundle"))

G_DEFINE_ENUM_TYPE (TlStatus, tl_status,
                    G_DEFINE_ENUM_VALUE (TL_STATUS_NOT_TESTED, "not-tested"),
                    G_DEFINE_ENUM_VALUE (TL_STATUS_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (TL_STATUS_OK, "ok"),
                    G_DEFINE_ENUM_VALUE (TL_STATUS_NOT_NEEDED, "not-needed"),
                    G_DEFINE_ENUM_VALUE (TL_STATUS_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (TL_STATUS_ERROR, "error"))

G_DEFINE_ENUM_TYPE (TlVerdict, tl_verdict,
                    G_DEFINE_ENUM_VALUE (TL_VERDICT_NOT_TESTED, "not-tested"),
                    G_DEFINE_ENUM_VALUE (TL_VERDICT_OK, "ok"),
                    G_DEFINE_ENUM_VALUE (TL_VERDICT_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (TL_VERDICT_ERROR, "error"))

static const char * const stage_labels[] = {
  [TL_STAGE_INPUT]    = N_("What was typed"),
  [TL_STAGE_DISCOVER] = N_("Look for servers"),
  /* Translators: the server's name is looked up in DNS */
  [TL_STAGE_RESOLVE]  = N_("Find the server"),
  /* Translators: "it" is the server; a network connection is made */
  [TL_STAGE_CONNECT]  = N_("Reach it"),
  /* Translators: the connection is encrypted and the server's certificate checked (TLS) */
  [TL_STAGE_TLS]      = N_("Secure connection"),
  /* Translators: the first line that a mail server says */
  [TL_STAGE_GREET]    = N_("The server answers"),
  /* Translators: a plain connection is turned into an encrypted one (STARTTLS) */
  [TL_STAGE_UPGRADE]  = N_("Switch to encryption"),
  /* Translators: "it" is the server; it lists what it is able to do */
  [TL_STAGE_CAPS]     = N_("What it can do"),
  [TL_STAGE_AUTH]     = N_("Sign in"),
  [TL_STAGE_OAUTH]    = N_("Sign in at the provider"),
  /* Translators: folders are listed, or a message is prepared and not sent */
  [TL_STAGE_USE]      = N_("Use the mailbox"),
  [TL_STAGE_DELIVER]  = N_("Test message"),
  [TL_STAGE_PAIR]     = N_("Both lanes together"),
  /* Translators: what the address's domain says about its mail in DNS */
  [TL_STAGE_DOMAIN]   = N_("Domain records"),
  [TL_STAGE_STORE]    = N_("Keyring"),
  [TL_STAGE_EXPORT]   = N_("Hand over"),
  /* Translators: the signed file that holds a mailbox's settings */
  [TL_STAGE_BUNDLE]   = N_("Bundle"),
};

static const char * const status_labels[] = {
  [TL_STATUS_NOT_TESTED] = N_("Not tested"),
  /* Translators: a stage of a test is under way */
  [TL_STATUS_RUNNING]    = N_("Running"),
  /* Translators: a stage of a test passed */
  [TL_STATUS_OK]         = N_("Passed"),
  /* Translators: a stage of a test had nothing to do */
  [TL_STATUS_NOT_NEEDED] = N_("Not needed"),
  /* Translators: a stage of a test passed, with a remark that matters */
  [TL_STATUS_WARNING]    = N_("Passed with a warning"),
  /* Translators: a stage of a test failed */
  [TL_STATUS_ERROR]      = N_("Failed"),
};

static const char * const verdict_labels[] = {
  [TL_VERDICT_NOT_TESTED] = N_("Not tested"),
  /* Translators: a lane's result */
  [TL_VERDICT_OK]         = N_("Works"),
  /* Translators: a lane's result */
  [TL_VERDICT_WARNING]    = N_("Works, with a warning"),
  /* Translators: a lane's result */
  [TL_VERDICT_ERROR]      = N_("Does not work"),
};

static const TlStage tls_stages[] = {
  TL_STAGE_RESOLVE,
  TL_STAGE_CONNECT,
  TL_STAGE_TLS,
  TL_STAGE_GREET,
  TL_STAGE_CAPS,
  TL_STAGE_AUTH,
  TL_STAGE_USE,
};

static const TlStage starttls_stages[] = {
  TL_STAGE_RESOLVE,
  TL_STAGE_CONNECT,
  TL_STAGE_GREET,
  TL_STAGE_UPGRADE,
  TL_STAGE_TLS,
  TL_STAGE_CAPS,
  TL_STAGE_AUTH,
  TL_STAGE_USE,
};

const char *
tl_stage_get_nick (TlStage stage)
{
  return tl_nick_get (TL_TYPE_STAGE, (int) stage);
}

/**
 * tl_stage_get_label:
 * @stage: a stage
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_stage_get_label (TlStage stage)
{
  g_return_val_if_fail ((guint) stage < G_N_ELEMENTS (stage_labels), NULL);

  return _(stage_labels[stage]);
}

/**
 * tl_stage_list_lane:
 * @security: how the lane is protected
 * @out_n: (out): how many stages there are
 *
 * Gets the stages of a lane. No lane runs without encryption: for
 * %TL_SECURITY_NONE the stages are those of %TL_SECURITY_TLS, none of which
 * will be reached.
 *
 * Returns: (transfer none) (array length=out_n): the stages, in the order run
 */
const TlStage *
tl_stage_list_lane (TlSecurity  security,
                    gsize      *out_n)
{
  if (security == TL_SECURITY_STARTTLS)
    {
      *out_n = G_N_ELEMENTS (starttls_stages);
      return starttls_stages;
    }

  *out_n = G_N_ELEMENTS (tls_stages);

  return tls_stages;
}

const char *
tl_status_get_nick (TlStatus status)
{
  return tl_nick_get (TL_TYPE_STATUS, (int) status);
}

/**
 * tl_status_get_label:
 * @status: how a stage ended
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_status_get_label (TlStatus status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (status_labels), NULL);

  return _(status_labels[status]);
}

const char *
tl_verdict_get_nick (TlVerdict verdict)
{
  return tl_nick_get (TL_TYPE_VERDICT, (int) verdict);
}

/**
 * tl_verdict_get_label:
 * @verdict: a lane's result
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_verdict_get_label (TlVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdict_labels), NULL);

  return _(verdict_labels[verdict]);
}
