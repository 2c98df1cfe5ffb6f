/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-survey-creation.h"

#include "tl-imap-mailbox.h"

/* One folder that was asked for. */
typedef struct
{
  const char *name;     /* borrowed, as it was asked for */
  GPtrArray  *names;    /* of utf8, owned: on the server's terms, what is above it first */
  gboolean    has_failed;
} Wish;

struct _TlSurveyCreation
{
  const TlSurvey *survey;   /* borrowed */
  TlImapSession  *session;  /* borrowed */
  TlSurveyPlace   place;    /* borrows from the session */

  /* Owned */
  GPtrArray      *wishes;   /* of Wish */
  GHashTable     *known;    /* names that there are, a set */
  GPtrArray      *made;     /* of utf8 */
  GPtrArray      *failures; /* of TlMailboxFailure */
};

static void
wish_free (gpointer data)
{
  Wish *self = data;

  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self);
}

/* Where the server does not tell (NAMESPACE), its list does. */
static char
find_delimiter (TlImapSession *session)
{
  GPtrArray *mailboxes = tl_imap_session_get_mailboxes (session);
  char delimiter = tl_imap_session_get_facts (session)->delimiter;

  for (guint i = 0; i < mailboxes->len && delimiter == '\0'; i++)
    delimiter = ((TlImapMailbox *) mailboxes->pdata[i])->delimiter;

  return delimiter;
}

/**
 * tl_survey_creation_new:
 * @survey: what is wanted
 * @session: a session that is signed in and has listed its folders
 *
 * Returns: (transfer full): a creation that has made nothing
 */
TlSurveyCreation *
tl_survey_creation_new (const TlSurvey *survey,
                        TlImapSession  *session)
{
  TlSurveyCreation *self = g_new0 (TlSurveyCreation, 1);
  GPtrArray *mailboxes = tl_imap_session_get_mailboxes (session);

  self->survey = survey;
  self->session = session;
  self->place.prefix = tl_imap_session_get_facts (session)->prefix;
  self->place.delimiter = find_delimiter (session);
  self->wishes = g_ptr_array_new_with_free_func (wish_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->made = g_ptr_array_new_with_free_func (g_free);
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_failure_free);

  /* \NonExistent is a name that only has others below it (RFC 5258 §3.4). */
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TlImapMailbox *mailbox = mailboxes->pdata[i];
      gboolean is_there = TRUE;

      for (gsize j = 0; mailbox->attributes[j] != NULL && is_there; j++)
        is_there = g_ascii_strcasecmp (mailbox->attributes[j], "NonExistent") != 0;
      if (is_there)
        g_hash_table_add (self->known, g_strdup (mailbox->name));
    }

  return self;
}

void
tl_survey_creation_free (TlSurveyCreation *self)
{
  g_clear_pointer (&self->wishes, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->made, g_ptr_array_unref);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_free (self);
}

/* @evidence is %NULL where the server was not asked. */
static void
fail (TlSurveyCreation *self,
      const char       *name,
      GVariant         *evidence)
{
  const char *text = evidence == NULL ? NULL
                     : tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT);
  const char *code = evidence == NULL ? NULL
                     : tl_evidence_get_string (evidence, TL_EVIDENCE_IMAP_CODE);
  g_autofree char *clean_text = self->survey->redact (text, self->survey->redact_data);
  g_autofree char *clean_code = self->survey->redact (code, self->survey->redact_data);

  g_ptr_array_add (self->failures, tl_mailbox_failure_new (name, clean_text, clean_code));
}

static void
take_wishes (TlSurveyCreation *self)
{
  const char * const *create = self->survey->create;

  for (guint i = 0; create != NULL && create[i] != NULL && i < TL_SURVEY_MAX_CREATED; i++)
    {
      GPtrArray *names = tl_survey_check_name (create[i], NULL)
                         ? tl_survey_names_split (&self->place, create[i]) : NULL;
      Wish *wish;

      if (names == NULL)
        {
          fail (self, create[i], NULL);
          continue;
        }

      wish = g_new0 (Wish, 1);
      wish->name = create[i];
      wish->names = names;
      g_ptr_array_add (self->wishes, wish);
    }
}

/* INBOX is there, whatever it is called (RFC 9051 §5.1). */
static gboolean
is_known (TlSurveyCreation *self,
          const char       *name)
{
  return g_ascii_strcasecmp (name, "INBOX") == 0 || g_hash_table_contains (self->known, name);
}

/* What has to be made of one level, each once. */
static GPtrArray *
find_missing (TlSurveyCreation *self,
              guint             level)
{
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; i < self->wishes->len; i++)
    {
      const Wish *wish = self->wishes->pdata[i];
      gpointer name = level < wish->names->len ? wish->names->pdata[level] : NULL;

      if (name != NULL && !wish->has_failed && !is_known (self, name) &&
          !g_ptr_array_find_with_equal_func (missing, name, g_str_equal, NULL))
        g_ptr_array_add (missing, name);
    }

  return missing;
}

static void
take_verdict (TlSurveyCreation *self,
              guint             level,
              const char       *name,
              const TlFault    *verdict)
{
  GVariant *evidence = verdict == NULL ? NULL : tl_fault_get_evidence (verdict);

  if (verdict == NULL)
    g_ptr_array_add (self->made, g_strdup (name));
  /* Hidden from the list, or made by somebody else in the meantime. */
  if (verdict == NULL ||
      g_strcmp0 (tl_evidence_get_string (evidence, TL_EVIDENCE_IMAP_CODE), "ALREADYEXISTS") == 0)
    {
      g_hash_table_add (self->known, g_strdup (name));
      return;
    }

  for (guint i = 0; i < self->wishes->len; i++)
    {
      Wish *wish = self->wishes->pdata[i];

      if (wish->has_failed || level >= wish->names->len ||
          !g_str_equal (wish->names->pdata[level], name))
        continue;
      wish->has_failed = TRUE;
      fail (self, wish->name, evidence);
    }
}

static void
verdict_free (gpointer data)
{
  if (data != NULL)
    tl_fault_unref (data);
}

static gboolean
make_level_sync (TlSurveyCreation *self,
                 guint             level,
                 GCancellable     *cancellable)
{
  g_autoptr(GPtrArray) missing = find_missing (self, level);
  g_autoptr(GPtrArray) wires = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) verdicts = g_ptr_array_new_with_free_func (verdict_free);
  g_autoptr(TlFault) fault = NULL;
  gboolean is_answered;

  if (missing->len == 0)
    return TRUE;

  for (guint i = 0; i < missing->len; i++)
    g_ptr_array_add (wires, tl_imap_session_encode_name (self->session, missing->pdata[i]));
  is_answered = tl_imap_session_create_sync (self->session, wires, verdicts, self->survey->deadline,
                                             cancellable, &fault, NULL);
  for (guint i = 0; i < missing->len; i++)
    take_verdict (self, level, missing->pdata[i], verdicts->pdata[i]);

  return is_answered;
}

/**
 * tl_survey_creation_run_sync:
 * @self: a creation that has not run
 * @cancellable: (nullable): cancels the wait
 *
 * Makes what is asked for and not there, what is above it first: one round trip for each level,
 * none where nothing is asked for. What is there already is not touched. A NO is a failure, also
 * of what was to be below.
 *
 * Returns: whether the session goes on
 */
gboolean
tl_survey_creation_run_sync (TlSurveyCreation *self,
                             GCancellable     *cancellable)
{
  gboolean goes_on = TRUE;
  guint n_levels = 0;

  take_wishes (self);
  for (guint i = 0; i < self->wishes->len; i++)
    n_levels = MAX (n_levels, ((Wish *) self->wishes->pdata[i])->names->len);
  for (guint level = 0; level < n_levels && goes_on; level++)
    goes_on = make_level_sync (self, level, cancellable);

  for (guint i = 0; i < self->wishes->len && !goes_on; i++)
    {
      Wish *wish = self->wishes->pdata[i];

      if (!wish->has_failed && !is_known (self, wish->names->pdata[wish->names->len - 1]))
        fail (self, wish->name, NULL);
    }

  return goes_on;
}

const TlSurveyPlace *
tl_survey_creation_get_place (const TlSurveyCreation *self)
{
  return &self->place;
}

/* Borrowed: names on the server's terms, UTF-8, in the order they were made. */
GPtrArray *
tl_survey_creation_get_made (const TlSurveyCreation *self)
{
  return self->made;
}

gboolean
tl_survey_creation_has_made (const TlSurveyCreation *self,
                             const char             *name)
{
  return g_ptr_array_find_with_equal_func (self->made, name, g_str_equal, NULL);
}

/* Borrowed, of TlMailboxFailure. */
GPtrArray *
tl_survey_creation_get_failures (const TlSurveyCreation *self)
{
  return self->failures;
}
