/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-refusal.h"

static char *
fetch (GMatchInfo *match,
       int         group)
{
  char *text = g_match_info_fetch (match, group);

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

void
tl_test_refusal_parse (const char    *sample,
                       TlTestRefusal *out)
{
  g_autoptr(GRegex) smtp = g_regex_new ("^([45][0-9]{2})[ -](([45]\\.\\d+\\.\\d+) )?(.*)$", 0, 0,
                                        NULL);
  g_autoptr(GRegex) imap = g_regex_new ("^(NO|BAD|BYE) (\\[([A-Z0-9-]+)[^]]*\\] )?(.*)$", 0, 0,
                                        NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *number = NULL;
  g_autofree char *codes = NULL;

  out->is_smtp = g_regex_match (smtp, sample, 0, &match);
  if (out->is_smtp)
    {
      number = g_match_info_fetch (match, 1);
      out->code = (guint) g_ascii_strtoull (number, NULL, 10);
      out->enhanced = fetch (match, 3);
    }
  else
    {
      g_clear_pointer (&match, g_match_info_unref);
      if (!g_regex_match (imap, sample, 0, &match))
        {
          out->bare = g_strdup (sample);
          out->whole = g_strdup (sample);
          return;
        }
      out->imap_code = fetch (match, 3);
    }

  codes = g_match_info_fetch (match, 2);
  out->bare = g_match_info_fetch (match, 4);
  out->whole = g_strconcat (codes, out->bare, NULL);
}

void
tl_test_refusal_clear (TlTestRefusal *self)
{
  g_clear_pointer (&self->enhanced, g_free);
  g_clear_pointer (&self->imap_code, g_free);
  g_clear_pointer (&self->bare, g_free);
  g_clear_pointer (&self->whole, g_free);
}
