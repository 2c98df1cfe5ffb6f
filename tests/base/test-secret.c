/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-secret.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tl-error.h"

typedef struct
{
  const char *name;
  const char *before;
  gsize       n_fill; /* as many "x" between before and after */
  const char *after;
  gssize      len;    /* of the secret; -1: refused */
} ReadCase;

static const ReadCase read_cases[] = {
  { "plain", "secret", 0, "", 6 },
  { "lf", "secret", 0, "\n", 6 },
  { "crlf", "secret", 0, "\r\n", 6 },
  { "cr-stays", "secret", 0, "\r", 7 },
  { "two-lf-drop-one", "secret", 0, "\n\n", 7 },
  { "lf-inside", "se\ncret", 0, "\n", 7 },
  { "spaces-stay", "  secret ", 0, "\n", 9 },
  { "max", "", TL_SECRET_MAX_BYTES, "", TL_SECRET_MAX_BYTES },
  { "max-lf", "", TL_SECRET_MAX_BYTES, "\n", TL_SECRET_MAX_BYTES },
  { "max-crlf", "", TL_SECRET_MAX_BYTES, "\r\n", TL_SECRET_MAX_BYTES },

  { "empty", "", 0, "", -1 },
  { "only-lf", "", 0, "\n", -1 },
  { "only-crlf", "", 0, "\r\n", -1 },
  { "too-long", "", TL_SECRET_MAX_BYTES + 1, "", -1 },
  { "too-long-lf", "", TL_SECRET_MAX_BYTES + 1, "\n", -1 },
  { "far-too-long", "", 3 * TL_SECRET_MAX_BYTES, "", -1 },
};

/* A file without a name, at its begin. */
static int
open_bytes (const char *bytes,
            gsize       len)
{
  int fd = memfd_create ("secret", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, len), ==, (gssize) len);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);

  return fd;
}

static void
test_read (gconstpointer data)
{
  const ReadCase *c = data;
  g_autofree char *fill = g_strnfill (c->n_fill, 'x');
  g_autofree char *whole = g_strconcat (c->before, fill, c->after, NULL);
  g_autoptr(TlSecret) secret = NULL;
  g_autoptr(GError) error = NULL;
  const char *bytes;
  gsize len;
  int fd = open_bytes (whole, strlen (whole));

  secret = tl_secret_read_sync (fd, &error);
  g_assert_cmpint (close (fd), ==, 0);

  if (c->len < 0)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (secret);
      return;
    }

  g_assert_no_error (error);
  bytes = tl_secret_peek (secret, &len);
  g_assert_cmpmem (bytes, len, whole, c->len);
  g_assert_cmpint (bytes[len], ==, '\0');
}

static void
test_read_drips (void)
{
  g_autoptr(TlSecret) secret = NULL;
  g_autoptr(GError) error = NULL;
  int fds[2];

  g_test_summary ("A pipe that gives a secret in pieces gives all of it");

  g_assert_cmpint (pipe2 (fds, O_CLOEXEC), ==, 0);
  g_assert_cmpint (write (fds[1], "half", 4), ==, 4);
  g_assert_cmpint (write (fds[1], "half\n", 5), ==, 5);
  g_assert_cmpint (close (fds[1]), ==, 0);
  secret = tl_secret_read_sync (fds[0], &error);
  g_assert_cmpint (close (fds[0]), ==, 0);

  g_assert_no_error (error);
  g_assert_cmpstr (tl_secret_peek (secret, NULL), ==, "halfhalf");
}

static void
test_read_bad_fd (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_secret_read_sync (-1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* The VmFlags of the mapping that holds @address (proc(5)). */
static char *
dup_vm_flags (gconstpointer address)
{
  g_autofree char *smaps = NULL;
  g_auto(GStrv) lines = NULL;
  gboolean within = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &smaps, NULL, NULL));
  lines = g_strsplit (smaps, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      guint64 begin;
      guint64 end;
      char *rest = NULL;

      if (within && g_str_has_prefix (lines[i], "VmFlags:"))
        return g_strconcat (lines[i] + strlen ("VmFlags:"), " ", NULL);

      begin = g_ascii_strtoull (lines[i], &rest, 16);
      if (rest == lines[i] || *rest != '-')
        continue;
      end = g_ascii_strtoull (rest + 1, NULL, 16);
      within = GPOINTER_TO_SIZE (address) >= begin && GPOINTER_TO_SIZE (address) < end;
    }

  return NULL;
}

static void
test_not_dumped (void)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("correct horse", 13);
  g_autofree char *elsewhere = g_strdup ("correct horse");
  g_autofree char *flags = dup_vm_flags (tl_secret_peek (secret, NULL));
  g_autofree char *other_flags = dup_vm_flags (elsewhere);

  g_test_summary ("The pages of a secret are left out of core dumps");

  if (flags == NULL || other_flags == NULL)
    {
      g_test_skip ("this kernel tells no VmFlags");
      return;
    }

  g_assert_nonnull (strstr (flags, " dd "));
  g_assert_null (strstr (other_flags, " dd "));
}

static void
test_locked (void)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  void *probe = mmap (NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gboolean may_lock;
  g_autoptr(TlSecret) secret = NULL;
  g_autofree char *probe_flags = NULL;
  g_autofree char *flags = NULL;

  g_test_summary ("The pages of a secret are not swapped, where that can be asked for");

  /* Given back at once: it counts against the same limit. */
  g_assert_true (probe != MAP_FAILED);
  may_lock = mlock (probe, page) == 0;
  probe_flags = dup_vm_flags (probe);
  munmap (probe, page);
  /* AddressSanitizer makes mlock() a word without effect. */
  if (!may_lock || probe_flags == NULL || strstr (probe_flags, " lo ") == NULL)
    {
      g_test_skip ("no memory can be locked here, or this kernel tells no VmFlags");
      return;
    }

  secret = tl_secret_new ("correct horse", 13);
  flags = dup_vm_flags (tl_secret_peek (secret, NULL));
  g_assert_nonnull (flags);

  g_assert_nonnull (strstr (flags, " lo "));
}

static void
test_apart (void)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  g_autofree char *filler = g_strnfill (255, 'x');
  TlSecret *small[200];
  g_autoptr(TlSecret) large = NULL;

  g_test_summary ("Short secrets share pages, and no byte of them");

  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    {
      filler[0] = (char) i;
      small[i] = tl_secret_new (filler, 255);
    }
  large = tl_secret_new_sized (256);
  g_assert_cmpuint (GPOINTER_TO_SIZE (tl_secret_peek (large, NULL)) % page, ==, 0);

  /* Every third one goes, and what comes takes the room. */
  for (gsize i = 0; i < G_N_ELEMENTS (small); i += 3)
    tl_secret_unref (small[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (small); i += 3)
    {
      filler[0] = (char) i;
      small[i] = tl_secret_new (filler, 255);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    {
      filler[0] = (char) i;
      g_assert_cmpmem (tl_secret_peek (small[i], NULL), 256, filler, 256);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    tl_secret_unref (small[i]);
}

/* Without what lets an administrator lock as much as there is. */
static void
limit_locking (rlim_t max_bytes)
{
  const struct rlimit limit = { max_bytes, max_bytes };
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

  g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &limit), ==, 0);
  g_assert_cmpint (syscall (SYS_capset, &header, none), ==, 0);
}

typedef struct
{
  const char *name;
  rlim_t      max_bytes;
  guint       n_locked;   /* of as many secrets, all are locked */
} LimitCase;

static const LimitCase limit_cases[] = {
  { "none", 0, 0 },
  { "64-KiB", 65536, 240 },
};

static void
test_limit (gconstpointer data)
{
  const LimitCase *c = data;
  TlSecret *secrets[300];

#ifdef __SANITIZE_ADDRESS__
  /* There is no limit then, and without capabilities the leak check does not come to an end. */
  g_test_skip ("AddressSanitizer makes mlock() a word without effect");
  return;
#endif

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  limit_locking (c->max_bytes);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *text = g_strdup_printf ("correct horse %u", i);
      g_autofree char *flags = NULL;

      secrets[i] = tl_secret_new (text, strlen (text));
      g_assert_cmpstr (tl_secret_peek (secrets[i], NULL), ==, text);
      flags = dup_vm_flags (tl_secret_peek (secrets[i], NULL));
      if (flags == NULL)
        continue;
      g_assert_nonnull (strstr (flags, " dd "));
#ifndef __SANITIZE_ADDRESS__ /* which makes mlock() a word without effect */
      if (i < c->n_locked)
        g_assert_nonnull (strstr (flags, " lo "));
#endif
    }
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    tl_secret_unref (secrets[i]);
}

static gboolean
is_mapped (const void *page)
{
  return msync ((void *) page, 1, MS_ASYNC) == 0;
}

static void
test_gone (void)
{
  TlSecret *secret = tl_secret_new ("correct horse", 13);
  TlSecret *again = tl_secret_ref (secret);
  const char *bytes = tl_secret_peek (secret, NULL);

  g_test_summary ("The last reference takes the pages with it, and no earlier one");

  tl_secret_unref (secret);
  g_assert_true (is_mapped (bytes));
  g_assert_cmpstr (bytes, ==, "correct horse");

  tl_secret_unref (again);
  g_assert_false (is_mapped (bytes));
}

typedef struct
{
  const char *name;
  gsize       len;
} WipedCase;

/* In a slot of a page, and in pages of its own. */
static const WipedCase wiped_cases[] = {
  { "short", 13 },
  { "long", 3000 },
};

static void
test_wiped (gconstpointer data)
{
  const WipedCase *c = data;
  g_autofree char *fill = g_strnfill (c->len, 'x');
  g_autofree char *seen = g_malloc (c->len);
  TlSecret *secret;
  const char *bytes;
  int fd;

  g_test_summary ("The pages are overwritten before they are let go");

  /* A shared mapping is put in the place of the private one, so that its
   * content can be looked at once the secret has let go of it. */
  secret = tl_secret_new (fill, c->len);
  bytes = tl_secret_peek (secret, NULL);
  fd = open_bytes (fill, c->len);
  g_assert_cmpint (ftruncate (fd, sysconf (_SC_PAGESIZE)), ==, 0);
  g_assert_true (mmap ((void *) bytes, (gsize) sysconf (_SC_PAGESIZE), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_FIXED, fd, 0) == bytes);
  g_assert_cmpstr (bytes, ==, fill);

  tl_secret_unref (secret);
  g_assert_cmpint (pread (fd, seen, c->len, 0), ==, (gssize) c->len);
  close (fd);
  for (gsize i = 0; i < c->len; i++)
    g_assert_cmpint (seen[i], ==, '\0');
}

static void
test_slot_wiped (void)
{
  g_autoptr(TlSecret) first = tl_secret_new ("one", 3);
  TlSecret *second = tl_secret_new ("correct horse", 13);
  const char *bytes = tl_secret_peek (second, NULL);

  g_test_summary ("A slot is overwritten while its page stays");

  g_assert_cmpuint (GPOINTER_TO_SIZE (bytes) / (gsize) sysconf (_SC_PAGESIZE), ==,
                    GPOINTER_TO_SIZE (tl_secret_peek (first, NULL)) /
                      (gsize) sysconf (_SC_PAGESIZE));
  tl_secret_unref (second);
  for (gsize i = 0; i < 256; i++)
    g_assert_cmpint (bytes[i], ==, '\0');
  g_assert_cmpstr (tl_secret_peek (first, NULL), ==, "one");
}

typedef struct
{
  const char *name;
  const char *secret;
  gsize       len;
  const char *text;
  const char *redacted;
} RedactCase;

#define MARK "\u2022\u2022\u2022"

static const RedactCase redact_cases[] = {
  { "once", "hunter2", 7, "bad password hunter2 for ada", "bad password " MARK " for ada" },
  { "twice", "hunter2", 7, "hunter2hunter2", MARK MARK },
  { "alone", "hunter2", 7, "hunter2", MARK },
  { "overlap", "aaaa", 4, "aaaaa", MARK "a" },
  { "absent", "hunter2", 7, "hunter3", "hunter3" },
  { "empty-text", "hunter2", 7, "", "" },
  { "too-short-to-hide", "abc", 3, "abc", "abc" },
  { "four-bytes", "abcd", 4, "xabcdx", "x" MARK "x" },
  { "empty-secret", "", 0, "text", "text" },
  { "nul-first", "\0ada\0hunter2", 12, "ada hunter2", "ada hunter2" },
  { "nul-inside", "text\0and more of it", 19, "text", "text" },
};

static void
test_redact (gconstpointer data)
{
  const RedactCase *c = data;
  g_autoptr(TlSecret) secret = tl_secret_new (c->secret, c->len);
  g_autofree char *redacted = tl_secret_redact (secret, c->text);

  g_assert_cmpstr (redacted, ==, c->redacted);
}

typedef struct
{
  const char *name;
  const char *plain;
  gsize       len;
  const char *base64; /* RFC 4648 §10 */
} Base64Case;

static const Base64Case base64_cases[] = {
  { "0", "", 0, "" },
  { "1", "f", 1, "Zg==" },
  { "2", "fo", 2, "Zm8=" },
  { "3", "foo", 3, "Zm9v" },
  { "6", "foobar", 6, "Zm9vYmFy" },
  { "nul", "\0ada\0pw", 7, "AGFkYQBwdw==" },
};

static void
test_base64 (gconstpointer data)
{
  const Base64Case *c = data;
  g_autoptr(TlSecret) plain = tl_secret_new (c->plain, c->len);
  g_autoptr(TlSecret) base64 = tl_secret_new_base64 (plain);

  g_assert_cmpstr (tl_secret_peek (base64, NULL), ==, c->base64);
  g_assert_cmpuint (tl_secret_get_len (base64), ==, strlen (c->base64));
}

static void
test_base64_max (void)
{
  g_autofree char *fill = g_strnfill (TL_SECRET_MAX_BYTES, 'x');
  g_autofree char *expected = g_base64_encode ((const guchar *) fill, TL_SECRET_MAX_BYTES);
  g_autoptr(TlSecret) plain = tl_secret_new (fill, TL_SECRET_MAX_BYTES);
  g_autoptr(TlSecret) base64 = tl_secret_new_base64 (plain);

  g_test_summary ("The longest secret has a base64 form, longer than itself");

  g_assert_cmpstr (tl_secret_peek (base64, NULL), ==, expected);
}

static void
test_strip_spaces (void)
{
  g_autoptr(TlSecret) shown = tl_secret_new (" abcd efgh ijkl mnop ", 21);
  g_autoptr(TlSecret) bare = tl_secret_strip_spaces (shown);

  g_assert_cmpstr (tl_secret_peek (bare, NULL), ==, "abcdefghijklmnop");
  g_assert_cmpuint (tl_secret_get_len (bare), ==, 16);
}

static void
test_append (void)
{
  g_autoptr(TlSecret) secret = tl_secret_new_sized (8);

  g_assert_cmpuint (tl_secret_get_len (secret), ==, 0);
  tl_secret_append (secret, "1234", 4);
  tl_secret_append (secret, "", 0);
  tl_secret_append (secret, "5678", 4);
  g_assert_cmpstr (tl_secret_peek (secret, NULL), ==, "12345678");

  if (g_test_subprocess ())
    {
      tl_secret_append (secret, "9", 1);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

typedef struct
{
  const char *name;
  const char *password;
  const char *text;      /* of a server that says it back */
  const char *redacted;
} GuiseCase;

/* Expected forms were made with base64(1) and xxd(1); what is left of a base64
 * in which something unknown stands around the password holds a few bits of it. */
static const GuiseCase guise_cases[] = {
  { "as-is", "hunter2!", "no hunter2! here", "no " MARK " here" },
  { "quoted", "a\"b\\c d", "LOGIN \"a\\\"b\\\\c d\"", "LOGIN \"" MARK "\"" },
  { "hex-lower", "hunter2!", "68756e7465723221", MARK },
  { "hex-upper", "hunter2\xfa", "x68756E74657232FAx", "x" MARK "x" },
  { "base64", "hunter2!", "aHVudGVyMiE=", MARK },
  { "base64-after-1", "hunter2!", "eGh1bnRlcjIheA==", "eG" MARK "eA==" },
  { "base64-after-2", "hunter2!", "eHhodW50ZXIyIXg=", "eHh" MARK "Xg=" },
  { "utf7-after-0", "hunter2!", "&AGgAdQBuAHQAZQByADIAIQ-", "&" MARK "Q-" },
  { "utf7-after-1", "hunter2!", "&AOQAaAB1AG4AdABlAHIAMgAh-", "&AOQ" MARK "-" },
  { "utf7-comma", "ab?d", "&AGEAYgA,AGQ-", "&" MARK "Q-" },
  { "backslashes", "a\"b\\c d", "a\"b\\\\c d", MARK },
  { "plain-message", "hunter2!", "AGFkYUBleGFtcGxlLm9yZwBodW50ZXIyIQ==", MARK },
  { "plain-message-no-nul", "hunter2!", "YWRhQGV4YW1wbGUub3JnAGh1bnRlcjIh", MARK },
  { "plain-message-other-user", "hunter2!", "AGJvYgBodW50ZXIyIQ==", "AGJvYgB" MARK "Q==" },
  { "short", "abcd", "abcd YWJjZA== eGFiY2Q= eHhhYmNk 61626364",
    MARK " " MARK " eG" MARK "Q= eHh" MARK " " MARK },
  { "empty", "", "text", "text" },
};

static void
test_guises (gconstpointer data)
{
  const GuiseCase *c = data;
  g_autoptr(TlSecret) password = tl_secret_new (c->password, strlen (c->password));
  g_autoptr(GPtrArray) guises = tl_secret_list_guises (password, "ada@example.org");
  g_autofree char *text = g_strdup (c->text);

  for (guint i = 0; i < guises->len; i++)
    {
      char *redacted = tl_secret_redact (guises->pdata[i], text);

      g_free (text);
      text = redacted;
    }

  g_assert_cmpstr (text, ==, c->redacted);
}

static void
test_guises_max (void)
{
  g_autofree char *fill = g_strnfill (TL_SECRET_MAX_BYTES, 'x');
  g_autoptr(TlSecret) password = tl_secret_new (fill, TL_SECRET_MAX_BYTES);
  g_autoptr(GPtrArray) guises = tl_secret_list_guises (password, "ada@example.org");

  for (guint i = 0; i < guises->len; i++)
    g_assert_cmpuint (tl_secret_get_len (guises->pdata[i]), >=, TL_SECRET_MAX_BYTES);
}

static void
test_equal (void)
{
  g_autoptr(TlSecret) a = tl_secret_new ("abc", 3);
  g_autoptr(TlSecret) same = tl_secret_new ("abc", 3);
  g_autoptr(TlSecret) last = tl_secret_new ("abd", 3);
  g_autoptr(TlSecret) longer = tl_secret_new ("abc\0", 4);

  g_assert_true (tl_secret_equal (a, same));
  g_assert_false (tl_secret_equal (a, last));
  g_assert_false (tl_secret_equal (a, longer));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (read_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/read/", read_cases[i].name, NULL);

      g_test_add_data_func (path, &read_cases[i], test_read);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (redact_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/redact/", redact_cases[i].name, NULL);

      g_test_add_data_func (path, &redact_cases[i], test_redact);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (base64_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/base64/", base64_cases[i].name, NULL);

      g_test_add_data_func (path, &base64_cases[i], test_base64);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (guise_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/guises/", guise_cases[i].name, NULL);

      g_test_add_data_func (path, &guise_cases[i], test_guises);
    }

  g_test_add_func ("/secret/guises/max", test_guises_max);
  g_test_add_func ("/secret/read/drips", test_read_drips);
  g_test_add_func ("/secret/read/bad-fd", test_read_bad_fd);
  g_test_add_func ("/secret/pages/not-dumped", test_not_dumped);
  g_test_add_func ("/secret/pages/locked", test_locked);
  g_test_add_func ("/secret/pages/apart", test_apart);
  g_test_add_func ("/secret/pages/slot-wiped", test_slot_wiped);
  for (gsize i = 0; i < G_N_ELEMENTS (limit_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/P9/limit/", limit_cases[i].name, NULL);

      g_test_add_data_func (path, &limit_cases[i], test_limit);
    }
  g_test_add_func ("/secret/pages/gone", test_gone);
  for (gsize i = 0; i < G_N_ELEMENTS (wiped_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/pages/wiped/", wiped_cases[i].name, NULL);

      g_test_add_data_func (path, &wiped_cases[i], test_wiped);
    }
  g_test_add_func ("/secret/base64/max", test_base64_max);
  g_test_add_func ("/secret/strip-spaces", test_strip_spaces);
  g_test_add_func ("/secret/append", test_append);
  g_test_add_func ("/secret/equal", test_equal);

  return g_test_run ();
}
