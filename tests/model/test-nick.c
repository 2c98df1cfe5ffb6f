/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-nick.h"

#include <string.h>

#include "tl-catalogue.h"
#include "tl-lane-kind.h"
#include "tl-lane-settings.h"
#include "tl-plan.h"
#include "tl-report.h"
#include "tl-stage.h"
#include "tl-trust.h"

#define GETTER(func) ((const char * (*) (int)) (func))

typedef struct
{
  const char *name;
  GType     (*get_type)  (void);
  const char *nicks;                /* in the order of the values */
  const char *(*get_nick)  (int);   /* or NULL */
  const char *(*get_label) (int);   /* or NULL */
} EnumCase;

static const EnumCase enum_cases[] = {
  { "lane-kind", tl_lane_kind_get_type, "none incoming outgoing",
    GETTER (tl_lane_kind_get_nick), GETTER (tl_lane_kind_get_label) },
  { "stage", tl_stage_get_type,
    "input discover resolve connect tls greet upgrade caps auth oauth use deliver pair domain "
    "store export bundle",
    GETTER (tl_stage_get_nick), GETTER (tl_stage_get_label) },
  { "status", tl_status_get_type, "not-tested running ok not-needed warning error",
    GETTER (tl_status_get_nick), GETTER (tl_status_get_label) },
  { "verdict", tl_verdict_get_type, "not-tested ok warning error",
    GETTER (tl_verdict_get_nick), GETTER (tl_verdict_get_label) },
  { "trust", tl_trust_get_type,
    "guessed unsigned-dns directory own-domain curated manual practice",
    GETTER (tl_trust_get_nick), GETTER (tl_trust_get_label) },
  { "auth", tl_auth_get_type, "password app-password oauth2",
    GETTER (tl_auth_get_nick), GETTER (tl_auth_get_label) },
  { "severity", tl_severity_get_type, "note warning error",
    GETTER (tl_severity_get_nick), GETTER (tl_severity_get_label) },
  { "fixer", tl_fixer_get_type, "you your-admin the-provider your-network",
    GETTER (tl_fixer_get_nick), GETTER (tl_fixer_get_label) },
  { "retry", tl_retry_get_type, "never after-change later" },
  { "protocol", tl_protocol_get_type, "imap smtp" },
  { "purpose", tl_purpose_get_type, "mailbox practice" },
  { "readiness", tl_readiness_get_type, "draft stale ready" },
};

static void
test_enum (gconstpointer data)
{
  const EnumCase *c = data;
  GType type = c->get_type ();
  g_autoptr(GEnumClass) klass = g_type_class_ref (type);
  g_auto(GStrv) nicks = g_strsplit (c->nicks, " ", -1);

  g_assert_cmpuint (klass->n_values, ==, g_strv_length (nicks));
  for (int i = 0; nicks[i] != NULL; i++)
    {
      int value = -1;

      g_assert_cmpstr (tl_nick_get (type, i), ==, nicks[i]);
      g_assert_true (tl_nick_parse (type, nicks[i], &value));
      g_assert_cmpint (value, ==, i);
      if (c->get_nick != NULL)
        g_assert_cmpstr (c->get_nick (i), ==, nicks[i]);
      if (c->get_label != NULL)
        g_assert_cmpuint (strlen (c->get_label (i)), >, 0);
    }
}

static void
test_unknown (void)
{
  int value = 42;

  g_assert_false (tl_nick_parse (TL_TYPE_STAGE, "Auth", &value));
  g_assert_false (tl_nick_parse (TL_TYPE_STAGE, "", &value));
  g_assert_false (tl_nick_parse (TL_TYPE_STAGE, "TL_STAGE_AUTH", &value));
  g_assert_cmpint (value, ==, 42);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (enum_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/nick/enum/", enum_cases[i].name, NULL);

      g_test_add_data_func (path, &enum_cases[i], test_enum);
    }

  g_test_add_func ("/nick/unknown", test_unknown);

  return g_test_run ();
}
