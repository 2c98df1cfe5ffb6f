/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sts-policy.h"

#include <string.h>

#include "tl-endpoint.h"
#include "tl-error.h"

#define MAX_NAME_LEN 32
#define MAX_AGE_DIGITS 10
#define MAX_AGE_S 31557600

#define WSP " \t"

G_DEFINE_ENUM_TYPE (TlStsMode, tl_sts_mode,
                    G_DEFINE_ENUM_VALUE (TL_STS_MODE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_STS_MODE_TESTING, "testing"),
                    G_DEFINE_ENUM_VALUE (TL_STS_MODE_ENFORCE, "enforce"))

/* What has been read so far; of a field that comes twice the first counts (RFC 8461 §3.2). */
typedef struct
{
  TlStsPolicy *policy;
  GPtrArray   *mx;
  gboolean     has_version;
  gboolean     has_mode;
  gboolean     has_max_age;
} Reading;

static gboolean
fail (const char  *message,
      GError     **error)
{
  g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, message);

  return FALSE;
}

static gboolean
read_version (Reading     *self,
              const char  *value,
              GError     **error)
{
  if (self->has_version)
    return TRUE;

  self->has_version = TRUE;

  return g_str_equal (value, "STSv1") || fail ("its version is not STSv1", error);
}

static gboolean
read_mode (Reading     *self,
           const char  *value,
           GError     **error)
{
  g_autoptr(GEnumClass) modes = g_type_class_ref (TL_TYPE_STS_MODE);
  const GEnumValue *mode = g_enum_get_value_by_nick (modes, value);

  if (self->has_mode)
    return TRUE;
  if (mode == NULL)
    return fail ("its mode is none of enforce, testing and none", error);

  self->has_mode = TRUE;
  self->policy->mode = (TlStsMode) mode->value;

  return TRUE;
}

/* sts-policy-max-age-value = 1*10(DIGIT) */
static gboolean
read_max_age (Reading     *self,
              const char  *value,
              GError     **error)
{
  gsize len = strlen (value);
  guint64 max_age_s = g_ascii_strtoull (value, NULL, 10);

  if (self->has_max_age)
    return TRUE;
  if (len == 0 || len > MAX_AGE_DIGITS || strspn (value, G_CSET_DIGITS) != len ||
      max_age_s > MAX_AGE_S)
    return fail ("its max_age is no number of seconds up to 31557600", error);

  self->has_max_age = TRUE;
  self->policy->max_age_s = (guint) max_age_s;

  return TRUE;
}

/* sts-policy-mx-value = ["*."] Domain */
static gboolean
read_mx (Reading     *self,
         const char  *value,
         GError     **error)
{
  gboolean is_pattern = g_str_has_prefix (value, "*.");
  g_autofree char *host = tl_host_canonicalize (is_pattern ? value + 2 : value);

  if (host == NULL || g_hostname_is_ip_address (host))
    return fail ("one of its mx is no host name", error);
  if (self->mx->len >= TL_STS_POLICY_MAX_MX)
    return fail ("it names too many mx", error);

  g_ptr_array_add (self->mx, is_pattern ? g_strconcat ("*.", host, NULL)
                                        : g_steal_pointer (&host));

  return TRUE;
}

static const struct
{
  const char *name;
  gboolean  (*read) (Reading     *self,
                     const char  *value,
                     GError     **error);
} fields[] = {
  { "version", read_version },
  { "mode",    read_mode },
  { "max_age", read_max_age },
  { "mx",      read_mx },
};

/* sts-policy-field-name ":" *WSP value *WSP; a name that is not known is an extension's:
 *
 *   sts-policy-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".") */
static gboolean
read_line (Reading     *self,
           char        *line,
           GError     **error)
{
  char *colon = strchr (line, ':');
  gsize name_len = colon != NULL ? (gsize) (colon - line) : 0;
  char *value;

  if (name_len == 0 || name_len > MAX_NAME_LEN || !g_ascii_isalnum (line[0]) ||
      strspn (line, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-.") != name_len)
    return fail ("one of its lines is no field", error);

  *colon = '\0';
  value = colon + 1 + strspn (colon + 1, WSP);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_str_equal (line, fields[i].name))
        return fields[i].read (self, value, error);
    }

  return TRUE;
}

static gboolean
check_complete (const Reading  *self,
                GError        **error)
{
  if (!self->has_version)
    return fail ("it has no version", error);
  if (!self->has_mode)
    return fail ("it has no mode", error);
  if (!self->has_max_age)
    return fail ("it has no max_age", error);
  if (self->mx->len == 0 && self->policy->mode != TL_STS_MODE_NONE)
    return fail ("it has no mx", error);

  return TRUE;
}

/**
 * tl_sts_policy_parse:
 * @bytes: the body of `/.well-known/mta-sts.txt`
 * @len: its length in bytes
 * @error: return location for a #GError
 *
 * Reads a policy, RFC 8461 §3.2:
 *
 *   sts-policy-record = sts-policy-field *WSP
 *                       *(sts-policy-term sts-policy-field *WSP) [sts-policy-term]
 *   sts-policy-field  = sts-policy-version / sts-policy-mode / sts-policy-mx /
 *                       sts-policy-max-age / sts-policy-extension
 *   sts-policy-term   = LF / CRLF
 *
 * Empty lines, which that does not allow, are passed over, as senders do.
 *
 * Returns: (transfer full): the policy, or %NULL with %TL_ERROR_PROTOCOL
 */
TlStsPolicy *
tl_sts_policy_parse (const char  *bytes,
                     gsize        len,
                     GError     **error)
{
  g_autoptr(TlStsPolicy) policy = g_new0 (TlStsPolicy, 1);
  g_autoptr(GPtrArray) mx = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  Reading reading = { .policy = policy, .mx = mx };

  if (len > TL_STS_POLICY_MAX_BYTES)
    {
      fail ("it is longer than 64 KiB", error);
      return NULL;
    }
  if (!g_utf8_validate_len (bytes, len, NULL))
    {
      fail ("it is no text", error);
      return NULL;
    }

  text = g_strndup (bytes, len);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      gsize line_len = strlen (lines[i]);

      if (line_len > 0 && lines[i][line_len - 1] == '\r')
        lines[i][line_len - 1] = '\0';
      g_strchomp (lines[i]);
      if (lines[i][0] != '\0' && !read_line (&reading, lines[i], error))
        return NULL;
    }
  if (!check_complete (&reading, error))
    return NULL;

  g_ptr_array_add (mx, NULL);
  policy->mx = (char **) g_ptr_array_free (g_steal_pointer (&mx), FALSE);

  return g_steal_pointer (&policy);
}

void
tl_sts_policy_free (TlStsPolicy *self)
{
  g_strfreev (self->mx);
  g_free (self);
}

/**
 * tl_sts_policy_fits:
 * @self: a policy
 * @host: a mail exchanger, canonical
 *
 * Returns: whether one of its patterns is about @host; `*` stands for one label, the leftmost
 *   (RFC 8461 §4.1, RFC 6125 §6.4.3)
 */
gboolean
tl_sts_policy_fits (const TlStsPolicy *self,
                    const char        *host)
{
  const char *dot = strchr (host, '.');

  for (gsize i = 0; self->mx[i] != NULL; i++)
    {
      const char *pattern = self->mx[i];

      if (g_str_equal (pattern, host) ||
          (pattern[0] == '*' && dot != NULL && dot != host && g_str_equal (pattern + 1, dot)))
        return TRUE;
    }

  return FALSE;
}
