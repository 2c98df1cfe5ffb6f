/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sys/resource.h>

#include "tl-application.h"

#include "config.h"

int
main (int   argc,
      char *argv[])
{
  const struct rlimit no_core = { 0, 0 };
  g_autoptr(TlApplication) application = NULL;

  /* A core file would hold the password. */
  setrlimit (RLIMIT_CORE, &no_core);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* What the desktop knows the window by; must be the name of the desktop file. */
  g_set_prgname (TL_APP_ID);

  application = tl_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
