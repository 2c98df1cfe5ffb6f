/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tl-test-child.h"
#include "tl-test-rows.h"

/* Promise P7: a server that floods costs a lane no more than this, whatever it
 * floods with and wherever. The lane is in a process of its own, the server is not. */

#define MAX_CPU_US   G_USEC_PER_SEC
#define MAX_RSS_KIB  (8 * 1024)

#if defined (__SANITIZE_ADDRESS__)
#define HAS_SANITIZER TRUE
#else
#define HAS_SANITIZER FALSE
#endif

#define X1000(x)     X10 (X10 (X10 (x)))
#define X10000(x)    X10 (X1000 (x))

static const TlTestRow rows[] = {
  /* One line that does not end */
  { "X01/imap-greeting-clear", IMAP, "FLOOD * OK x\n", "greet.too-long" },
  { "X01/imap-greeting", IMAPS, "TLS\nFLOOD * OK x\n", "greet.too-long" },
  { "X01/imap-caps", IMAPS, IMAP_CAPS "FLOOD * CAPABILITY x\n", "caps.too-long" },
  { "X01/imap-auth", IMAPS, IMAP_AUTH "FLOOD x\n", "auth.too-long" },
  { "X01/imap-use", IMAPS, IMAP_LIST "FLOOD x\n", "use.too-long" },
  { "X01/smtp-greeting-clear", SMTP, "FLOOD 220 x\n", "greet.too-long" },
  { "X01/smtp-greeting", SMTPS, "TLS\nFLOOD 220 x\n", "greet.too-long" },
  { "X01/smtp-caps", SMTPS, SMTP_GREETED "FLOOD 250-x\n", "caps.too-long" },
  { "X01/smtp-auth", SMTPS, SMTP_AUTH "FLOOD 235 x\n", "auth.too-long" },
  { "X01/smtp-use", SMTPS, SMTP_MAIL "FLOOD 250 x\n", "use.too-long" },

  /* Lines that do not end */
  { "X02/imap-upgrade", IMAP, "S: * OK ready\nC: %T CAPABILITY\nFLOOD * OK x\\r\\n\n",
    "upgrade.too-long" },
  { "X02/imap-caps", IMAPS, IMAP_CAPS "FLOOD * OK x\\r\\n\n", "caps.too-long" },
  { "X02/imap-capabilities", IMAPS, IMAP_CAPS "FLOOD * CAPABILITY IMAP4rev1 AUTH=PLAIN\\r\\n\n",
    "caps.too-long" },
  { "X02/imap-auth", IMAPS, IMAP_AUTH "FLOOD * OK [ALERT] x\\r\\n\n", "auth.too-long" },
  { "X02/imap-folders", IMAPS, IMAP_LIST "FLOOD * LIST () \"/\" x\\r\\n\n", "use.too-long" },
  { "X02/imap-messages", IMAPS, IMAP_LIST "FLOOD * 1 EXISTS\\r\\n\n", "use.too-long" },
  { "X02/imap-alerts", IMAPS, IMAP_LIST "FLOOD * OK [ALERT] x\\r\\n\n", "use.too-long" },
  { "X02/smtp-greeting", SMTPS, "TLS\nFLOOD 220-x\\r\\n\n", "greet.too-long" },
  { "X02/smtp-greeting-clear", SMTP, "FLOOD 220-x\\r\\n\n", "greet.too-long" },
  { "X02/smtp-caps", SMTPS, SMTP_GREETED "FLOOD 250-x\\r\\n\n", "caps.too-long" },
  { "X02/smtp-auth", SMTPS, SMTP_AUTH "FLOOD 235-x\\r\\n\n", "auth.too-long" },
  { "X02/smtp-use", SMTPS, SMTP_MAIL "FLOOD 250-x\\r\\n\n", "use.too-long" },

  /* Literals */
  { "X03/imap-4-gib", IMAPS, IMAP_CAPS "S: * CAPABILITY {4294967295}\nFLOOD x\n",
    "caps.literal-limit" },
  { "X03/imap-overflow", IMAPS, IMAP_CAPS "S: * CAPABILITY {18446744073709551616}\nFLOOD x\n",
    "caps.literal-limit" },
  { "X03/imap-many", IMAPS, IMAP_LIST "FLOOD * LIST () \"/\" {5}\\r\\nhello\\r\\n\n",
    "use.too-long" },
  { "X04/imap-pieces", IMAPS, IMAP_CAPS "S: * X {10000}\nDRIP " X10000 ("x") "\nS: \nS: %T NO no\n",
    "caps.protocol" },
  { "X04/imap-line-in-pieces", IMAPS, IMAP_CAPS "DRIP * OK " X10000 ("x") "\\r\\n\nS: %T NO no\n",
    "caps.protocol" },

  /* Depth and number */
  { "X06/imap-list", IMAPS, IMAP_LIST "S: * LIST " X10000 ("((((((") "\n", "use.protocol" },
  { "X06/imap-caps", IMAPS, IMAP_CAPS "S: * X " X10000 ("((((((") "\n", "caps.protocol" },
  { "X06/imap-endless", IMAPS, IMAP_LIST "S! * LIST \nFLOOD (\n", "use.too-long" },
  { "X07/imap-tokens", IMAPS, IMAP_CAPS "S: * CAPABILITY" X10000 (" AB") "\nS: %T OK done\n",
    "caps.too-long" },
  { "X10/smtp-keywords", SMTPS, SMTP_GREETED "FLOOD 250-XKEYWORD one two three\\r\\n\n",
    "caps.too-long" },

  /* Continuations */
  { "X24/imap-continuations", IMAPS, IMAP_AUTH "FLOOD + \\r\\n\n", "auth.protocol" },
  { "X24/imap-base64", IMAPS, IMAP_AUTH "FLOOD + VXNlcm5hbWU6\\r\\n\n", "auth.protocol" },
  { "X24/smtp-334", SMTPS, SMTP_AUTH "FLOOD 334 \\r\\n\n", "auth.protocol" },
  { "X24/smtp-334-base64", SMTPS, SMTP_AUTH "FLOOD 334 VXNlcm5hbWU6\\r\\n\n", "auth.protocol" },

  /* What is no protocol at all */
  { "X08/imap-nul", IMAPS, IMAP_CAPS "FLOOD \\0\n", "caps.too-long" },
  { "X08/imap-line-ends", IMAPS, IMAP_CAPS "FLOOD \\r\\n\n", "caps.protocol" },
  { "X08/smtp-line-ends", SMTPS, SMTP_GREETED "FLOOD \\r\\n\n", "caps.protocol" },
  { "S20/imap-no-handshake", IMAP,
    "S: * OK [CAPABILITY STARTTLS] ready\nC: %T STARTTLS\nS: %T OK go\nAWAIT\nFLOOD x\n",
    "upgrade.injected" },
  { "T18/imap-plaintext", IMAPS, "FLOOD * OK ready\\r\\n\n", "tls.plaintext-peer" },
};

static gint64
get_cpu_us (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC +
         usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

/* @name is `VmRSS` or `VmHWM`. */
static gint64
get_kib (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, name);
  g_assert_nonnull (line);

  return g_ascii_strtoll (line + strlen (name) + 1, NULL, 10);
}

/* Makes the most that was used as much as is used now. */
static void
forget_peak (void)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full ("/proc/self/clear_refs", "5", -1, G_FILE_SET_CONTENTS_NONE, 0, &error);
  g_assert_no_error (error);
}

static void
run_green (const TlTestRow *c)
{
  g_auto(TlTestLane) lane = {
    .kind = c->kind, .security = TL_SECURITY_TLS,
    .script = c->kind == TL_LANE_INCOMING ? TL_TEST_IMAP_TLS : TL_TEST_SMTP_TLS,
  };

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, NULL);
}

static void
run_flooded (guint16  port,
             gpointer data)
{
  const TlTestRow *c = data;
  g_auto(TlTestLane) lane = { .kind = c->kind, .security = c->security, .port = port };
  gint64 cpu_us;
  gint64 rss_kib;

  /* What every lane needs is there before it is measured. */
  run_green (c);
  forget_peak ();
  rss_kib = get_kib ("VmRSS");
  cpu_us = get_cpu_us ();

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  cpu_us = get_cpu_us () - cpu_us;
  rss_kib = get_kib ("VmHWM") - rss_kib;
  g_test_message ("%s: %" G_GINT64_FORMAT " ms of CPU, %" G_GINT64_FORMAT " KiB, %s", c->name,
                  cpu_us / 1000, rss_kib, tl_test_lane_get_primary (&lane));

  g_assert_cmpint (cpu_us, <=, MAX_CPU_US);
  g_assert_cmpint (rss_kib, <=, MAX_RSS_KIB);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, c->primary);
  tl_test_lane_assert_sane (&lane);
}

static void
test_flood (gconstpointer data)
{
  const TlTestRow *c = data;
  g_autoptr(SSL_CTX) tls = NULL;
  g_autoptr(TlTestPeer) peer = NULL;
  TlTestChild *child;

  if (HAS_SANITIZER)
    {
      g_test_skip ("a sanitizer costs more than what is measured");
      return;
    }

  tls = tl_test_ca_new_server (tl_test_lane_get_ca (), TL_TEST_LANE_HOST, TL_TEST_TLS_GOOD);
  child = tl_test_child_new (run_flooded, (gpointer) c);
  peer = tl_test_peer_new (c->script, tls);
  tl_test_child_finish (child, tl_test_peer_start (peer));
  tl_test_peer_stop (peer);
}

/* Something that costs more than is allowed is noticed: the measuring is worth something. */
static void
test_measure (void)
{
  gint64 rss_kib = get_kib ("VmRSS");
  gint64 cpu_us = get_cpu_us ();
  g_autofree char *waste = NULL;

  forget_peak ();
  waste = g_malloc (2 * MAX_RSS_KIB * 1024);
  for (guint i = 0; get_cpu_us () - cpu_us < MAX_CPU_US / 10; i++)
    memset (waste, (int) i, 2 * MAX_RSS_KIB * 1024);

  g_assert_cmpint (get_kib ("VmHWM") - rss_kib, >, MAX_RSS_KIB);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TL_TEST_ADD_CASES ("/rows/P7", rows, test_flood);
  g_test_add_func ("/rows/P7/measure", test_measure);

  return g_test_run ();
}
