/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"

#include "tl-dkim-key.h"
#include "tl-dkim-selectors.h"
#include "tl-domain-remedy.h"
#include "tl-evidence.h"
#include "tl-nick.h"

/* The most keys of guessed selectors that are shown. */
#define MAX_SHOWN 4

/* A key that is looked for. */
typedef struct
{
  const char *selector;
  const char *domain;
  char       *name;
} Wanted;

/* What stands there. */
typedef struct
{
  TlRecordSet *set;  /* borrowed; NULL while nobody has asked */
  const char  *text;
  TlDkimKey    key;
  gboolean     is_there;
} Seen;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  g_free (self->name);
  g_free (self);
}

static void
want (GPtrArray  *list,
      const char *selector,
      const char *domain)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->selector = selector;
  wanted->domain = domain;
  wanted->name = g_strdup_printf ("%s._domainkey.%s", selector, domain);
  g_ptr_array_add (list, wanted);
}

/* Of several records the first that can be used: which one counts is not defined (RFC 6376
 * §3.6.2.2). */
static void
look (TlDnsFacts *facts,
      const char *name,
      Seen       *out_seen)
{
  Seen seen = { .set = tl_dns_facts_look (facts, name, TL_RECORD_TXT) };

  for (guint i = 0; seen.set != NULL && i < tl_record_set_get_n (seen.set); i++)
    {
      const TlRecord *record = tl_record_set_get (seen.set, i);
      TlDkimKey key;

      if (record->data == NULL)
        continue;
      tl_dkim_key_parse (g_bytes_get_data (record->data, NULL), g_bytes_get_size (record->data),
                         &key);
      if (!seen.is_there || (key.state == TL_DKIM_KEY_USABLE &&
                             seen.key.state != TL_DKIM_KEY_USABLE))
        {
          seen.key = key;
          seen.text = record->text;
          seen.is_there = TRUE;
        }
    }

  *out_seen = seen;
}

static char *
describe (const TlDkimKey *key)
{
  if (key->state == TL_DKIM_KEY_REVOKED)
    return g_strdup ("revoked");
  if (key->state == TL_DKIM_KEY_UNUSABLE)
    return g_strdup (key->why);
  if (g_str_equal (key->algorithm, "rsa") && key->n_bits < TL_DKIM_KEY_RECOMMENDED_BITS)
    return g_strdup_printf ("rsa %u bits, %u recommended", key->n_bits,
                            TL_DKIM_KEY_RECOMMENDED_BITS);

  return g_strdup_printf ("%s %u bits", key->algorithm, key->n_bits);
}

static gboolean
is_weak (const TlDkimKey *key)
{
  return key->state == TL_DKIM_KEY_USABLE && g_str_equal (key->algorithm, "rsa") &&
         key->n_bits < TL_DKIM_KEY_MIN_BITS;
}

static void
add_finding (TlDomainVerdict *verdict,
             const char      *id,
             const Wanted    *wanted,
             const char      *detail)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (wanted != NULL)
    {
      g_variant_dict_insert (&evidence, TL_EVIDENCE_DOMAIN, "s", wanted->domain);
      g_variant_dict_insert (&evidence, TL_EVIDENCE_SELECTOR, "s", wanted->selector);
    }
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  tl_domain_verdict_add_finding (verdict, id, g_variant_dict_end (&evidence), NULL);
}

static void
add_test_mode (TlDomainVerdict *verdict,
               const Wanted    *wanted,
               const Seen      *seen)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *value = tl_domain_remedy_dup_dmarc_with (seen->text, "t",
                                                            seen->key.is_strict ? "s" : NULL);
  TlDomainRemedy remedy = { wanted->name, "TXT", value };

  g_variant_dict_insert (&evidence, TL_EVIDENCE_DOMAIN, "s", wanted->domain);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_SELECTOR, "s", wanted->selector);
  tl_domain_verdict_add_finding (verdict, "domain.dkim-test-mode", g_variant_dict_end (&evidence),
                                 &remedy);
}

/* A key that is there: whether it will do. */
static void
judge_key (TlDomainVerdict *verdict,
           const Wanted    *wanted,
           const Seen      *seen)
{
  g_autofree char *detail = describe (&seen->key);
  gboolean is_usable = seen->key.state == TL_DKIM_KEY_USABLE;

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DKIM,
                                is_usable && !is_weak (&seen->key) ? TL_STATUS_OK
                                                                   : TL_STATUS_WARNING,
                                wanted->name, seen->text, detail);
  if (!is_usable)
    add_finding (verdict, "domain.dkim-not-found", wanted, detail);
  if (is_weak (&seen->key))
    add_finding (verdict, "domain.dkim-weak", wanted, detail);
  if (is_usable && seen->key.is_test)
    add_test_mode (verdict, wanted, seen);
}

/* A key that somebody signs with, or says so. */
static void
judge_certain (TlDomainVerdict *verdict,
               const Wanted    *wanted)
{
  Seen seen;

  look (verdict->facts, wanted->name, &seen);
  if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_DKIM, wanted->name, seen.set))
    return;
  if (seen.is_there)
    {
      judge_key (verdict, wanted, &seen);
      return;
    }

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DKIM, TL_STATUS_WARNING, wanted->name,
                                NULL, "none");
  add_finding (verdict, "domain.dkim-not-found", wanted, "there is no key under this selector");
}

/* Keys where they usually are. What is not there proves nothing. */
static void
judge_guessed (TlDomainVerdict *verdict,
               GPtrArray       *guessed,
               const char      *domain,
               gboolean         is_unsigned)
{
  const Wanted *failed = NULL;
  TlRecordSet *failed_set = NULL;
  guint n_shown = 0;
  gboolean is_pending = FALSE;
  g_autofree char *parent = g_strconcat ("_domainkey.", domain, NULL);

  for (guint i = 0; i < guessed->len; i++)
    {
      const Wanted *wanted = guessed->pdata[i];
      Seen seen;

      look (verdict->facts, wanted->name, &seen);
      is_pending |= seen.set == NULL;
      if (seen.is_there && seen.key.state == TL_DKIM_KEY_USABLE)
        {
          if (n_shown++ < MAX_SHOWN)
            judge_key (verdict, wanted, &seen);
        }
      else if (seen.set != NULL && failed == NULL && !tl_record_set_is_whole (seen.set))
        {
          failed = wanted;
          failed_set = seen.set;
        }
    }

  if (is_pending)
    return;
  if (n_shown > 0)
    {
      /* A hint, and a good one: a key that can be used stands where keys usually do. */
      if (!is_unsigned)
        tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DKIM, TL_STATUS_NOT_NEEDED, parent,
                                      NULL,
                                      "only a message that came back shows which key is used");
      return;
    }
  if (failed != NULL && !tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_DKIM, failed->name,
                                                        failed_set))
    return;
  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DKIM,
                                is_unsigned ? TL_STATUS_WARNING : TL_STATUS_NOT_TESTED, parent,
                                NULL,
                                "no key under the usual selectors; a message that came back shows "
                                "which one is used");
}

/**
 * tl_domain_dkim_judge:
 * @verdict: the verdict
 *
 * Keys of DKIM (RFC 6376 §3.6). The selector of the signature on the message that came back comes
 * first, then those that somebody named. Where neither is there, the usual ones are looked for, all
 * at once: what is found is judged, and that nothing is found is a hint and no fault, unless the
 * message showed that nothing signs.
 */
void
tl_domain_dkim_judge (TlDomainVerdict *verdict)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  const TlLoopReportParts *loop = parts->loop == NULL ? NULL :
                                  tl_loop_report_get_parts (parts->loop);
  g_autoptr(GPtrArray) certain = g_ptr_array_new_with_free_func (wanted_free);
  g_autoptr(GPtrArray) guessed = g_ptr_array_new_with_free_func (wanted_free);
  gboolean is_unsigned = loop != NULL && g_strcmp0 (loop->dkim, "none") == 0;
  g_auto(GStrv) usual = NULL;

  if (loop != NULL && loop->dkim_selector != NULL && loop->dkim_domain != NULL)
    want (certain, loop->dkim_selector, loop->dkim_domain);
  for (gsize i = 0; parts->selectors != NULL && parts->selectors[i] != NULL; i++)
    {
      if (loop == NULL || g_strcmp0 (loop->dkim_selector, parts->selectors[i]) != 0 ||
          g_strcmp0 (loop->dkim_domain, parts->domain) != 0)
        want (certain, parts->selectors[i], parts->domain);
    }

  for (guint i = 0; i < certain->len; i++)
    judge_certain (verdict, certain->pdata[i]);

  if (is_unsigned)
    add_finding (verdict, "domain.dkim-not-found", NULL,
                 "the message that came back bore no signature");
  if (certain->len > 0)
    return;

  usual = tl_dkim_selectors_list (parts->provider == NULL ? NULL :
                                  tl_provider_get_id (parts->provider),
                                  parts->relay == NULL ? NULL : tl_provider_get_id (parts->relay));
  for (gsize i = 0; usual[i] != NULL; i++)
    want (guessed, usual[i], parts->domain);
  judge_guessed (verdict, guessed, parts->domain, is_unsigned);
}
