/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <malloc.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <glib-unix.h>

#include "tl-autoconfig.h"
#include "tl-autodiscover-v2.h"
#include "tl-pacc.h"
#include "tl-pox.h"
#include "tl-srv.h"

/* Faults C06, C07 and D08: what is hostile costs next to nothing. Each input is
 * read in a process of its own, three times over, and the best time counts: a
 * busy machine makes a parser slow and never fast. */

#define MAX_CPU_US   10000
#define MAX_RSS_KIB  1024
#define N_TURNS      3

#if defined (__SANITIZE_ADDRESS__)
#define HAS_SANITIZER TRUE
#else
#define HAS_SANITIZER FALSE
#endif

typedef struct
{
  gint64 cpu_us;
  gint64 rss_kib;
} Cost;

typedef void (*ReadFunc) (const char *bytes,
                          gsize       len);

typedef struct
{
  const char *name;
  ReadFunc    read;
  const char *before;
  const char *what;
  guint       n;      /* how often */
  const char *after;
} BudgetCase;

static TlAddress *address;

static gint64
get_cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
read_autoconfig (const char *bytes,
                 gsize       len)
{
  g_autoptr(TlDocument) document =
    tl_autoconfig_parse (bytes, len, address, "example.org", TL_SOURCE_AUTOCONFIG, NULL);
}

static void
read_pox (const char *bytes,
          gsize       len)
{
  g_autoptr(TlPox) pox = tl_pox_parse (bytes, len, address, "x@example.org", NULL);
}

static void
read_pacc (const char *bytes,
           gsize       len)
{
  g_autoptr(TlDocument) document =
    tl_pacc_parse (bytes, len, address, "example.org", TL_SOURCE_PACC, NULL);
}

static void
read_v2 (const char *bytes,
         gsize       len)
{
  g_autofree char *host = tl_autodiscover_v2_parse (bytes, len, NULL);
}

/* Sixteen records of 4 KiB: no answer of DNS holds more. */
static void
read_digests (const char *bytes,
              gsize       len)
{
  const char *texts[17] = { NULL };
  g_autoptr(GBytes) body = g_bytes_new_static (bytes, len);

  for (gsize i = 0; i < 16; i++)
    texts[i] = bytes;
  g_assert_cmpint (tl_pacc_check_digest (texts, body), !=, TL_PACC_DIGEST_MATCHES);
}

/* One record a line; the lines are the targets. */
static void
read_srv (const char *bytes,
          gsize       len)
{
  g_auto(GStrv) targets = g_strsplit (bytes, "\n", -1);
  guint n = g_strv_length (targets);
  g_autofree TlRecord *records = g_new0 (TlRecord, n + 1);
  g_autofree const TlRecord **pointers = g_new0 (const TlRecord *, n + 1);
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      records[i] = (TlRecord) { .port = 993, .weight = (guint16) (i * 7919), .target = targets[i] };
      pointers[i] = &records[i];
    }
  tl_srv_read (&tl_srv_services[0], pointers, n, TL_DNSSEC_INSECURE, address, claims, rejections);
}

/* More than anything here may cost: the measuring is worth something. */
static void
read_wastefully (const char *bytes,
                 gsize       len)
{
  g_autofree char *waste = g_malloc (4 * MAX_RSS_KIB * 1024);
  gint64 until = get_cpu_us () + 4 * MAX_CPU_US;

  while (get_cpu_us () < until)
    memset (waste, (int) until, 4 * MAX_RSS_KIB * 1024);
}

#define OPEN   "<clientConfig><emailProvider><domain>example.org</domain>"
#define CLOSE  "</emailProvider></clientConfig>"
#define SERVER "<incomingServer type=\"imap\"><hostname>imap.example.org</hostname>" \
               "<port>993</port>" \
               "<socketType>SSL</socketType></incomingServer>"
#define POX    "<Autodiscover><Response><Account>"
#define END    "</Account></Response></Autodiscover>"

static const BudgetCase budget_cases[] = {
  { "xml-laughs", read_autoconfig, "<!DOCTYPE clientConfig [<!ENTITY a \"ha\">",
    "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">", 1000, "]>" OPEN "&b;" CLOSE },
  { "xml-depth-100000", read_autoconfig, OPEN, "<a>", 100000, "" },
  { "xml-depth-80000", read_autoconfig, OPEN, "<a>", 80000, "" },
  { "xml-servers-4000", read_autoconfig, OPEN, SERVER, 4000, CLOSE },
  { "xml-servers-1700", read_autoconfig, OPEN, SERVER, 1700, CLOSE },
  { "xml-servers-990", read_autoconfig, OPEN, SERVER, 990, CLOSE },
  { "xml-servers-foreign", read_autoconfig, OPEN,
    "<incomingServer type=\"imap\"><hostname>\303\274\303\266\303\244.\303\274\303\266\303\244."
    "\303\274\303\266\303\244.\303\274\303\266\303\244.\303\274\303\266\303\244</hostname><port>1"
    "</port><socketType>SSL</socketType></incomingServer>", 990, CLOSE },
  { "xml-domains-foreign", read_autoconfig, "<clientConfig><emailProvider>",
    "<domain>\303\274\303\266\303\244.\303\274\303\266\303\244.\303\274\303\266\303\244</domain>",
    3990, CLOSE },
  { "xml-host-long", read_autoconfig, OPEN "<incomingServer type=\"imap\"><hostname>", "\303\274",
    130000, "</hostname></incomingServer>" CLOSE },
  { "xml-attributes-one-tag", read_autoconfig, "<clientConfig", " a=\"\"", 43000, ">" },
  { "xml-attributes-many-tags", read_autoconfig, OPEN,
    "<a b=\"\" c=\"\" d=\"\" e=\"\" f=\"\" g=\"\" h=\"\" i=\"\" j=\"\"/>", 3990, CLOSE },
  { "xml-attribute-long", read_autoconfig, "<clientConfig a=\"", "0123456789abcdef", 16000,
    "\">" },
  { "xml-name-long", read_autoconfig, "<clientConfig><", "abcdefghijklmnop", 16000, ">" },
  { "xml-elements", read_autoconfig, OPEN, "<a/>", 60000, CLOSE },
  { "xml-elements-3990", read_autoconfig, OPEN, "<some-name>some text here</some-name>", 3990,
    CLOSE },
  { "xml-1-mb", read_autoconfig, OPEN, "0123456789abcdef", 65536, CLOSE },
  { "xml-text", read_autoconfig, OPEN, "0123456789abcdef", 16000, CLOSE },
  { "xml-entities", read_autoconfig, OPEN, "&amp;", 50000, CLOSE },
  { "xml-characters", read_autoconfig, OPEN, "&#x202e;", 32000, CLOSE },
  { "xml-comments", read_autoconfig, OPEN, "<!---->", 37000, CLOSE },
  { "xml-comment-open", read_autoconfig, OPEN "<!--", "->->->->", 32000, "" },
  { "xml-comment-tricks", read_autoconfig, "<!--><clientConfig", " a=\"\"", 40000, "-->" },
  { "xml-instructions", read_autoconfig, OPEN, "<?a?>", 50000, CLOSE },
  { "xml-cdata", read_autoconfig, OPEN, "<![CDATA[a]]>", 20000, CLOSE },
  { "xml-placeholders", read_autoconfig, OPEN "<incomingServer type=\"imap\"><hostname>",
    "%EMAILADDRESS%", 18000, "</hostname></incomingServer>" CLOSE },
  { "xml-percent", read_autoconfig, OPEN "<incomingServer type=\"imap\">",
    "<username>%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%</username>", 3900, "</incomingServer>" CLOSE },
  { "xml-hints", read_autoconfig, OPEN,
    "<enable visiturl=\"https://example.org/x\"><instruction>do</instruction></enable>", 1900,
    CLOSE },
  { "xml-quotes", read_autoconfig, OPEN "<a b='", "\"", 250000, "'/>" CLOSE },
  { "xml-nothing", read_autoconfig, "", " ", 260000, "" },
  { "pox-depth", read_pox, POX, "<a>", 80000, "" },
  { "pox-protocols", read_pox, POX, "<Protocol><Type>IMAP</Type><Server>imap.example.org</Server>"
    "<Port>993</Port></Protocol>", 990, END },
  { "pox-pop3", read_pox, POX, "<Protocol><Type>POP3</Type></Protocol>", 1990, END },
  { "pox-logins", read_pox, POX, "<Protocol><Type>SMTP</Type><Server>s.example.org</Server><Port>1"
    "</Port><LoginName>\302\240\302\240\302\240\302\240\302\240</LoginName></Protocol>", 790, END },
  { "json-depth-100000", read_pacc, "", "[", 100000, "" },
  { "json-depth-60000", read_pacc, "{\"protocols\":", "[", 60000, "" },
  { "json-objects-deep", read_pacc, "", "{\"a\":", 13000, "" },
  { "json-objects", read_pacc, "{\"protocols\":[", "{},", 20000, "0]}" },
  { "json-objects-1990", read_pacc, "{\"protocols\":[", "{\"a\":{}},", 990, "0]}" },
  { "json-numbers", read_pacc, "{\"protocols\":[", "1,", 32000, "0]}" },
  { "json-number-long", read_pacc, "{\"protocols\":0.", "1", 65000, "}" },
  { "json-integer-long", read_pacc, "{\"protocols\":", "1", 65000, "}" },
  { "json-exponent", read_pacc, "{\"protocols\":1e", "9", 65000, "}" },
  { "json-string", read_pacc, "{\"protocols\":{\"imap\":{\"host\":\"", "\303\274", 32000, "\"}}}" },
  { "json-escapes", read_pacc, "{\"protocols\":\"", "\\u00fc", 10900, "\"}" },
  { "json-twice", read_pacc, "{", "\"a\":0,", 10000, "\"protocols\":{}}" },
  { "json-1-mb", read_pacc, "{\"a\":\"", "0123456789abcdef", 65536, "\"}" },
  { "json-space", read_v2, "", " ", 65000, "{}" },
  { "json-url", read_v2, "{\"Url\":\"https://", "a.", 32000, "\"}" },
  { "digest-tags", read_digests, "v=UAAC1", ";", 4000, "" },
  { "digest-values", read_digests, "v=UAAC1;a=sha256;d=", "A", 4000, "" },
  { "srv-500", read_srv, "", "imap.example.org\n", 500, "" },
  { "srv-4000", read_srv, "", "imap.example.org\n", 4000, "" },
};

static const BudgetCase waste = { "waste", read_wastefully, "", "", 0, "" };

static char *
make_input (const BudgetCase *c,
            gsize            *out_len)
{
  gsize before = strlen (c->before);
  gsize one = strlen (c->what);
  gsize after = strlen (c->after);
  char *out = g_malloc (before + one * c->n + after + 1);

  memcpy (out, c->before, before);
  for (guint i = 0; i < c->n; i++)
    memcpy (out + before + i * one, c->what, one);
  memcpy (out + before + one * c->n, c->after, after + 1);
  *out_len = before + one * c->n + after;

  return out;
}

static gint64
get_rss_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_maxrss;
}

/* What is needed once, whoever the document is by: pages of code, types. */
static void
warm_up (void)
{
  const char *autoconfig = OPEN SERVER SERVER "<enable visiturl=\"https://example.org\"/>"
                           "<incomingServer type=\"pop3\"/>" CLOSE;
  const char *pox = POX "<Protocol><Type>IMAP</Type></Protocol>" END;
  const char *pacc = "{\"protocols\":{\"imap\":{\"host\":\"imap.example.org\"}}}";
  const char *v2 = "{\"Url\":\"https://b\303\274cher.example\"}";

  read_autoconfig (autoconfig, strlen (autoconfig));
  read_pox (pox, strlen (pox));
  read_pacc (pacc, strlen (pacc));
  read_v2 (v2, strlen (v2));
  read_srv ("imap.example.org\n.", strlen ("imap.example.org\n."));
}

static Cost
measure (const BudgetCase *c)
{
  gsize len;
  g_autofree char *input = make_input (c, &len);
  Cost cost = { 0 };
  int ends[2];
  int status;
  pid_t child;

  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  malloc_trim (0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      gint64 cpu_us;
      gint64 rss_kib;

      warm_up ();
      rss_kib = get_rss_kib ();
      cpu_us = get_cpu_us ();
      c->read (input, len);
      cost.cpu_us = get_cpu_us () - cpu_us;
      cost.rss_kib = get_rss_kib () - rss_kib;
      _exit (write (ends[1], &cost, sizeof cost) == sizeof cost ? 0 : 1);
    }

  close (ends[1]);
  g_assert_cmpint (read (ends[0], &cost, sizeof cost), ==, sizeof cost);
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);

  return cost;
}

static Cost
measure_best (const BudgetCase *c)
{
  Cost best = measure (c);

  for (guint i = 1; i < N_TURNS; i++)
    {
      Cost cost = measure (c);

      best.cpu_us = MIN (best.cpu_us, cost.cpu_us);
      best.rss_kib = MIN (best.rss_kib, cost.rss_kib);
    }
  g_test_message ("%s: %" G_GINT64_FORMAT " us, %" G_GINT64_FORMAT " KiB", c->name, best.cpu_us,
                  best.rss_kib);

  return best;
}

static void
test_budget (gconstpointer data)
{
  const BudgetCase *c = data;
  Cost cost;

  if (HAS_SANITIZER)
    {
      g_test_skip ("a sanitizer takes time and memory of its own");
      return;
    }

  cost = measure_best (c);
  g_assert_cmpint (cost.cpu_us, <=, MAX_CPU_US);
  g_assert_cmpint (cost.rss_kib, <=, MAX_RSS_KIB);
}

static void
test_waste (void)
{
  Cost cost;

  if (HAS_SANITIZER)
    {
      g_test_skip ("a sanitizer takes time and memory of its own");
      return;
    }

  cost = measure_best (&waste);
  g_assert_cmpint (cost.cpu_us, >, MAX_CPU_US);
  g_assert_cmpint (cost.rss_kib, >, MAX_RSS_KIB);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  /* What one input needed is not to be lying around for the next. */
  mallopt (M_MMAP_THRESHOLD, 128 * 1024);
  mallopt (M_TRIM_THRESHOLD, 128 * 1024);
  address = tl_address_parse ("ada@example.org", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (budget_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/parser-budget/", budget_cases[i].name, NULL);

      g_test_add_data_func (path, &budget_cases[i], test_budget);
    }
  g_test_add_func ("/parser-budget/waste-is-seen", test_waste);

  status = g_test_run ();
  tl_address_unref (address);

  return status;
}
