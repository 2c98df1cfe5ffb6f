/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TXT records of fields behind a version, as MTA-STS and TLS-RPT have them. */
#include "tl-domain-text.h"

#include <string.h>

#include "tl-error.h"

#define MAX_FIELDS 32

/* Whether @text begins with @version, and a field behind it: *WSP ";". */
static gboolean
has_version (GBytes     *text,
             const char *version)
{
  gsize len = 0;
  const char *bytes = g_bytes_get_data (text, &len);
  gsize i = strlen (version);

  if (len < i || memcmp (bytes, version, i) != 0)
    return FALSE;
  while (i < len && (bytes[i] == ' ' || bytes[i] == '\t'))
    i++;

  return i < len && bytes[i] == ';';
}

/**
 * tl_domain_text_select:
 * @set: TXT records
 * @version: how those that are meant begin: `v=STSv1`
 *
 * Others are left out (RFC 8461 §3.1, RFC 8460 §3): there may be any number of them.
 *
 * Returns: (transfer full) (element-type TlRecord): those that are meant, borrowed from @set
 */
GPtrArray *
tl_domain_text_select (TlRecordSet *set,
                       const char  *version)
{
  GPtrArray *meant = g_ptr_array_new ();

  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);

      if (record->data != NULL && has_version (record->data, version))
        g_ptr_array_add (meant, (gpointer) record);
    }

  return meant;
}

static void
field_free (gpointer data)
{
  TlDomainField *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

/**
 * tl_domain_text_split:
 * @text: a record
 * @error: return location for a #GError
 *
 * Splits a record into its fields:
 *
 *   record = field *( *WSP ";" *WSP field ) [ *WSP ";" *WSP ]
 *   field  = name "=" value
 *
 * What a value may hold is for whoever knows the name; here it is printable ASCII.
 *
 * Returns: (transfer full) (element-type TlDomainField): the fields in order, or %NULL with
 *   %TL_ERROR_PROTOCOL
 */
GPtrArray *
tl_domain_text_split (GBytes  *text,
                      GError **error)
{
  gsize len = 0;
  const char *bytes = g_bytes_get_data (text, &len);
  g_autofree char *copy = g_strndup (bytes, len);
  g_auto(GStrv) parts = NULL;
  g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func (field_free);

  for (gsize i = 0; i < len; i++)
    {
      if (bytes[i] != '\t' && (bytes[i] < ' ' || bytes[i] > '~'))
        {
          g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL,
                               "there is something other than plain ASCII in it");
          return NULL;
        }
    }

  parts = g_strsplit (copy, ";", MAX_FIELDS + 1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);
      char *equals = strchr (part, '=');
      TlDomainField *field;

      if (*part == '\0' && parts[i + 1] == NULL && i > 0)
        break;
      if (i == MAX_FIELDS || equals == NULL || equals == part)
        {
          g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL,
                               "one of its fields is no name with a value");
          return NULL;
        }

      field = g_new0 (TlDomainField, 1);
      field->name = g_strndup (part, (gsize) (equals - part));
      field->value = g_strdup (equals + 1);
      g_ptr_array_add (fields, field);
    }

  return g_steal_pointer (&fields);
}
