/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <glib/gi18n-lib.h>

#include "config.h"
#include "tl-cli.h"

int
main (int   argc,
      char *argv[])
{
  const struct rlimit no_core = { 0, 0 };

  /* A password is in this process: no core file, no peeking by other processes of the same user. */
  setrlimit (RLIMIT_CORE, &no_core);
#ifndef __SANITIZE_ADDRESS__ /* whose leak check has to look into its own process */
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  /* A reader that went away shows as a failed write. */
  signal (SIGPIPE, SIG_IGN);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("twolanectl");

  return tl_cli_run (argc, argv);
}
