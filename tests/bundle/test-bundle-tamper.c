/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle.h"

#include <string.h>

#include "tl-bundle-json.h"
#include "tl-bundle-members.h"
#include "tl-cms.h"
#include "tl-test-bundle.h"
#include "tl-zip.h"

/* Whatever is done to a file, verifying it releases nothing: tl_test_bundle_verify() asserts that.
 * All is done to a bundle without passwords and to one with. */
#define N_BUNDLES 2

typedef struct
{
  TlSigner *signer;
  gint64    now_s;
  GBytes   *bundles[N_BUNDLES];
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(TlRecipient) recipient = tl_test_recipient_new ("P-256");
  g_autoptr(GError) error = NULL;

  fixture->signer = tl_signer_new_generate ("ada@acme.test", &error);
  g_assert_no_error (error);
  fixture->now_s = g_get_real_time () / G_USEC_PER_SEC;
  fixture->bundles[0] = tl_test_bundle_new (fixture->signer, NULL, fixture->now_s);
  fixture->bundles[1] = tl_test_bundle_new (fixture->signer, recipient, fixture->now_s);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->signer, tl_signer_unref);
  for (guint i = 0; i < N_BUNDLES; i++)
    g_clear_pointer (&fixture->bundles[i], g_bytes_unref);
}

static const char *
verify (Fixture *fixture,
        GBytes  *bytes)
{
  return tl_test_bundle_verify (bytes, fixture->signer, fixture->now_s, NULL);
}

static void
assert_tampered (Fixture      *fixture,
                 const guint8 *data,
                 gsize         len)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, len);

  g_assert_cmpstr (verify (fixture, bytes), ==, "bundle.tampered");
}

static void
unpack (GBytes          *bundle,
        TlBundleMembers *out_members)
{
  g_autoptr(GError) error = NULL;

  tl_bundle_members_unpack (bundle, out_members, &error);
  g_assert_no_error (error);
}

static const char *
verify_members (Fixture               *fixture,
                const TlBundleMembers *members)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tl_bundle_members_pack (members, &error);

  g_assert_no_error (error);

  return verify (fixture, bytes);
}

static void
replace (GBytes **member,
         GBytes  *with)
{
  g_clear_pointer (member, g_bytes_unref);
  *member = with;
}

/* As the signer would do it. */
static void
sign_again (Fixture         *fixture,
            TlBundleMembers *members)
{
  g_autoptr(GError) error = NULL;

  replace (&members->signature, tl_cms_sign (members->json, fixture->signer, &error));
  g_assert_no_error (error);
}

static void
test_untouched (Fixture       *fixture,
                gconstpointer  data)
{
  for (guint i = 0; i < N_BUNDLES; i++)
    {
      g_auto(TlBundleMembers) members = { NULL };

      unpack (fixture->bundles[i], &members);
      g_assert_cmpstr (verify (fixture, fixture->bundles[i]), ==, NULL);
      g_assert_cmpstr (verify_members (fixture, &members), ==, NULL);
      g_assert_true ((members.secrets != NULL) == (i == 1));
    }
}

static gboolean
is_within (const guint8 *at,
           GBytes       *member)
{
  gsize len;
  const guint8 *begin = g_bytes_get_data (member, &len);

  return at >= begin && at < begin + len;
}

/* Every bit of container, signature and what is sealed; of the two that a hash covers as a whole,
 * one bit of every byte. */
static void
test_every_byte (Fixture       *fixture,
                 gconstpointer  data)
{
  g_test_summary ("Whatever byte of the file changes, the container is another one");

  for (guint i = 0; i < N_BUNDLES; i++)
    {
      g_auto(TlBundleMembers) members = { NULL };
      gsize len;
      const guint8 *bytes = g_bytes_get_data (fixture->bundles[i], &len);
      g_autofree guint8 *copy = g_memdup2 (bytes, len);

      unpack (fixture->bundles[i], &members);
      for (gsize at = 0; at < len; at++)
        {
          gboolean hashed = is_within (bytes + at, members.json) ||
                            is_within (bytes + at, members.report);

          for (guint bit = 0; bit < 8; bit++)
            {
              if (hashed && bit != at % 8)
                continue;
              copy[at] ^= (guint8) (1 << bit);
              assert_tampered (fixture, copy, len);
              copy[at] = bytes[at];
            }
        }
    }
}

static void
test_every_length (Fixture       *fixture,
                   gconstpointer  data)
{
  for (guint i = 0; i < N_BUNDLES; i++)
    {
      gsize len;
      const guint8 *bytes = g_bytes_get_data (fixture->bundles[i], &len);

      for (gsize n = 0; n < len; n++)
        assert_tampered (fixture, bytes, n);
      for (gsize n = 1; n < len; n++)
        assert_tampered (fixture, bytes + n, len - n);
    }
}

static void
test_appended (Fixture       *fixture,
               gconstpointer  data)
{
  for (guint i = 0; i < N_BUNDLES; i++)
    {
      gsize len;
      const guint8 *bytes = g_bytes_get_data (fixture->bundles[i], &len);
      g_autofree guint8 *longer = g_malloc0 (2 * len);

      for (guint byte = 0; byte < 256; byte++)
        {
          memcpy (longer, bytes, len);
          longer[len] = (guint8) byte;
          assert_tampered (fixture, longer, len + 1);
          memcpy (longer + 1, bytes, len);
          longer[0] = (guint8) byte;
          assert_tampered (fixture, longer, len + 1);
        }

      /* Twice, and with the comment that the end record has room for. */
      memcpy (longer, bytes, len);
      memcpy (longer + len, bytes, len);
      assert_tampered (fixture, longer, 2 * len);
      memcpy (longer + len, "hello", 5);
      longer[len - 2] = 5;
      assert_tampered (fixture, longer, len + 5);
    }
}

/* What may be put in the place of a byte of a member, by somebody who can write the container; and
 * every seventh of those places is also where the member is cut. */
typedef struct
{
  const char *path;
  gsize       offset;
  const char *id;       /* NULL: that of the form, or that of the signature */
} MemberCase;

static const MemberCase member_cases[] = {
  { "/bundle/B01/member/json-one-bit-a-byte", G_STRUCT_OFFSET (TlBundleMembers, json), "bundle.bad-signature" },
  { "/bundle/B01/member/report-every-13th-byte", G_STRUCT_OFFSET (TlBundleMembers, report), "bundle.tampered" },
  { "/bundle/B01/member/secrets-one-bit-a-byte", G_STRUCT_OFFSET (TlBundleMembers, secrets), "bundle.tampered" },
  { "/bundle/B01/member/signature-one-bit-a-byte", G_STRUCT_OFFSET (TlBundleMembers, signature), NULL },
};

static void
assert_member_refused (Fixture               *fixture,
                       const TlBundleMembers *members,
                       const char            *wanted)
{
  const char *id = verify_members (fixture, members);

  if (wanted != NULL)
    g_assert_cmpstr (id, ==, wanted);
  else
    g_assert_true (g_strcmp0 (id, "bundle.tampered") == 0 ||
                   g_strcmp0 (id, "bundle.bad-signature") == 0);
}

static void
test_member (Fixture       *fixture,
             gconstpointer  data)
{
  const MemberCase *c = data;
  g_auto(TlBundleMembers) members = { NULL };
  GBytes **member = G_STRUCT_MEMBER_P (&members, c->offset);
  g_autoptr(GBytes) original = NULL;
  const guint8 *bytes;
  gsize stride;
  gsize len;

  unpack (fixture->bundles[1], &members);
  original = g_bytes_ref (*member);
  bytes = g_bytes_get_data (original, &len);
  /* One hash covers all of it. */
  stride = *member == members.report ? 13 : 1;

  for (gsize i = 0; i < len; i += stride)
    {
      guint8 *copy = g_memdup2 (bytes, len);

      copy[i] ^= (guint8) (1 << (i % 8));
      replace (member, g_bytes_new_take (copy, len));
      assert_member_refused (fixture, &members, c->id);
      if (i % 7 == 0)
        {
          replace (member, g_bytes_new (bytes, i));
          assert_member_refused (fixture, &members, c->id);
        }
    }
}

static void
test_stripped (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const names[] = { "bundle.json", "report.html", NULL };

  for (guint i = 0; i < N_BUNDLES; i++)
    {
      g_auto(TlBundleMembers) members = { NULL };
      g_autoptr(GPtrArray) two = g_ptr_array_new ();
      g_autoptr(GBytes) without = NULL;

      unpack (fixture->bundles[i], &members);
      g_ptr_array_add (two, members.json);
      g_ptr_array_add (two, members.report);
      without = tl_zip_write (names, two);
      g_assert_cmpstr (verify (fixture, without), ==, "bundle.tampered");
      g_assert_cmpstr (verify (fixture, members.json), ==, "bundle.tampered");

      replace (&members.signature, g_bytes_new_static ("", 0));
      g_assert_cmpstr (verify_members (fixture, &members), ==, "bundle.tampered");
    }
}

static void
test_swapped (Fixture       *fixture,
              gconstpointer  data)
{
  g_auto(TlBundleMembers) members = { NULL };
  GBytes *json;

  unpack (fixture->bundles[0], &members);
  json = members.json;
  members.json = members.report;
  members.report = json;
  g_assert_cmpstr (verify_members (fixture, &members), ==, "bundle.bad-signature");
}

/* Two good bundles of one signer: no member of one goes into the other. */
static void
test_mixed (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(TlRecipient) recipient = tl_test_recipient_new ("P-256");
  g_autoptr(GBytes) later = tl_test_bundle_new (fixture->signer, recipient, fixture->now_s + 3600);

  for (gsize i = 0; i < G_N_ELEMENTS (member_cases); i++)
    {
      g_auto(TlBundleMembers) members = { NULL };
      g_auto(TlBundleMembers) others = { NULL };

      unpack (fixture->bundles[1], &members);
      unpack (later, &others);
      replace (G_STRUCT_MEMBER_P (&members, member_cases[i].offset),
               g_bytes_ref (G_STRUCT_MEMBER (GBytes *, &others, member_cases[i].offset)));
      g_assert_cmpstr (verify_members (fixture, &members), ==,
                       member_cases[i].id != NULL ? member_cases[i].id : "bundle.bad-signature");
    }
}

/* What is sealed comes and goes with what bundle.json says of it, whoever signs. */
static void
test_secrets_left_out (Fixture       *fixture,
                       gconstpointer  data)
{
  g_auto(TlBundleMembers) with = { NULL };
  g_auto(TlBundleMembers) without = { NULL };

  unpack (fixture->bundles[0], &without);
  unpack (fixture->bundles[1], &with);

  without.secrets = g_bytes_ref (with.secrets);
  g_assert_cmpstr (verify_members (fixture, &without), ==, "bundle.tampered");
  replace (&with.secrets, NULL);
  g_assert_cmpstr (verify_members (fixture, &with), ==, "bundle.tampered");
}

/* By the signer, and still not sealed as it has to be: the hash alone is not enough. */
static void
test_secrets_of_another_form (Fixture       *fixture,
                              gconstpointer  data)
{
  static const char * const forms[] = { "{\"incoming\":\"in the clear\"}", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_auto(TlBundleMembers) members = { NULL };
      g_autoptr(TlReport) report = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *sha256 = NULL;
      TlBundleFacts facts;

      unpack (fixture->bundles[1], &members);
      report = tl_bundle_json_read (members.json, &facts, &error);
      g_assert_no_error (error);
      replace (&members.secrets, g_bytes_new_static (forms[i], strlen (forms[i])));
      sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, members.secrets);
      g_strlcpy (facts.secrets_sha256, sha256, sizeof facts.secrets_sha256);
      replace (&members.json, tl_bundle_json_write (report, &facts));
      sign_again (fixture, &members);

      g_assert_cmpstr (verify_members (fixture, &members), ==, "bundle.tampered");
    }
}

/* By somebody with a key of their own, whose certificate bears the same name. */
static void
test_resigned (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) other = tl_signer_new_generate ("ada@acme.test", &error);
  g_autoptr(GBytes) rewritten = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < N_BUNDLES; i++)
    {
      g_auto(TlBundleMembers) members = { NULL };

      unpack (fixture->bundles[i], &members);
      replace (&members.signature, tl_cms_sign (members.json, other, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (verify_members (fixture, &members), ==, "bundle.bad-signature");
    }

  rewritten = tl_test_bundle_new (other, NULL, fixture->now_s);
  g_assert_cmpstr (verify (fixture, rewritten), ==, "bundle.unknown-signer");
}

/* By the key that bundle.json names, with another certificate of it. */
static void
test_another_certificate (Fixture       *fixture,
                          gconstpointer  data)
{
  g_auto(TlBundleMembers) members = { NULL };
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;
  TlBundleFacts facts;

  unpack (fixture->bundles[0], &members);
  report = tl_bundle_json_read (members.json, &facts, &error);
  g_assert_no_error (error);
  facts.certificate_sha256[0] = facts.certificate_sha256[0] == '0' ? '1' : '0';
  replace (&members.json, tl_bundle_json_write (report, &facts));
  sign_again (fixture, &members);

  g_assert_cmpstr (verify_members (fixture, &members), ==, "bundle.bad-signature");
}

/* By the signer, and still not what the program writes. */
typedef struct
{
  const char *path;
  const char *from;
  const char *to;
} SchemaCase;

#define LANES "\"lanes\":[\"incoming\",\"outgoing\"]"

static const SchemaCase schema_cases[] = {
  { "/bundle/B08/duplicate-key", "\"version\":1}", "\"version\":1,\"version\":1}" },
  { "/bundle/B08/not-canonical", "\"version\":1}", "\"version\":1 }" },
  { "/bundle/B08/older",         "\"version\":1}", "\"version\":0}" },
  { "/bundle/B08/newer",         "\"version\":1}", "\"version\":2}" },
  { "/bundle/B08/not-json",      "{\"evidence\"",  "evidence" },
  { "/bundle/B08/empty-object",  "\"version\":1}", "\"version\":1,\"x\":{}}" },
  { "/bundle/B12/settings",      "\"port\":993",   "\"port\":994" },
  { "/bundle/B12/stale-as-ready", "\"made\":\"20", "\"made\":\"21" },
  { "/bundle/B09/plaintext",     "\"security\":\"tls\"", "\"security\":\"none\"" },
  { "/bundle/B09/practice-hidden", "\"purpose\":\"mailbox\"", "\"purpose\":\"\"" },
  { "/bundle/B05/no-recipient",  "\"recipient\":\"", "\"recipient\":\"0" },
  { "/bundle/B05/two-recipients", "\"recipient\":\"", "\"recipient\":\"00\",\"recipient2\":\"" },
  { "/bundle/B05/lanes-swapped", LANES, "\"lanes\":[\"outgoing\",\"incoming\"]" },
  { "/bundle/B05/lane-twice",    LANES, "\"lanes\":[\"incoming\",\"incoming\"]" },
  { "/bundle/B05/no-lane",       LANES, "\"lanes\":[]" },
  { "/bundle/B05/unknown-lane",  LANES, "\"lanes\":[\"incoming\",\"sideways\"]" },
  { "/bundle/B05/null",          "\"secrets\":{", "\"secrets\":null,\"secret\":{" },
};

static void
test_schema (Fixture       *fixture,
             gconstpointer  data)
{
  const SchemaCase *c = data;
  g_auto(TlBundleMembers) members = { NULL };
  GString *text;

  unpack (fixture->bundles[1], &members);
  text = g_string_new_len (g_bytes_get_data (members.json, NULL),
                           (gssize) g_bytes_get_size (members.json));
  g_assert_cmpuint (g_string_replace (text, c->from, c->to, 1), ==, 1);
  replace (&members.json, g_string_free_to_bytes (text));
  sign_again (fixture, &members);

  g_assert_cmpstr (verify_members (fixture, &members), ==, "bundle.schema");
}

static void
test_rubbish (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GBytes) huge = g_bytes_new_take (g_malloc0 (TL_BUNDLE_MAX_BYTES + 1),
                                             TL_BUNDLE_MAX_BYTES + 1);

  assert_tampered (fixture, NULL, 0);
  assert_tampered (fixture, (const guint8 *) "PK\5\6", 4);
  g_assert_cmpstr (verify (fixture, huge), ==, "bundle.tampered");
}

static void
add (const char     *path,
     gconstpointer   data,
     void          (*test) (Fixture *, gconstpointer))
{
  g_test_add_vtable (path, sizeof (Fixture), data, (GTestFixtureFunc) set_up,
                     (GTestFixtureFunc) test, (GTestFixtureFunc) tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/bundle/P12/untouched", NULL, test_untouched);
  add ("/bundle/B01/every-bit-or-one-a-byte-where-hashed", NULL, test_every_byte);
  add ("/bundle/B02/every-length", NULL, test_every_length);
  add ("/bundle/B02/appended", NULL, test_appended);
  for (gsize i = 0; i < G_N_ELEMENTS (member_cases); i++)
    add (member_cases[i].path, &member_cases[i], test_member);
  add ("/bundle/B03/resigned", NULL, test_resigned);
  add ("/bundle/B03/another-certificate", NULL, test_another_certificate);
  add ("/bundle/B04/stripped", NULL, test_stripped);
  add ("/bundle/B04/swapped", NULL, test_swapped);
  add ("/bundle/B07/mixed", NULL, test_mixed);
  add ("/bundle/B05/secrets-left-out", NULL, test_secrets_left_out);
  add ("/bundle/B06/secrets-of-another-form", NULL, test_secrets_of_another_form);
  for (gsize i = 0; i < G_N_ELEMENTS (schema_cases); i++)
    add (schema_cases[i].path, &schema_cases[i], test_schema);
  add ("/bundle/B10/rubbish", NULL, test_rubbish);

  return g_test_run ();
}
