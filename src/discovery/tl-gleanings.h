/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-source-reply.h"

G_BEGIN_DECLS

GPtrArray *tl_gleanings_list_rejections (GPtrArray *replies) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *tl_gleanings_list_hints      (GPtrArray *replies) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
