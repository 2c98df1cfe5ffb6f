/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-data-check.h"

#define LABEL "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
#define BELOW "(\\." LABEL "){2,}"
#define NAME  LABEL "(\\." LABEL ")+"
#define ANY   "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
#define PART  "[a-z0-9_]([a-z0-9_-]*[a-z0-9])?"

/* A label with a star within, and one that stands for any label. */
#define STAR  "([a-z0-9][a-z0-9-]*\\*([a-z0-9-]*[a-z0-9])?|\\*[a-z0-9-]*[a-z0-9])"
#define WORD  "\\{(?!domain\\}|mx\\})[a-z]{1,20}\\}"

/* The same patterns and lengths as in data/schema/: characters, not bytes. */
static const struct
{
  const char *pattern;
  glong       max_len;
  const char *why;
} forms[] = {
  [TL_DATA_ID]            = { "^[a-z0-9]+(-[a-z0-9]+)*$",         64,  "is not an id" },
  [TL_DATA_HOST]          = { "^" NAME "$",                       253, "is not a host name" },
  [TL_DATA_HOST_PATTERN]  = { "^(\\*\\.)?" NAME "$",              253, "is not a host pattern" },
  [TL_DATA_MX_PATTERN]    = { "^(" NAME "|\\*" BELOW "|(" LABEL "\\.)*(" STAR "|" WORD ")"
                              BELOW ")$", 253, "is not a pattern of mail exchangers" },
  [TL_DATA_HOST_TEMPLATE] = { "^(" NAME "|\\{mx\\}|(" LABEL "\\.)*(\\{domain\\}|" WORD BELOW "))$",
                              253, "is not a host name, nor how one is made" },
  [TL_DATA_DNS_NAME]      = { "^" PART "(\\." PART ")+$",         253, "is not a name in DNS" },
  [TL_DATA_LITERAL]       = { "^[!-~]+$",                         100, "is not a user name" },
  [TL_DATA_LINK]          = { "^https://[!-~]+$",                 500, "is not an https link" },
  [TL_DATA_OAUTH_URL]     = { "^https://" NAME "(:[0-9]{1,5})?(/[A-Za-z0-9_][A-Za-z0-9._~-]*)*"
                              "(/\\{tenant\\}(/[A-Za-z0-9_][A-Za-z0-9._~-]*)*)?/?$",
                              500, "is not an https URL of an authorization server" },
  [TL_DATA_USER_TEMPLATE] = { "^([A-Za-z0-9.*/%+_\\\\-]|\\{(mailbox|login)(_name)?\\})+$",
                              100, "is not how a user name is made" },
  [TL_DATA_TENANT]        = { "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", 253, "is not a tenant" },
  [TL_DATA_CLIENT_ID]     = { "^[ -~]+$",                         255, "is not printable ASCII" },
  [TL_DATA_ADDRESS]       = { "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@" ANY "(\\." ANY ")+$",
                              254, "is not an email address" },
  [TL_DATA_SCOPE]         = { "^[!-~]+$",                         200, "is not a scope" },
  [TL_DATA_TEXT]          = { "^[^\\x00-\\x1f\\x7f<>{}]+$",       400, "is not plain text" },
  [TL_DATA_DATE]          = { "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",     10,  "is not a date" },
  [TL_DATA_POINTER]       = { "^/[!-~]+$",                        100, "is not a pointer" },
  [TL_DATA_FINDING]       = { "^([a-z]+|\\*)\\.[a-z0-9-]+$",      64,  "is not a finding" },
  [TL_DATA_FRAGMENT]      = { "^[!-@\\[-~]+( [!-@\\[-~]+)*$",     100, "is not a folded fragment" },
  [TL_DATA_QUOTE]         = { "^[ -~]+$",                         400, "is not printable ASCII" },
  [TL_DATA_ENHANCED]      = { "^[45]\\.[0-9]{1,3}\\.[0-9]{1,3}$", 9,   "is not an enhanced code" },
  [TL_DATA_REPLY_CODE]    = { "^[45][0-9]{2}$",                   3,   "is not a reply code" },
  [TL_DATA_IMAP_CODE]     = { "^[A-Z][A-Z0-9-]*$",                40,  "is not a response code" },
};

const char * const tl_data_confidence_words[] = { "confirmed", "unconfirmed", NULL };

static gboolean
has_form (const char *string,
          TlDataForm  form)
{
  return g_utf8_strlen (string, -1) <= forms[form].max_len &&
         g_regex_match_simple (forms[form].pattern, string, G_REGEX_DOLLAR_ENDONLY, 0);
}

/**
 * tl_data_check_string:
 * @reader: a reader
 * @member: a name
 * @presence: whether it may be absent
 * @form: what form it must have
 *
 * Returns: (transfer none) (nullable): the string, as tl_json_reader_get_string()
 */
const char *
tl_data_check_string (TlJsonReader   *reader,
                      const char     *member,
                      TlJsonPresence  presence,
                      TlDataForm      form)
{
  const char *string = tl_json_reader_get_string (reader, member, presence);

  if (string != NULL && !has_form (string, form))
    tl_json_reader_refuse (reader, member, forms[form].why);

  return string;
}

/**
 * tl_data_check_strv:
 * @reader: a reader
 * @member: a name
 * @presence: whether it may be absent
 * @max_n: the most entries it may have
 * @form: what form each must have; none may be there twice
 *
 * Returns: (transfer full) (array zero-terminated=1): the strings, as tl_json_reader_dup_strv()
 */
char **
tl_data_check_strv (TlJsonReader   *reader,
                    const char     *member,
                    TlJsonPresence  presence,
                    guint           max_n,
                    TlDataForm      form)
{
  char **strv = tl_json_reader_dup_strv (reader, member, presence, max_n);

  for (guint i = 0; strv[i] != NULL; i++)
    {
      if (!has_form (strv[i], form))
        tl_json_reader_refuse (reader, member, forms[form].why);
      for (guint j = 0; j < i; j++)
        {
          if (g_str_equal (strv[i], strv[j]))
            tl_json_reader_refuse (reader, member, "says something twice");
        }
    }

  return strv;
}

/**
 * tl_data_check_word:
 * @reader: a reader
 * @member: a name that must be there
 * @words: (array zero-terminated=1): what it may be
 *
 * Returns: (transfer none): the word
 */
const char *
tl_data_check_word (TlJsonReader       *reader,
                    const char         *member,
                    const char * const *words)
{
  const char *word = tl_json_reader_get_string (reader, member, TL_JSON_REQUIRED);

  if (!g_strv_contains (words, word))
    tl_json_reader_refuse (reader, member, "is none of the words it may be");

  return word;
}
