/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-cli.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "config.h"
#include "tl-error.h"
#include "tl-terminal.h"

static const TlVerb verbs[] = {
  { "setup", N_("[ADDRESS]"), NULL,
    N_("Set up a mailbox step by step, in the terminal"), tl_verb_setup_run },
  { "discover", N_("ADDRESS"), "ada@example.org",
    N_("Find the servers of an address"), tl_verb_discover_run },
  { "test", N_("ADDRESS"), "ada@example.org",
    N_("Test both lanes: incoming (IMAP) and outgoing (SMTP)"), tl_verb_test_run },
  { "loop", N_("ADDRESS"), "ada@example.org",
    N_("Test both lanes, then send a message to yourself and see it come back"),
    tl_verb_loop_run },
  { "mailbox", N_("ADDRESS"), "ada@example.org",
    N_("Show which folder is for what, how much room there is, and make folders"),
    tl_verb_mailbox_run },
  { "plan", "", "--provider google --volume 200 --mailboxes 5",
    N_("Say by what a number of messages a day is best sent, within which limits"),
    tl_verb_plan_run },
  { "domain", N_("DOMAIN"), "example.org",
    N_("Say whether receivers will trust a domain, and what to publish if not"),
    tl_verb_domain_run },
  { "export", N_("ADDRESS"), "ada@example.org",
    N_("Test both lanes and save a signed bundle"), tl_verb_export_run },
  { "sign-in", N_("ADDRESS"), "ada@example.org",
    N_("Sign in anew, test both lanes, and keep that sign-in in the keyring"),
    tl_verb_sign_in_run },
  { "forget", N_("ADDRESS"), "ada@example.org",
    N_("Remove what is kept to sign in, and take back permissions"), tl_verb_forget_run },
  { "request", N_("ADDRESS"), "ada@example.org",
    N_("Write the request to IT to register this program at your provider"),
    tl_verb_request_run },
  { "signer", "", NULL,
    N_("Show whose signature goes on the bundles made here"), tl_verb_signer_run },
  { "verify", N_("FILE"), "ada-example.org.twolane",
    N_("Check a bundle: unchanged, by whom, still valid"), tl_verb_verify_run },
  { "inspect", N_("FILE"), "ada-example.org.twolane",
    N_("Show all that is in a bundle: settings, evidence, findings, policy"),
    tl_verb_inspect_run },
  { "diff", N_("OLD NEW"), "last-month.twolane today.twolane",
    N_("Say what two bundles do not have alike"), tl_verb_diff_run },
  { "render", N_("FILE…"), "ada-example.org.twolane --target instantly-csv",
    N_("Make what a platform imports out of a bundle, or a sheet to fill its form in by"),
    tl_verb_render_run },
  { "open", N_("FILE"), "ada-example.org.twolane --key platform.pem",
    N_("Open the passwords in a bundle, with the platform’s private key"), tl_verb_open_run },
  { "targets", N_("[NAME]"), NULL,
    N_("List the platforms that files are made for, or show one"), tl_verb_targets_run },
  { "policy", N_("[FILE]"), NULL,
    N_("Show the organisation’s rules that hold here, or check a policy file"),
    tl_verb_policy_run },
  { "providers", N_("[NAME]"), NULL,
    N_("List the mail providers that are known, or show one"), tl_verb_providers_run },
  { "practice", "", NULL,
    N_("Run a practice mailbox on this computer"), tl_verb_practice_run },
};

static const TlVerb *
find_verb (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_str_equal (name, verbs[i].name))
        return &verbs[i];
    }

  return NULL;
}

static void
print_help (void)
{
  tl_terminal_print ("%s", _("Usage: twolanectl VERB [OPTIONS]"));
  tl_terminal_print ("%s", "");
  tl_terminal_print ("%s", _("Sets up a sales mailbox right the first time: both lanes tested, "
                             "one signed file to hand over."));
  tl_terminal_print ("%s", "");
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      const char *arguments = *verbs[i].arguments == '\0' ? "" : _(verbs[i].arguments);
      g_autofree char *usage = g_strdup_printf ("%s %s", verbs[i].name, arguments);

      tl_terminal_print ("  %-18s %s", usage, _(verbs[i].summary));
    }
  tl_terminal_print ("%s", "");
  tl_terminal_print ("%s", _("First time? Try it with nothing at stake:  "
                             "twolanectl setup --practice"));
  tl_terminal_print ("%s", _("Each verb explains itself:                 twolanectl VERB --help"));
}

/**
 * tl_cli_parse:
 * @verb: the verb's name
 * @entries: its options
 * @more: (nullable): options it shares with others
 * @argc: (inout): the number of arguments, the verb included
 * @argv: (inout): the arguments; what is left are the operands
 * @min_operands: how many operands there have to be
 * @max_operands: how many there may be
 * @out_status: (out): the exit status when %FALSE is returned
 *
 * Reads the options of a verb. What is wrong has been said when it returns %FALSE.
 *
 * Returns: whether to go on
 */
gboolean
tl_cli_parse (const char          *verb,
              const GOptionEntry  *entries,
              const GOptionEntry  *more,
              int                 *argc,
              char              ***argv,
              guint                min_operands,
              guint                max_operands,
              int                 *out_status)
{
  const TlVerb *row = find_verb (verb);
  const char *operands = *row->arguments == '\0' ? NULL : _(row->arguments);
  g_autoptr(GOptionContext) context = g_option_context_new (operands);
  g_autofree char *program = g_strconcat ("twolanectl ", verb, NULL);
  g_autoptr(GError) error = NULL;
  gboolean parsed;

  g_option_context_set_summary (context, _(row->summary));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (more != NULL)
    g_option_context_add_main_entries (context, more, GETTEXT_PACKAGE);

  *out_status = TL_EXIT_USAGE;
  /* GOption calls the program by this name in its help. */
  g_set_prgname (program);
  parsed = g_option_context_parse (context, argc, argv, &error);
  g_set_prgname ("twolanectl");
  if (!parsed)
    {
      tl_terminal_complain ("%s", error->message);
      return FALSE;
    }

  /* An operand that begins with a dash comes behind "--". */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      (*argv)++;
      (*argc)--;
    }
  if ((guint) *argc < min_operands + 1 || (guint) *argc > max_operands + 1)
    {
      if ((guint) *argc > max_operands + 1)
        tl_terminal_complain (_("“%s” is one word too many"), (*argv)[max_operands + 1]);
      else
        /* Translators: what is missing, such as ADDRESS, then a whole command line */
        tl_terminal_complain (_("%s is missing. Example: %s %s"), operands, program, row->example);
      /* Translators: %s is a command line that explains the verb */
      tl_terminal_complain (_("“%s --help” says more"), program);
      return FALSE;
    }

  return TRUE;
}

/**
 * tl_cli_fail:
 * @error: what went wrong outside the lanes
 *
 * Says it.
 *
 * Returns: the exit status
 */
int
tl_cli_fail (const GError *error)
{
  static const struct { int code; TlExitStatus status; } codes[] = {
    { TL_ERROR_INVALID_INPUT, TL_EXIT_USAGE },
    { TL_ERROR_NOT_FOUND, TL_EXIT_USAGE },
  };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      tl_terminal_complain ("%s", _("interrupted"));
      return TL_EXIT_INTERRUPTED;
    }

  tl_terminal_complain ("%s", error->message);
  for (gsize i = 0; error->domain == TL_ERROR && i < G_N_ELEMENTS (codes); i++)
    {
      if (error->code == codes[i].code)
        return codes[i].status;
    }

  return TL_EXIT_INTERNAL;
}

/**
 * tl_cli_fail_on_file:
 * @error: what went wrong with a file that was named, or with what is in it
 *
 * Says it.
 *
 * Returns: the exit status: that it was named wrongly, or interrupted
 */
int
tl_cli_fail_on_file (const GError *error)
{
  return tl_cli_fail (error) == TL_EXIT_INTERRUPTED ? TL_EXIT_INTERRUPTED : TL_EXIT_USAGE;
}

static gsize
count_entries (const GOptionEntry *entries)
{
  gsize n = 0;

  while (entries[n].long_name != NULL)
    n++;

  return n;
}

/**
 * tl_cli_join_entries:
 * @first: options
 * @second: more
 *
 * Returns: (transfer full): both, in this order; free with g_free()
 */
GOptionEntry *
tl_cli_join_entries (const GOptionEntry *first,
                     const GOptionEntry *second)
{
  gsize n_first = count_entries (first);
  gsize n_second = count_entries (second);
  GOptionEntry *all = g_new0 (GOptionEntry, n_first + n_second + 1);

  memcpy (all, first, n_first * sizeof *all);
  memcpy (all + n_first, second, n_second * sizeof *all);

  return all;
}

/**
 * tl_cli_contains:
 * @text: a name in one of our tables
 * @folded: part of one, with the case folded
 *
 * Returns: whether it does, whatever its case
 */
gboolean
tl_cli_contains (const char *text,
                 const char *folded)
{
  g_autofree char *folded_text = g_utf8_casefold (text, -1);

  return strstr (folded_text, folded) != NULL;
}

/**
 * tl_cli_read_file:
 * @path: a file, or what a shell puts in its place, such as a pipe
 * @max_bytes: how long it may be
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what is in it, or %NULL with a #GIOErrorEnum, or
 *   %TL_ERROR_INVALID_INPUT when it is longer
 */
GBytes *
tl_cli_read_file (const char  *path,
                  gsize        max_bytes,
                  GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *bytes = NULL;
  gsize len = 0;

  if (stream == NULL)
    return NULL;

  bytes = g_malloc (max_bytes + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, max_bytes + 1, &len, NULL, error))
    return NULL;
  if (len > max_bytes)
    {
      /* Translators: %s is a file */
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, _("“%s” is too long to be that"), path);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&bytes), len);
}

/**
 * tl_cli_check_folder:
 * @path: where a file is to be saved
 * @error: return location for a #GError
 *
 * Looks before the work whether there is a folder to save it in.
 *
 * Returns: whether there is; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_cli_check_folder (const char  *path,
                     GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;

  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, _("there is no folder “%s” to save in"),
               folder);

  return FALSE;
}

/**
 * tl_cli_run:
 * @argc: the number of arguments
 * @argv: the arguments, the program's name first
 *
 * Does what the command line says.
 *
 * Returns: the exit status
 */
int
tl_cli_run (int    argc,
            char **argv)
{
  const TlVerb *verb;

  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") ||
      g_str_equal (argv[1], "help"))
    {
      print_help ();
      return argc < 2 ? TL_EXIT_USAGE : TL_EXIT_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      tl_terminal_print ("twolanectl %s", TL_VERSION);
      return TL_EXIT_OK;
    }

  verb = find_verb (argv[1]);
  if (verb == NULL)
    {
      tl_terminal_complain (_("there is no verb “%s”; “twolanectl --help” lists them"),
                            argv[1]);
      return TL_EXIT_USAGE;
    }

  return verb->run (argc - 1, argv + 1);
}
