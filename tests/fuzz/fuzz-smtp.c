/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-capabilities.h"
#include "tl-fuzz.h"
#include "tl-smtp-reply.h"
#include "tl-text.h"

/* What is made of a reply that is complete. */
static void
check_reply (const TlSmtpReply *reply)
{
  g_autoptr(TlCapabilities) capabilities = tl_capabilities_new ();
  g_autoptr(TlFault) fault = tl_smtp_reply_to_fault (reply, TL_CAUSE_REFUSED);
  g_autofree char *text = tl_smtp_reply_dup_text (reply);
  const char *enhanced = tl_smtp_reply_get_enhanced_code (reply);
  const char * const *mechanisms;
  g_auto(GStrv) names = NULL;

  g_assert_cmpuint (tl_smtp_reply_get_code (reply), >=, 200);
  g_assert_cmpuint (tl_smtp_reply_get_code (reply), <, 560);
  g_assert_cmpuint (tl_smtp_reply_get_n_lines (reply), >=, 1);
  g_assert_cmpuint (tl_smtp_reply_get_n_lines (reply), <=, TL_SMTP_REPLY_MAX_LINES);
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
  g_assert_true (tl_text_is_clean (tl_evidence_get_string (tl_fault_get_evidence (fault),
                                                           TL_EVIDENCE_SERVER_TEXT)));
  g_assert_cmpuint (strlen (text), <=, TL_SMTP_REPLY_MAX_BYTES + TL_SMTP_REPLY_MAX_LINES);
  if (enhanced != NULL)
    {
      g_assert_cmpuint (strlen (enhanced), <=, strlen ("5.123.123"));
      g_assert_cmpint (enhanced[0] - '0', ==, tl_smtp_reply_get_code (reply) / 100);
      g_assert_cmpuint (strspn (enhanced, G_CSET_DIGITS "."), ==, strlen (enhanced));
    }

  for (guint i = 0; i < tl_smtp_reply_get_n_lines (reply); i++)
    if (!tl_capabilities_add_ehlo (capabilities, tl_smtp_reply_get_line (reply, i)))
      break;
  mechanisms = tl_capabilities_get_mechanisms (capabilities);
  for (gsize i = 0; mechanisms[i] != NULL; i++)
    {
      g_autofree char *upper = g_ascii_strup (mechanisms[i], -1);

      g_assert_cmpstr (upper, ==, mechanisms[i]);
      g_assert_true (tl_text_is_clean (mechanisms[i]));
    }
  names = tl_capabilities_dup_names (capabilities);
  g_assert_cmpuint (g_strv_length (names), <=, 2 * TL_CAPABILITIES_MAX);
}

/* A connection's worth of lines, as the session feeds them. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_auto(GStrv) lines = g_strsplit (bytes, "\n", -1);
  g_autoptr(TlSmtpReply) reply = tl_smtp_reply_new ();

  for (gsize i = 0; lines[i] != NULL && strlen (lines[i]) <= TL_SMTP_MAX_LINE_LEN; i++)
    {
      g_autoptr(TlFault) fault = NULL;
      gboolean more = FALSE;

      if (!tl_smtp_reply_feed (reply, lines[i], &more, &fault))
        {
          g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
          break;
        }
      if (more)
        continue;

      check_reply (reply);
      tl_smtp_reply_free (reply);
      reply = tl_smtp_reply_new ();
    }

  return 0;
}
