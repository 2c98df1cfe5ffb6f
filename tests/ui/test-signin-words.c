/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truth tables of what the page that signs in works out. */
#include <string.h>

#include "tl-signin-words.h"

typedef struct
{
  const char *name;
  gboolean    valid;
  gboolean    separate;
  gboolean    has_incoming;
  gboolean    has_outgoing;
  gboolean    filled;
  gboolean    outgoing_filled;
  gboolean    suffices;
} SecretCase;

static const SecretCase secret_cases[] = {
  { "nothing",            TRUE,  FALSE, FALSE, FALSE, FALSE, FALSE, FALSE },
  { "typed",              TRUE,  FALSE, FALSE, FALSE, TRUE,  FALSE, TRUE  },
  { "there",              TRUE,  FALSE, TRUE,  TRUE,  FALSE, FALSE, TRUE  },
  { "unclear-who",        FALSE, FALSE, TRUE,  TRUE,  TRUE,  TRUE,  FALSE },
  { "half",               TRUE,  FALSE, TRUE,  FALSE, FALSE, FALSE, FALSE },
  { "half-and-typed",     TRUE,  FALSE, TRUE,  FALSE, TRUE,  FALSE, TRUE  },
  { "separate-one",       TRUE,  TRUE,  FALSE, FALSE, TRUE,  FALSE, FALSE },
  { "separate-other",     TRUE,  TRUE,  FALSE, FALSE, FALSE, TRUE,  FALSE },
  { "separate-both",      TRUE,  TRUE,  FALSE, FALSE, TRUE,  TRUE,  TRUE  },
  { "separate-token",     TRUE,  TRUE,  TRUE,  FALSE, FALSE, TRUE,  TRUE  },
  { "separate-there",     TRUE,  TRUE,  TRUE,  TRUE,  FALSE, FALSE, TRUE  },
};

static void
test_secrets (gconstpointer data)
{
  const SecretCase *c = data;

  g_assert_true (tl_secrets_suffice (NULL, c->valid, c->separate, c->has_incoming, c->has_outgoing,
                                     c->filled, c->outgoing_filled) == c->suffices);
}

static void
test_several (void)
{
  for (guint i = 0; i < 8; i++)
    {
      guint n = (i & 1) + (i >> 1 & 1) + (i >> 2 & 1);

      g_assert_true (tl_several (NULL, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0) == (n > 1));
    }
}

static const struct
{
  const char *code;
  guint       n_letters;   /* that have a spacing of their own */
  guint       group;
  gboolean    is_long;
} code_cases[] = {
  { "BDWPHQPK",       8,  4 },
  { "A1B2C3D4E",      9,  3 },
  { "ABCDEF",         6,  3 },
  { "ABCDEFGHIJKL",   12, 4 },
  { "ABCD-EFGH",      0,  0 },
  { "AB CD EF",       0,  0 },
  { "ABCD",           0,  0 },
  { "",               0,  0 },
  { NULL,             0,  0 },
  { "ABCDEFGHIJKLM",  0,  0, TRUE },
  { "\xc3\x85" "BCDEFGH", 0, 0 },
};

/* How wide it is between two letters: half of what either asks for. */
static int
get_gap (PangoAttrList *list,
         guint          index)
{
  GSList *all = pango_attr_list_get_attributes (list);
  int spacings[2] = { 0 };

  for (GSList *link = all; link != NULL; link = link->next)
    {
      PangoAttribute *attribute = link->data;

      for (guint i = 0; i < 2; i++)
        {
          if (attribute->start_index <= index + i && index + i < attribute->end_index)
            spacings[i] = ((PangoAttrInt *) attribute)->value;
        }
    }
  g_slist_free_full (all, (GDestroyNotify) pango_attribute_destroy);

  return (spacings[0] + spacings[1]) / 2;
}

static void
test_codes (void)
{
  g_test_summary ("A code is set in groups, with gaps that are all alike and nothing else between");

  for (gsize i = 0; i < G_N_ELEMENTS (code_cases); i++)
    {
      PangoAttrList *list = tl_code_to_attributes (NULL, code_cases[i].code);
      PangoAttrList *none = pango_attr_list_new ();
      int gap = 0;

      g_test_message ("%s", code_cases[i].code);
      g_assert_true (tl_code_is_long (NULL, code_cases[i].code) == code_cases[i].is_long);
      g_assert_true (pango_attr_list_equal (list, none) == (code_cases[i].n_letters == 0));
      for (guint j = 0; j + 1 < code_cases[i].n_letters; j++)
        {
          if ((j + 1) % code_cases[i].group != 0)
            {
              g_assert_cmpint (get_gap (list, j), ==, 0);
              continue;
            }
          gap = gap == 0 ? get_gap (list, j) : gap;
          g_assert_cmpint (gap, >, 0);
          g_assert_cmpint (get_gap (list, j), ==, gap);
        }
      pango_attr_list_unref (none);
      pango_attr_list_unref (list);
    }
}

static const struct
{
  TlSigninState state;
  gboolean      idle;
  gboolean      in_browser;
  gboolean      on_device;
  gboolean      says;        /* what is waited for */
} state_cases[] = {
  { TL_SIGNIN_IDLE,       .idle = TRUE },
  { TL_SIGNIN_PREPARING,  .says = TRUE },
  { TL_SIGNIN_IN_BROWSER, .in_browser = TRUE, .says = TRUE },
  { TL_SIGNIN_ON_DEVICE,  .on_device = TRUE, .says = TRUE },
  { TL_SIGNIN_FINISHING,  .says = TRUE },
  { TL_SIGNIN_DONE },
};

static void
test_states (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_cases); i++)
    {
      TlSigninState state = state_cases[i].state;

      g_assert_true (tl_signin_is_idle (NULL, state) == state_cases[i].idle);
      g_assert_true (tl_signin_is_in_browser (NULL, state) == state_cases[i].in_browser);
      g_assert_true (tl_signin_is_on_device (NULL, state) == state_cases[i].on_device);
      for (int way = TL_SIGNIN_BY_BROWSER; way <= TL_SIGNIN_BY_ONLINE_ACCOUNT; way++)
        {
          g_autofree char *named = tl_signin_to_status (NULL, state, way, "login.test");
          g_autofree char *unnamed = tl_signin_to_status (NULL, state, way, NULL);

          g_assert_true ((*named != '\0') == state_cases[i].says);
          g_assert_true ((*unnamed != '\0') == state_cases[i].says);
        }
    }
}

static void
test_host (void)
{
  g_autofree char *named = tl_issuer_to_offer (NULL, "Acme", "login.acme.test");
  g_autofree char *unnamed = tl_issuer_to_offer (NULL, NULL, NULL);

  g_test_summary ("Whose page it is can be compared with the address bar, to its end");

  g_assert_nonnull (strstr (named, "https://login.acme.test/"));
  g_assert_null (strstr (unnamed, "https://"));
}

static const struct
{
  const char *host;
  TlFixer     fixer;
  const char *as_of;
  TlLaneKind  lane;
  const char *has[3];
} note_cases[] = {
  { NULL, TL_FIXER_YOU, NULL, TL_LANE_NONE, { NULL } },
  { NULL, TL_FIXER_YOU, "2026-11-21", TL_LANE_NONE, { "21", "2026" } },
  { NULL, TL_FIXER_YOU, "some day", TL_LANE_NONE, { "some day" } },
  { "help.acme.test", TL_FIXER_YOUR_ADMIN, NULL, TL_LANE_OUTGOING, { "help.acme.test", "\n" } },
};

static void
test_notes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (note_cases); i++)
    {
      g_autofree char *caption = tl_note_to_caption (NULL, NULL, note_cases[i].host,
                                                     note_cases[i].fixer, note_cases[i].as_of,
                                                     note_cases[i].lane);

      g_test_message ("%s", caption);
      g_assert_true ((*caption != '\0') == (note_cases[i].has[0] != NULL));
      for (gsize j = 0; note_cases[i].has[j] != NULL; j++)
        g_assert_nonnull (strstr (caption, note_cases[i].has[j]));
    }
}

static void
test_secret_names (void)
{
  g_autofree char *name = tl_secret_name_to_title (NULL, "api_key");
  g_autofree char *none = tl_secret_name_to_title (NULL, NULL);

  g_test_summary ("An underscore of a provider's is no mnemonic");

  g_assert_cmpstr (name, ==, "api__key");
  g_assert_cmpstr (none, !=, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (secret_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/signin-words/secrets/", secret_cases[i].name, NULL);

      g_test_add_data_func (path, &secret_cases[i], test_secrets);
    }
  g_test_add_func ("/ui/signin-words/several", test_several);
  g_test_add_func ("/ui/signin-words/codes", test_codes);
  g_test_add_func ("/ui/signin-words/states", test_states);
  g_test_add_func ("/ui/signin-words/host", test_host);
  g_test_add_func ("/ui/signin-words/notes", test_notes);
  g_test_add_func ("/ui/signin-words/secret-names", test_secret_names);

  return g_test_run ();
}
