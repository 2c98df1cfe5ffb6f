/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *word;
  const char *label;
} Label;

static const Label limit_labels[] = {
  { "messages-per-day",            N_("Messages a day") },
  { "messages-per-hour",           N_("Messages an hour") },
  { "messages-per-minute",         N_("Messages a minute") },
  { "external-messages-per-hour",  N_("Messages an hour to others than colleagues") },
  { "recipients-per-day",          N_("Recipients a day") },
  { "external-recipients-per-day", N_("Recipients a day who are no colleagues") },
  { "recipients-per-message",      N_("Recipients of one message") },
  { "connections",                 N_("Connections at a time") },
  { "outgoing-connections",        N_("Outgoing connections at a time") },
  { "download-mb-per-day",         N_("Megabytes received a day") },
  { "upload-mb-per-day",           N_("Megabytes sent a day") },
};

static const Label source_labels[] = {
  /* Translators: these say where a number is from */
  { "vendor page",         N_("the provider’s own page") },
  { "public issue report", N_("a public issue report") },
  { "third party",         N_("a third party") },
};

static const char *
find_label (const Label *labels,
            gsize        n,
            const char  *word)
{
  for (gsize i = 0; i < n; i++)
    {
      if (g_strcmp0 (labels[i].word, word) == 0)
        return _(labels[i].label);
    }

  return word;
}

/**
 * tl_provider_limit_get_label:
 * @what: the provider table's word for what is limited
 *
 * Returns: (transfer none): it in words
 */
const char *
tl_provider_limit_get_label (const char *what)
{
  return find_label (limit_labels, G_N_ELEMENTS (limit_labels), what);
}

/**
 * tl_provider_source_get_label:
 * @source: (nullable): where a number is from: the provider table's word, or a name
 *
 * Returns: (transfer none) (nullable): it in words, within a sentence; a name as it is
 */
const char *
tl_provider_source_get_label (const char *source)
{
  return find_label (source_labels, G_N_ELEMENTS (source_labels), source);
}
