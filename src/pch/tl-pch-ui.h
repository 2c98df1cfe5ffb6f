/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Precompiled for src/ui alone. */
#include <adwaita.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
