/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-lookup.h"

#include <string.h>

#include "tl-spf-macro.h"

#define MAX_LABEL 63

/**
 * tl_spf_name_is_askable:
 * @name: a name, without a dot at the end
 *
 * Returns: whether the DNS can be asked for it: labels of 1 to 63 characters, 253 in all (RFC 1035
 *   §2.3.4), of ASCII that can be printed, and no backslash, which resolvers take for an escape
 */
gboolean
tl_spf_name_is_askable (const char *name)
{
  gsize label_len = 0;

  if (strlen (name) > TL_SPF_MAX_NAME)
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '.' ? label_len == 0 : *p < ' ' || *p > '~' || *p == '\\')
        return FALSE;
      label_len = *p == '.' ? 0 : label_len + 1;
      if (label_len > MAX_LABEL)
        return FALSE;
    }

  return label_len > 0;
}

/**
 * tl_spf_name_is_domain:
 * @name: a name, without a dot at the end
 *
 * Returns: whether it can be a domain that sends: it can be asked for, has more than one label, and
 *   is no address literal (RFC 7208 §4.3)
 */
gboolean
tl_spf_name_is_domain (const char *name)
{
  return tl_spf_name_is_askable (name) && strchr (name, '.') != NULL && name[0] != '[';
}

/**
 * tl_spf_lookup:
 * @facts: what is known
 * @name: what to look up
 * @type: which records
 * @out_set: (out) (transfer none) (nullable): the records, set when they are found
 *
 * Returns: what came of it
 */
TlSpfAnswer
tl_spf_lookup (TlDnsFacts    *facts,
               const char    *name,
               TlRecordType   type,
               TlRecordSet  **out_set)
{
  TlRecordSet *set;

  if (!tl_spf_name_is_askable (name))
    return TL_SPF_ANSWER_UNASKABLE;

  set = tl_dns_facts_look (facts, name, type);
  if (set == NULL)
    return TL_SPF_ANSWER_OPEN;

  switch (tl_record_set_get_status (set))
    {
    case TL_RECORDS_ANSWERED:
      /* Which of the records are missing nobody knows. */
      if (type == TL_RECORD_TXT && tl_record_set_is_cut (set))
        return TL_SPF_ANSWER_ERROR;
      *out_set = set;
      return TL_SPF_ANSWER_FOUND;

    case TL_RECORDS_NOTHING:
    case TL_RECORDS_NXDOMAIN:
      return TL_SPF_ANSWER_VOID;

    default:
      return TL_SPF_ANSWER_ERROR;
    }
}

/**
 * tl_spf_lookup_record:
 * @facts: what is known
 * @domain: whose SPF record
 * @out_bytes: (out) (transfer none) (nullable): the first one, set when there is one
 * @out_n: (out): how many there are
 *
 * Looks a domain's record up (RFC 7208 §4.4, §4.5).
 *
 * Returns: what came of it; %TL_SPF_ANSWER_VOID also when there are TXT records, and none is ours
 */
TlSpfAnswer
tl_spf_lookup_record (TlDnsFacts  *facts,
                      const char  *domain,
                      GBytes     **out_bytes,
                      guint       *out_n)
{
  TlRecordSet *set = NULL;
  TlSpfAnswer answer;
  GBytes *bytes;

  if (!tl_spf_name_is_domain (domain))
    return TL_SPF_ANSWER_UNASKABLE;

  answer = tl_spf_lookup (facts, domain, TL_RECORD_TXT, &set);
  if (answer != TL_SPF_ANSWER_FOUND)
    return answer;

  bytes = tl_spf_record_select (set, out_n);
  if (bytes == NULL)
    return TL_SPF_ANSWER_VOID;

  *out_bytes = bytes;
  return TL_SPF_ANSWER_FOUND;
}

/**
 * tl_spf_get_host:
 * @record: an MX or PTR record
 *
 * Returns: (nullable): the name it leads to, which need not be that of a host: SPF asks for what it
 *   is told; `.` is “no host” (RFC 7505 §3), and cannot be asked for
 */
const char *
tl_spf_get_host (const TlRecord *record)
{
  return record->target == NULL ? record->raw_target : record->target;
}
