/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Precompiled for every layer below the user interface: no GTK, or it would leak everywhere. */
#include <gio/gio.h>
#include <glib-object.h>
#include <glib.h>
#include <glib/gi18n-lib.h>
#include <string.h>
