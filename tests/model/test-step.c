/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-step.h"

#include "tl-error.h"

typedef struct
{
  const char *name;
  const char *json;
  gboolean    good;
} JsonCase;

static const JsonCase json_cases[] = {
  { "ok", "{\"began_ms\":12,\"ms\":34,\"stage\":\"tls\",\"status\":\"ok\"}", TRUE },
  { "not-tested", "{\"began_ms\":0,\"ms\":0,\"stage\":\"use\",\"status\":\"not-tested\"}", TRUE },
  { "max", "{\"began_ms\":4294967295,\"ms\":4294967295,\"stage\":\"use\","
    "\"status\":\"error\"}", TRUE },

  { "running", "{\"began_ms\":12,\"ms\":34,\"stage\":\"tls\",\"status\":\"running\"}" },
  { "stage-unknown", "{\"began_ms\":12,\"ms\":34,\"stage\":\"ssl\",\"status\":\"ok\"}" },
  { "status-unknown", "{\"began_ms\":12,\"ms\":34,\"stage\":\"tls\",\"status\":\"green\"}" },
  { "ms-negative", "{\"began_ms\":12,\"ms\":-1,\"stage\":\"tls\",\"status\":\"ok\"}" },
  { "ms-past-max", "{\"began_ms\":12,\"ms\":4294967296,\"stage\":\"tls\",\"status\":\"ok\"}" },
  { "ms-missing", "{\"began_ms\":12,\"stage\":\"tls\",\"status\":\"ok\"}" },
  { "began-missing", "{\"ms\":12,\"stage\":\"tls\",\"status\":\"ok\"}" },
  { "more", "{\"began_ms\":12,\"ms\":34,\"stage\":\"tls\",\"status\":\"ok\",\"x\":0}" },
};

static void
test_json (gconstpointer data)
{
  const JsonCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (c->json, -1, &error);
  g_autoptr(TlStep) step = NULL;
  g_autoptr(TlJson) written = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  step = tl_step_from_json (json, &error);
  if (!c->good)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (step);
      return;
    }

  g_assert_no_error (error);
  written = tl_step_to_json (step);
  canonical = tl_json_to_canonical (written);
  g_assert_cmpstr (canonical, ==, c->json);
}

static void
test_new (void)
{
  g_autoptr(TlStep) step = tl_step_new (TL_STAGE_AUTH, TL_STATUS_WARNING, 5, 7);

  g_assert_cmpint (tl_step_get_stage (step), ==, TL_STAGE_AUTH);
  g_assert_cmpint (tl_step_get_status (step), ==, TL_STATUS_WARNING);
  g_assert_cmpuint (tl_step_get_began_ms (step), ==, 5);
  g_assert_cmpuint (tl_step_get_ms (step), ==, 7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (json_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/step/json/", json_cases[i].name, NULL);

      g_test_add_data_func (path, &json_cases[i], test_json);
    }

  g_test_add_func ("/step/new", test_new);

  return g_test_run ();
}
