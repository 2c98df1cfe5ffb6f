/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-sending.h"

G_BEGIN_DECLS

/**
 * TlWarmUpChart:
 *
 * The days of a sending plan as bars, under a line for the ceiling. A day is chosen with the arrow
 * keys left and right, Home, End or a press; the keys up and down, Page Up, Page Down or a drag
 * change it.
 *
 * Properties: `sending` (TlSending), `selected` (uint: the day that is chosen, from 0; moved into
 * the plan where it is out of it).
 */
#define TL_TYPE_WARM_UP_CHART (tl_warm_up_chart_get_type ())
G_DECLARE_FINAL_TYPE (TlWarmUpChart, tl_warm_up_chart, TL, WARM_UP_CHART, GtkWidget)

TlWarmUpDay *tl_warm_up_chart_dup_day   (TlWarmUpChart *self) G_GNUC_WARN_UNUSED_RESULT;

guint        tl_warm_up_chart_get_tick  (guint          most);
guint        tl_warm_up_chart_get_top   (guint          most);

/**
 * TlWarmUpPlot:
 * @left, @top: px, where bars begin
 * @width, @height: px, of all bars
 * @n_days: how many bars, at least 1
 * @scale: how many messages @height is, at least 1
 * @mirrored: the first day is on the right
 *
 * Where the bars of a chart are.
 */
typedef struct
{
  double   left;
  double   top;
  double   width;
  double   height;
  guint    n_days;
  guint    scale;
  gboolean mirrored;
} TlWarmUpPlot;

int          tl_warm_up_plot_find_day      (const TlWarmUpPlot *plot,
                                            double              x);
guint        tl_warm_up_plot_find_messages (const TlWarmUpPlot *plot,
                                            double              y);
void         tl_warm_up_plot_get_bar       (const TlWarmUpPlot *plot,
                                            guint               day,
                                            guint               messages,
                                            graphene_rect_t    *out_bar);

G_END_DECLS
